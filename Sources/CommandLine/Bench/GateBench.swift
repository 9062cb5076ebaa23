import Finance
import Foundation
import Quantities

/// Measures the gate: one report, one table of facts, wall and processor time.
enum GateBench {
    static let runs = 31
    static let limitMilliseconds = 5.0
    static let textBytes = 20_000
    private static let holdings = 40
    private static let accounts = 12

    /// - Returns: Whether the check keeps within its limit, in processor time.
    static func run(_ say: (String) -> Void) -> Bool {
        let table = FactTable(facts)
        let names = (1...accounts).map(accountName)
        let gate = Gate(table, names: names)
        let text = report
        let verdict = gate.check(text)
        let check = median { _ = gate.check(text) }
        let build = median { _ = Gate(table, names: names) }
        say(
            "\(text.utf8.count) bytes with \(verdict.numbers) figures, \(table.facts.count) facts; "
                + "medians of \(runs) runs")
        say(
            "  check: \(rounded(check.cpu)) ms of processor, \(rounded(check.wall)) ms by the clock "
                + "(limit \(limitMilliseconds) ms)")
        say(
            "  building it: \(rounded(build.cpu)) ms of processor, \(rounded(build.wall)) ms by the clock"
        )
        if !verdict.isPublishable {
            say("  \(verdict.violations.count) figures are refused, which is an error")
        }
        return verdict.isPublishable && check.cpu <= limitMilliseconds
    }

    private static func median(_ work: () -> Void) -> (cpu: Double, wall: Double) {
        let clock = ContinuousClock()
        var samples: [(cpu: Double, wall: Double)] = []
        for _ in 0..<runs {
            let start = processorMilliseconds
            let wall = clock.measure(work)
            samples.append((processorMilliseconds - start, wall / .milliseconds(1)))
        }
        return (samples.map(\.cpu).sorted()[runs / 2], samples.map(\.wall).sorted()[runs / 2])
    }

    /// Of this thread: other programs on the machine do not count.
    private static var processorMilliseconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1e6
    }

    private static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }

    // MARK: Facts

    private static func accountName(_ number: Int) -> String { "Account number \(number)" }
    private static func symbol(_ number: Int) -> String {
        "S" + String(UnicodeScalar(UInt8(65 + number / 26))) + String(UnicodeScalar(UInt8(65 + number % 26)))
    }

    private static func fact(
        _ id: String, _ subject: String, _ metric: String, _ value: Quantities.Decimal, _ unit: Fact.Unit
    ) -> Fact {
        Fact(id: id, subject: subject, metric: metric, value: value, unit: unit, method: "for the bench")
    }

    private static func hundredths(_ value: Int) -> Quantities.Decimal {
        Quantities.Decimal(coefficient: Int128(value), scale: 2)
    }

    private static var facts: [Fact] {
        var facts = [
            fact("portfolio.total.usd", "portfolio", "total value", hundredths(987_654_321), .usd),
            fact("portfolio.cash.usd", "portfolio", "cash in accounts", hundredths(12_345_678), .usd),
        ]
        for number in 1...accounts { facts += accountFacts(number) }
        for number in 0..<holdings { facts += holdingFacts(number) }
        for (number, name) in ["Equity", "Fixed Income", "Real Estate", "Commodities"].enumerated() {
            facts += classFacts(number, name)
        }
        return facts
    }

    private static func accountFacts(_ number: Int) -> [Fact] {
        let (name, id) = (accountName(number), "account.\(number)")
        let totalUSD = hundredths(54_321_987 + number * 7_654_321)
        let cashUSD = hundredths(1_234_567 + number * 345_678)
        return [
            fact("\(id).total.usd", name, "value of the account", totalUSD, .usd),
            fact("\(id).cash.usd", name, "cash in the account", cashUSD, .usd),
            fact(
                "\(id).total.percent", name, "share of the portfolio", hundredths(310 + number * 70), .percent
            ),
        ]
    }

    private static func holdingFacts(_ number: Int) -> [Fact] {
        let (name, id) = (symbol(number), "holding.\(symbol(number))")
        let valueUSD = hundredths(2_345_678 + number * 876_543)
        return [
            fact("\(id).quantity", name, "quantity held", hundredths(1250 + number * 575), .shares),
            fact("\(id).price.usd", name, "price", hundredths(4525 + number * 1377), .usd),
            fact("\(id).price_age.days", name, "age of the price", Quantities.Decimal(2 + number), .days),
            fact("\(id).value.usd", name, "value", valueUSD, .usd),
            fact(
                "\(id).value.percent", name, "share of the portfolio", hundredths(110 + number * 17), .percent
            ),
        ]
    }

    private static func classFacts(_ number: Int, _ name: String) -> [Fact] {
        let id = "allocation.\(number)"
        let (share, target) = (hundredths(1210 + number * 330), hundredths(1500 + number * 250))
        return [
            fact("\(id).percent", name, "share by asset class", share, .percent),
            fact("\(id).target.percent", name, "target share by asset class", target, .percent),
        ]
    }

    // MARK: Text

    /// Tables and prose in the proportion of a report, up to ``textBytes``.
    private static var report: String {
        let table = FactTable(facts)
        var markdown = "# Portfolio report\n\n## Portfolio composition\n\n"
        markdown += "| Account | Cash | Value | Share |\n| :-- | --: | --: | --: |\n"
        for number in 1...accounts {
            let cells = ["cash.usd", "total.usd", "total.percent"].map {
                table.text("account.\(number).\($0)")
            }
            markdown += row([accountName(number)] + cells)
        }
        markdown += "\n| Symbol | Price | Value | Share |\n| :-- | --: | --: | --: |\n"
        for number in 0..<holdings {
            let id = "holding.\(symbol(number))"
            markdown += row(
                [symbol(number)]
                    + ["price.usd", "value.usd", "value.percent"].map { table.text("\(id).\($0)") })
        }
        var round = 0
        while markdown.utf8.count < textBytes {
            markdown += paragraph(round, table)
            round += 1
        }
        return markdown
    }

    private static func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }

    private static func paragraph(_ round: Int, _ table: FactTable) -> String {
        let (name, account) = (symbol(round % holdings), round % accounts + 1)
        let id = "holding.\(name)"
        let sentences = [
            "With \(table.text("\(id).value.percent")) of the portfolio, \(name) is worth ",
            "\(table.text("\(id).value.usd")) at a price of \(table.text("\(id).price.usd")), which says ",
            "something about how much depends on a single instrument and on those who run it. ",
            "The \(accountName(account)) is worth \(table.text("account.\(account).total.usd")), and ",
            "this is where most of what was put aside went, because everybody in the household knows it. ",
            "Equity is \(table.text("allocation.0.percent")), against a target of ",
            "\(table.text("allocation.0.target.percent")); nobody has to act on this today, but it ",
            "is worth a look when new money comes in.",
        ]
        return "\n## More about \(name)\n\n\(sentences.joined())\n"
    }
}

extension FactTable {
    fileprivate func text(_ id: Fact.ID) -> String { self[id]?.text ?? "" }
}
