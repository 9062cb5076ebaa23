import Finance
import Quantities
import Wire

/// What every analysis has to be, whichever model has written it.
package struct AnalysisChecks: Sendable {
    static let parts = ["report", "charts", "retirement", "summary"]
    /// Fewer characters are no report.
    static let shortestReport = 200

    package let analysis: RemoteAnalysis
    package let household: RemoteHousehold

    package init(_ analysis: RemoteAnalysis, of household: RemoteHousehold) {
        self.analysis = analysis
        self.household = household
    }

    /// What a household has to find in any analysis.
    package func everyAnalysis(within limit: Duration) -> StoryChecks {
        var checks = StoryChecks()
        checks.expect(
            analysis.status.isFinal && analysis.duration <= limit, "it ends within \(Self.text(limit))",
            "it is \(analysis.status.rawValue) after \(Self.text(analysis.duration))")
        checks.expect(
            analysis.status == .completed && analysis.missingSections.isEmpty,
            "the analysis is complete",
            analysis.failureReason
                ?? (["\(analysis.status.rawValue), without:"]
                + analysis.missingSections.map(\.title)).joined(separator: " "))
        let empty = Self.parts.filter { !hasContent($0) }
        checks.expect(
            empty.isEmpty, "every section is there and says something",
            "nothing in: \(empty.joined(separator: ", "))")
        let unchecked = Self.parts.filter { !isVerified($0) }
        checks.expect(
            unchecked.isEmpty && analysis.numbers > 0,
            "every number of every section is verified",
            "not by the gate: \(unchecked.joined(separator: ", "))")
        checks.expect(
            total != nil && total == analysis.valuesByFact["portfolio.total.usd"],
            "the total is what quantities, prices and cash make",
            unpriced.isEmpty
                ? "found \(fact("portfolio.total.usd")) instead of \(total?.description ?? "nothing")"
                : "no price for \(unpriced.joined(separator: ", ")); `alex seed` brings one")
        for (key, sum, whole) in sums where sum != whole {
            checks.expect(sum, is: whole, "the parts of the chart \(key) make its whole")
        }
        checks.expect(
            !sums.isEmpty && sums.allSatisfy { $0.sum == $0.whole },
            "the parts of each chart make its whole (\(sums.map(\.key).joined(separator: ", ")))",
            "no chart divides the portfolio")
        return checks
    }

    /// Each account for itself, and all of them against the whole.
    package func everyAccount() -> StoryChecks {
        var checks = StoryChecks()
        let report = analysis.payloads["report"]?["content"]?.string ?? ""
        let points = analysis.payloads["charts"]?["accounts"]?["data"]?.array ?? []
        for account in household.accounts {
            let wanted = value(of: account)
            checks.expect(
                analysis.valuesByFact[Self.totalFact(account)], is: wanted,
                "\(account.name) has its own value")
            checks.expect(
                points.first { $0["name"]?.string == account.name }?["value"]?.decimal, is: wanted,
                "\(account.name) has that value in the chart of accounts, too")
            checks.expect(report.contains(account.name), "the report speaks of \(account.name)")
        }
        let values = household.accounts.compactMap { analysis.valuesByFact[Self.totalFact($0)] }
        checks.expect(
            values.reduce(Decimal.zero, +), is: analysis.valuesByFact["portfolio.total.usd"],
            "the accounts make the whole")
        let shares = household.accounts.compactMap { share(of: $0) }
        let sum = shares.reduce(0, +)
        checks.expect(
            shares.count == household.accounts.count && abs(sum - 100) < 0.05,
            "their shares make 100%", "\(sum)%")
        return checks
    }

    /// An account as a line of a table: name, value and share of the whole.
    package func line(of account: RemoteHousehold.PlannedAccount) -> (
        name: String, usd: String, share: String
    ) {
        (
            account.name, fact(Self.totalFact(account)),
            share(of: account).map { "\(Decimal(rounding: $0, fractionDigits: 1)?.description ?? "?")%" }
                ?? "?"
        )
    }

    static func text(_ duration: Duration) -> String { ProgressLines.seconds(duration / .seconds(1)) }
}

extension AnalysisChecks {
    /// Cash and what quantity times price makes, to the cent; `nil` when a price is missing.
    package func value(of account: RemoteHousehold.PlannedAccount) -> Decimal? {
        var sum = account.cashUSD
        for holding in account.quantities {
            guard let price = price(holding.symbol) else { return nil }
            sum += (holding.quantity * price).rounded(fractionDigits: 2)
        }
        return sum
    }

    private var total: Decimal? {
        var sum: Decimal = 0
        for account in household.accounts {
            guard let value = value(of: account) else { return nil }
            sum += value
        }
        return sum
    }

    private func price(_ symbol: String) -> Decimal? { analysis.valuesByFact["holding.\(symbol).price.usd"] }

    private var unpriced: [String] {
        household.accounts.flatMap { $0.quantities.map(\.symbol) }.filter { price($0) == nil }
    }

    private static func totalFact(_ account: RemoteHousehold.PlannedAccount) -> String {
        "account.\(account.id?.description ?? "").total.usd"
    }

    /// 0...100.
    private func share(of account: RemoteHousehold.PlannedAccount) -> Double? {
        analysis.valuesByFact["account.\(account.id?.description ?? "").total.percent"]?.approximate
    }

    private func fact(_ id: String) -> String {
        analysis.valuesByFact[id].map { "$" + $0.text(fractionDigits: 2) } ?? "nothing"
    }

    /// The charts whose points are the parts of a whole, each with the fact of that whole.
    private var sums: [(key: String, sum: Decimal, whole: Decimal?)] {
        (analysis.payloads["charts"]?.object ?? [:]).sorted { $0.key < $1.key }.compactMap { key, chart in
            guard let fact = chart["total_fact"]?.string else { return nil }
            let points = chart["data"]?.array ?? []
            let sum = points.reduce(Decimal.zero) { $0 + ($1["value"]?.decimal ?? 0) }
            return (key, sum, analysis.valuesByFact[fact])
        }
    }

    private func hasContent(_ part: String) -> Bool {
        guard let payload = analysis.payloads[part] else { return false }
        switch part {
        case "report": return (payload["content"]?.string ?? "").count >= Self.shortestReport
        case "charts":
            let charts = payload.object ?? [:]
            return !charts.isEmpty && charts.values.allSatisfy { $0["data"]?.array?.isEmpty == false }
        case "retirement":
            return payload["analysis"]?.string?.isEmpty == false
                && payload["projection"]?["years"]?.array?.isEmpty == false
        default: return payload["headline"]?.string?.isEmpty == false
        }
    }

    /// Whether the gate has let the part pass. What a model could not word is written by code, which the
    /// gate has seen as well.
    private func isVerified(_ part: String) -> Bool {
        ["verified", "mixed", "plain"].contains(analysis.verdicts[part]?["status"]?.string)
    }
}
