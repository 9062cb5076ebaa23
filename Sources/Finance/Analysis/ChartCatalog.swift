import Quantities

/// Every chart that code can draw of a household. Values are to the cent and sum to what the chart divides.
///
/// An agent chooses among them and words their titles; it never supplies a value.
package enum ChartCatalog {
    /// Slices a chart may have; what is beyond goes into one called "Other".
    package static let mostPoints = 10

    /// The brand's colours, then those of the analysis pages.
    package static let palette = [
        "#209DD7", "#753991", "#FFB707", "#062147", "#10B981", "#60A5FA", "#A78BFA", "#FBBF24", "#34D399",
        "#F87171",
    ]
    /// For "Other" and for what is not classified.
    package static let neutralColor = "#94A3B8"

    /// The charts that have something to show, in the order in which a page shows them. Empty for an empty
    /// household.
    package static func charts(
        of valuation: Valuation, investor: Investor, retirement: RetirementResult? = nil
    ) -> [Chart] {
        [
            assetClasses(valuation), regions(valuation), sectors(valuation), accounts(valuation),
            topHoldings(valuation), targets(valuation, investor), retirement.flatMap(projection),
        ].compactMap { $0 }
    }

    private static func assetClasses(_ valuation: Valuation) -> Chart? {
        chart(
            "asset_classes", "Asset classes", .pie, "How the portfolio's total value divides by asset class.",
            slices(of: valuation.assetClasses, under: "allocation"), of: "portfolio.total.usd")
    }

    private static func regions(_ valuation: Valuation) -> Chart? {
        chart(
            "regions", "Regions", .bar, "Where in the world the portfolio is invested; cash counts as home.",
            slices(of: valuation.regions, under: "region"), of: "portfolio.total.usd")
    }

    private static func sectors(_ valuation: Valuation) -> Chart? {
        chart(
            "sectors", "Sectors", .donut, "How the holdings, without cash, divide by sector.",
            slices(of: valuation.sectors, under: "sector"), of: "portfolio.invested.usd")
    }

    private static func accounts(_ valuation: Valuation) -> Chart? {
        let names = distinctNames(of: valuation.accounts.map(\.account))
        let slices = zip(names, valuation.accounts).map {
            Slice(name: $0, usd: $1.totalUSD, fact: "account.\($1.account.id).total.usd")
        }
        return chart(
            "accounts", "Accounts", .pie, "How the portfolio's total value divides by account.",
            slices.sortedByValue(), of: "portfolio.total.usd")
    }

    private static func topHoldings(_ valuation: Valuation) -> Chart? {
        let holdings = valuation.holdings.compactMap { holding in
            holding.valueUSD.map {
                Slice(
                    name: holding.symbol.description, usd: $0, fact: "holding.\(holding.symbol).value.usd")
            }
        }
        return chart(
            "top_holdings", "Largest holdings", .horizontalBar,
            "The most valuable holdings; together with the others they make up everything but cash.", holdings,
            of: "portfolio.invested.usd")
    }

    private static func targets(_ valuation: Valuation, _ investor: Investor) -> Chart? {
        let totalUSD = valuation.totalUSD
        guard totalUSD > 0 else { return nil }
        let parts = investor.assetClassTargets.parts
        let amounts = totalUSD.divided(inProportionTo: parts.map(\.percent))
        let slices = zip(parts, amounts).map { Slice(name: $0.category.title, usd: $1) }
        return chart(
            "asset_class_targets", "Target asset classes", .bar,
            "How the portfolio's total value would divide by asset class if it met the investor's targets.",
            slices.sortedByValue(), of: "portfolio.total.usd")
    }

    private static func projection(_ result: RetirementResult) -> Chart? {
        let points = result.years.map { year in
            Chart.Point(
                name: "Year \(year.year)", valueUSD: year.balance.p50USD,
                color: year.isRetired ? palette[1] : palette[0],
                fact: year.year == result.plan.yearsUntilRetirement
                    ? "retirement.start.p50.usd"
                    : year.year == result.plan.horizonYears ? "retirement.end.p50.usd" : nil)
        }
        return Chart(
            key: "retirement_projection", title: "Retirement projection", kind: .line,
            description: "Median balance after each year in today's money: saving, then retirement.",
            points: points)
    }

    /// - Parameter slices: Most valuable first.
    /// - Returns: `nil` when nothing has a value.
    private static func chart(
        _ key: String, _ title: String, _ kind: Chart.Kind, _ description: String, _ slices: [Slice],
        of totalFact: Fact.ID
    ) -> Chart? {
        let valuable = slices.filter { $0.usd > 0 }
        guard !valuable.isEmpty else { return nil }
        let isCrowded = valuable.count > mostPoints
        let shown = isCrowded ? valuable.prefix(mostPoints - 1) : valuable[...]
        var points = shown.enumerated().map { index, slice in
            Chart.Point(
                name: slice.name, valueUSD: slice.usd,
                color: slice.isNeutral ? neutralColor : palette[index % palette.count], fact: slice.fact)
        }
        if isCrowded {
            let restUSD = valuable.dropFirst(mostPoints - 1).reduce(Decimal.zero) { $0 + $1.usd }
            points.append(Chart.Point(name: "Other", valueUSD: restUSD, color: neutralColor))
        }
        return Chart(
            key: key, title: title, kind: kind, description: description, points: points,
            totalFact: totalFact)
    }

    /// - Parameter prefix: Of the ids of the parts' facts.
    private static func slices<Category>(of breakdown: Breakdown<Category>, under prefix: String) -> [Slice] {
        let classified = breakdown.parts.map {
            Slice(
                name: $0.category.title, usd: $0.usd, fact: "\(prefix).\($0.category.rawValue).usd")
        }
        let unclassified = Slice(
            name: "Not classified", usd: breakdown.unclassifiedUSD, isNeutral: true,
            fact: "\(prefix).unclassified.usd")
        return (classified + [unclassified]).sortedByValue()
    }

    /// Accounts of the same name are numbered: `Roth IRA`, `Roth IRA (2)`.
    private static func distinctNames(of accounts: [Account]) -> [String] {
        var taken: Set<String> = []
        return accounts.map { account in
            var name = account.name
            var number = 1
            while !taken.insert(name).inserted {
                number += 1
                name = "\(account.name) (\(number))"
            }
            return name
        }
    }
}

private struct Slice {
    let name: String
    let usd: Decimal
    var isNeutral = false
    var fact: Fact.ID?
}

extension [Slice] {
    /// Most valuable first; equal values stay in their order.
    fileprivate func sortedByValue() -> [Slice] {
        enumerated().sorted { ($1.element.usd, $0.offset) < ($0.element.usd, $1.offset) }.map(\.element)
    }
}
