import Finance

/// The tables of the report. Every figure is the text of a fact, so that table, prose and charts agree; here
/// nothing is summed and nothing is divided.
struct ReportTables: Sendable {
    let brief: AnalysisBrief

    private static let absent = "not known"

    var composition: [String] {
        [titled("Accounts", accounts), titled("Holdings", holdings)].compactMap { $0 }
    }

    var diversification: [String] {
        [
            titled("Asset classes", allocation(brief.valuation.assetClasses, "allocation")),
            titled("Regions", allocation(brief.valuation.regions, "region")),
            titled("Sectors of the holdings, without cash", allocation(brief.valuation.sectors, "sector")),
        ].compactMap { $0 } + targets
    }

    var retirement: [String] {
        var table = MarkdownTable([("Retirement", .left), ("", .right)])
        for (title, id) in Self.retirementRows {
            guard let fact = brief.facts[id] else { continue }
            table.add([title, fact.text])
        }
        guard !table.isEmpty else { return [] }
        return (brief.isWithoutValue ? [Self.emptyProjection] : []) + [table.text]
    }

    private static let emptyProjection =
        "**No holding has a price, so the projection starts from nothing: it says nothing about this "
        + "household yet.**"

    private static let retirementRows = [
        ("Retirement begins in", "investor.retirement.years"),
        ("It is taken to last", "retirement.length.years"),
        ("Income wanted, a year", "investor.target_income.usd"),
        ("Saved until then, a year", "retirement.contribution.usd"),
        ("Simulated futures that pay it to the end", "retirement.success.percent"),
        ("Sampling error of that share", "retirement.sampling_error.points"),
        ("Balance when it begins, 10th percentile", "retirement.start.p10.usd"),
        ("Balance when it begins, median", "retirement.start.p50.usd"),
        ("Balance when it begins, 90th percentile", "retirement.start.p90.usd"),
    ]

    private var accounts: MarkdownTable {
        var table = MarkdownTable([
            ("Account", .left), ("Purpose", .left), ("Cash", .right), ("Value", .right), ("Share", .right),
        ])
        let (shown, rest) = brief.valuation.listedAccounts
        for valued in shown {
            let prefix = "account.\(valued.account.id)"
            table.add([
                Self.name(valued.account.name), Self.name(valued.account.purpose ?? ""),
                text("\(prefix).cash.usd"), text("\(prefix).total.usd"), share("\(prefix).total.percent"),
            ])
        }
        if !rest.isEmpty {
            table.add([
                "and \(text("accounts.rest.count")) more accounts", "", text("accounts.rest.cash.usd"),
                text("accounts.rest.usd"), share("accounts.rest.percent"),
            ])
        }
        table.add([
            "Total", "", text("portfolio.cash.usd"), text("portfolio.total.usd"),
            share("portfolio.total.percent"),
        ])
        return table
    }

    private var holdings: MarkdownTable {
        let days = brief.valuation.pricesDiffer ? [("Price of", MarkdownTable.Alignment.left)] : []
        var table = MarkdownTable(
            [("Symbol", .left), ("Name", .left), ("Quantity", .right), ("Price", .right)] + days + [
                ("Value", .right), ("Share", .right),
            ])
        let (shown, rest) = brief.valuation.listedHoldings
        for holding in shown {
            let prefix = "holding.\(holding.symbol)"
            let day = holding.price.map { "\(text("\(prefix).price.date")) (\($0.source.rawValue))" }
            table.add(
                [
                    holding.symbol.description, Self.name(holding.name), quantity("\(prefix).quantity"),
                    text("\(prefix).price.usd"),
                ] + (days.isEmpty ? [] : [day ?? Self.absent]) + [
                    text("\(prefix).value.usd"), share("\(prefix).value.percent"),
                ])
        }
        if !rest.isEmpty {
            table.add(
                ["", restWords, "", ""] + days.map { _ in "" } + [
                    text("holdings.rest.usd"), share("holdings.rest.percent"),
                ])
        }
        guard !table.isEmpty else { return table }
        table.add(
            ["Total with a price", "", "", ""] + days.map { _ in "" } + [
                text("portfolio.invested.usd"), share("portfolio.invested.percent"),
            ])
        return table
    }

    private var restWords: String { "and \(text("holdings.rest.count")) smaller holdings, together" }

    /// Most valuable first.
    private func allocation<Category>(_ breakdown: Breakdown<Category>, _ prefix: String) -> MarkdownTable {
        var table = MarkdownTable([("", .left), ("Value", .right), ("Share", .right)])
        for (category, _) in breakdown.parts {
            let id = "\(prefix).\(category.rawValue)"
            table.add([category.title, text("\(id).usd"), text("\(id).percent")])
        }
        if breakdown.unclassifiedUSD > 0 {
            table.add([
                "Not classified", text("\(prefix).unclassified.usd"),
                text("\(prefix).unclassified.percent"),
            ])
        }
        if !table.isEmpty {
            table.add(["Total", text("\(prefix).total.usd"), text("\(prefix).total.percent")])
        }
        return table
    }

    private func titled(_ title: String, _ table: MarkdownTable) -> String? {
        table.isEmpty ? nil : "### \(title)\n\n\(table.text)"
    }

    private func text(_ id: Fact.ID, absent: String = absent) -> String { brief.facts[id]?.text ?? absent }

    /// Of a portfolio that is worth nothing there are no shares.
    private func share(_ id: Fact.ID) -> String { text(id, absent: "-") }

    /// Without its unit, which is in the head of the column.
    private func quantity(_ id: Fact.ID) -> String {
        brief.facts[id].map { Fact.Unit.count.text($0.value) } ?? Self.absent
    }

    private static func name(_ text: String) -> String {
        PromptText(text, limitCharacters: FactDocument.tableNameLimitCharacters).description
    }
}

/// How the household stands against its targets.
extension ReportTables {
    fileprivate var targets: [String] {
        let classes = comparison(
            TargetComparison(of: brief.valuation.assetClasses, with: brief.investor.assetClassTargets),
            "allocation")
        let regions = TargetComparison(of: brief.valuation.regions, with: brief.investor.regionTargets)
        let tables = [classes, comparison(regions, "region")].compactMap { $0 }
        guard !tables.isEmpty else { return [] }
        var notes: [String] = []
        if regions?.parts.contains(where: \.standsForOthers) == true {
            notes.append("International stands for all regions without a target of their own.")
        }
        if regions?.dividesEverywhere == true {
            notes.append("What is global lies everywhere; it is taken to be divided as the targets say.")
        }
        if brief.valuation.assetClasses.unclassifiedUSD > 0 {
            notes.append("What is not classified is left out here.")
        }
        return ["### Compared with the targets"] + tables
            + (notes.isEmpty ? [] : [notes.joined(separator: " ")])
    }

    private func comparison<Category>(_ comparison: TargetComparison<Category>?, _ prefix: String) -> String?
    {
        guard let comparison else { return nil }
        var table = MarkdownTable([
            ("By \(Category.title)", .left), ("Now", .right), ("Target", .right), ("Difference", .right),
        ])
        for part in comparison.parts {
            let id = "\(prefix).\(part.category.rawValue)"
            guard let share = brief.facts["\(id).compared.percent"],
                let target = brief.facts["\(id).target.percent"], let gap = brief.facts["\(id).gap.points"]
            else { continue }
            table.add([
                share.subject, share.text, target.text,
                (gap.value.rounded(fractionDigits: 1) > 0 ? "+" : "") + gap.text,
            ])
        }
        return table.text
    }
}

extension AnalysisBrief {
    /// Holdings there are, but nothing that could be counted.
    var isWithoutValue: Bool { valuation.totalUSD == 0 && !valuation.holdings.isEmpty }
}
