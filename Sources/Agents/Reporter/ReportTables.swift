import Finance
import Quantities

/// The tables of the report. Every figure is the text of a fact or a sum of facts, so that table, prose and
/// charts agree.
struct ReportTables: Sendable {
    /// Rows of a table; what is beyond shares the last row.
    static let mostHoldings = 25
    static let mostAccounts = 15
    /// Characters of a name in a table.
    static let nameLimit = 60

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
        let (shown, rest) = Self.divide(brief.valuation.accounts, at: Self.mostAccounts)
        for valued in shown {
            let prefix = "account.\(valued.account.id)"
            table.add([
                Self.name(valued.account.name), Self.name(valued.account.purpose ?? ""),
                text("\(prefix).cash.usd"), text("\(prefix).total.usd"),
                text("\(prefix).total.percent", absent: "-"),
            ])
        }
        if !rest.isEmpty {
            let restUSD = rest.reduce(Decimal.zero) { $0 + $1.totalUSD }
            table.add([
                "and \(rest.count) more accounts", "",
                Fact.Unit.usd.text(rest.reduce(Decimal.zero) { $0 + $1.account.cashUSD }),
                Fact.Unit.usd.text(restUSD), share(restUSD),
            ])
        }
        table.add([
            "Total", "", text("portfolio.cash.usd"), text("portfolio.total.usd"),
            share(brief.valuation.totalUSD),
        ])
        return table
    }

    private var holdings: MarkdownTable {
        let days = brief.pricesDiffer ? [("Price of", MarkdownTable.Alignment.left)] : []
        var table = MarkdownTable(
            [("Symbol", .left), ("Name", .left), ("Quantity", .right), ("Price", .right)] + days + [
                ("Value", .right), ("Share", .right),
            ])
        let (shown, rest) = Self.divide(brief.valuation.holdings, at: Self.mostHoldings)
        for holding in shown {
            let prefix = "holding.\(holding.symbol)"
            let day = holding.price.map { "\($0.asOf.date) (\($0.source.rawValue))" } ?? Self.absent
            table.add(
                [
                    holding.symbol.description, Self.name(holding.name),
                    Fact.Unit.count.text(holding.quantity), text("\(prefix).price.usd"),
                ] + (days.isEmpty ? [] : [day]) + [
                    text("\(prefix).value.usd"), text("\(prefix).value.percent", absent: "-"),
                ])
        }
        if !rest.isEmpty {
            let restUSD = rest.reduce(Decimal.zero) { $0 + ($1.valueUSD ?? 0) }
            table.add(
                ["", Self.words(for: rest), "", ""] + days.map { _ in "" } + [
                    Fact.Unit.usd.text(restUSD), share(restUSD),
                ])
        }
        guard !table.isEmpty else { return table }
        let investedUSD = brief.valuation.investedUSD
        table.add(
            ["Total", "", "", ""] + days.map { _ in "" } + [
                text("portfolio.invested.usd"), share(investedUSD),
            ])
        return table
    }

    private static func words(for rest: ArraySlice<HoldingValuation>) -> String {
        let unpriced = rest.count { $0.valueUSD == nil }
        let words = "and \(rest.count) smaller holdings, together"
        return unpriced > 0 ? "\(words) (\(unpriced) without a price)" : words
    }

    /// Most valuable first.
    private func allocation<Category>(_ breakdown: Breakdown<Category>, _ prefix: String) -> MarkdownTable {
        var table = MarkdownTable([("", .left), ("Value", .right), ("Share", .right)])
        for (category, _) in breakdown.parts {
            let id = "\(prefix).\(category.rawValue)"
            table.add([category.title, text("\(id).usd"), text("\(id).percent")])
        }
        let totalUSD = breakdown.totalUSD
        let unclassifiedUSD = breakdown.unclassifiedUSD
        if unclassifiedUSD > 0 {
            let percent = unclassifiedUSD.approximate / totalUSD.approximate * 100
            table.add(["Not classified", Fact.Unit.usd.text(unclassifiedUSD), Self.percent(percent)])
        }
        if !table.isEmpty { table.add(["Total", Fact.Unit.usd.text(totalUSD), Self.percent(100)]) }
        return table
    }

    private func titled(_ title: String, _ table: MarkdownTable) -> String? {
        table.isEmpty ? nil : "### \(title)\n\n\(table.text)"
    }

    private func text(_ id: Fact.ID, absent: String = absent) -> String { brief.facts[id]?.text ?? absent }

    private func share(_ usd: Decimal) -> String { brief.valuation.percent(of: usd).map(Self.percent) ?? "-" }

    private static func percent(_ value: Double) -> String {
        Decimal(rounding: value, fractionDigits: 2).map(Fact.Unit.percent.text) ?? "-"
    }

    private static func name(_ text: String) -> String {
        PromptText(text, limitCharacters: nameLimit).description
    }

    /// A row of its own for what is one too many is no longer than a row that sums it up.
    private static func divide<Element>(_ elements: [Element], at limit: Int)
        -> (shown: ArraySlice<Element>, rest: ArraySlice<Element>)
    {
        elements.count <= limit + 1
            ? (elements[...], []) : (elements.prefix(limit), elements.dropFirst(limit))
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
    /// Whether the tables have to say of which day each price is.
    var pricesDiffer: Bool {
        let prices = valuation.holdings.compactMap(\.price)
        return Set(prices.map { "\($0.asOf.date) \($0.source)" }).count > 1
    }

    /// Holdings there are, but nothing that could be counted.
    var isWithoutValue: Bool { valuation.totalUSD == 0 && !valuation.holdings.isEmpty }
}
