import Finance

/// The tables of the report. Every figure is the text of a fact, so that table, prose and charts agree.
struct ReportTables: Sendable {
    let brief: AnalysisBrief

    private static let absent = "not known"

    var composition: [String] {
        [titled("Accounts", accounts), titled("Holdings", holdings)].compactMap { $0 }
    }

    var diversification: [String] {
        [
            titled("Asset classes", allocation(AssetClass.self, "allocation", hasTargets: true)),
            titled("Regions", allocation(Region.self, "region", hasTargets: true)),
            titled("Sectors", allocation(Sector.self, "sector", hasTargets: false)),
        ].compactMap { $0 }
    }

    var retirement: [String] {
        var table = MarkdownTable([("Retirement", .left), ("", .right)])
        for (title, id) in Self.retirementRows {
            guard let fact = brief.facts[id] else { continue }
            table.add([title, fact.text])
        }
        return table.isEmpty ? [] : [table.text]
    }

    private static let retirementRows = [
        ("Years until retirement", "investor.retirement.years"),
        ("Income wanted, a year", "investor.target_income.usd"),
        ("Saved, a year", "retirement.contribution.usd"),
        ("Income paid to the end", "retirement.success.percent"),
        ("Sampling error, points", "retirement.sampling_error.percent"),
        ("Balance at retirement, 10th percentile", "retirement.start.p10.usd"),
        ("Balance at retirement, median", "retirement.start.p50.usd"),
        ("Balance at retirement, 90th percentile", "retirement.start.p90.usd"),
    ]

    private var accounts: MarkdownTable {
        var table = MarkdownTable([
            ("Account", .left), ("Purpose", .left), ("Cash", .right), ("Value", .right), ("Share", .right),
        ])
        for valued in brief.valuation.accounts {
            let prefix = "account.\(valued.account.id)"
            table.add([
                valued.account.name, valued.account.purpose ?? "", text("\(prefix).cash.usd"),
                text("\(prefix).total.usd"), text("\(prefix).total.percent"),
            ])
        }
        table.add([
            "Total", "", text("portfolio.cash.usd"), text("portfolio.total.usd"), "",
        ])
        return table
    }

    private var holdings: MarkdownTable {
        var table = MarkdownTable([
            ("Symbol", .left), ("Name", .left), ("Quantity", .right), ("Price", .right), ("Price of", .left),
            ("Value", .right), ("Share", .right),
        ])
        for holding in brief.valuation.holdings {
            let prefix = "holding.\(holding.symbol)"
            table.add([
                holding.symbol.description, holding.name, "\(holding.quantity)", text("\(prefix).price.usd"),
                holding.price.map { "\($0.asOf.date) (\($0.source.rawValue))" } ?? Self.absent,
                text("\(prefix).value.usd"), text("\(prefix).value.percent"),
            ])
        }
        return table
    }

    private func allocation<Category: AllocationCategory>(
        _ category: Category.Type, _ prefix: String, hasTargets: Bool
    ) -> MarkdownTable {
        let targets: [(title: String, alignment: MarkdownTable.Alignment)] =
            hasTargets ? [("Target", .right), ("Above target, points", .right)] : []
        var table = MarkdownTable([("", .left), ("Value", .right), ("Share", .right)] + targets)
        for category in Category.allCases {
            let id = "\(prefix).\(category.rawValue)"
            let columns = ["\(id).usd", "\(id).percent"]
            let targetColumns = hasTargets ? ["\(id).target.percent", "\(id).gap.percent"] : []
            guard (columns + targetColumns).contains(where: { brief.facts[$0] != nil }) else { continue }
            table.add([category.title] + (columns + targetColumns).map { text($0, absent: "-") })
        }
        if brief.valuation.assetClasses.unclassifiedUSD > 0 {
            table.add(
                ["Not classified", text("portfolio.unclassified.usd")]
                    + Array(repeating: "-", count: hasTargets ? 3 : 1))
        }
        return table
    }

    private func titled(_ title: String, _ table: MarkdownTable) -> String? {
        table.isEmpty ? nil : "### \(title)\n\n\(table.text)"
    }

    private func text(_ id: Fact.ID, absent: String = absent) -> String { brief.facts[id]?.text ?? absent }
}
