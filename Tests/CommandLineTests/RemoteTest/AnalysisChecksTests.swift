import CommandLine
import Finance
import Quantities
import Testing
import Wire

@Suite struct AnalysisChecksTests {
    static let first = Account.ID("00000000-0000-4000-8000-000000000001")
    static let second = Account.ID("00000000-0000-4000-8000-000000000002")

    let household = RemoteHousehold(
        id: "remote-test-1", name: "Test", yearsUntilRetirement: 20, incomeUSD: 60_000,
        accounts: [
            RemoteHousehold.PlannedAccount(
                name: "Brokerage", cashUSD: 1000, quantities: [.init("SPY", 10), .init("BND", 5)],
                id: first),
            RemoteHousehold.PlannedAccount(name: "Savings", cashUSD: 500, quantities: [], id: second),
        ])

    private static func cents(_ count: Int) -> Decimal { Decimal(coefficient: Int128(count), scale: 2) }

    private static func chart(_ whole: String, _ points: [(String, Decimal)]) -> JSONValue {
        [
            "total_fact": .string(whole),
            "data": .array(
                points.map { ["name": .string($0.0), "value": .number($0.1)] }),
        ]
    }

    private var sound: RemoteAnalysis {
        let verdict: JSONValue = ["status": "verified", "numbers": 7, "plain_parts": []]
        return RemoteAnalysis(
            status: .completed,
            payloads: [
                "report": [
                    "content": .string("Brokerage and Savings. " + String(repeating: "x", count: 200))
                ],
                "charts": [
                    "accounts": Self.chart(
                        "portfolio.total.usd", [("Brokerage", Self.cents(640250)), ("Savings", 500)]),
                    "top_holdings": Self.chart(
                        "portfolio.invested.usd", [("SPY", 5000), ("BND", Self.cents(40250))]),
                    "retirement_projection": ["data": [["name": "Year 0", "value": 1]], "total_fact": nil],
                ],
                "retirement": ["analysis": "words", "projection": ["years": [["year_offset": 0]]]],
                "summary": ["headline": "words"],
            ],
            verdicts: ["report": verdict, "charts": verdict, "retirement": verdict, "summary": verdict],
            valuesByFact: [
                "portfolio.total.usd": Self.cents(690250), "portfolio.invested.usd": Self.cents(540250),
                "holding.SPY.price.usd": 500, "holding.BND.price.usd": Self.cents(8050),
                "account.00000000-0000-4000-8000-000000000001.total.usd": Self.cents(640250),
                "account.00000000-0000-4000-8000-000000000002.total.usd": 500,
                "account.00000000-0000-4000-8000-000000000001.total.percent": Self.cents(9276),
                "account.00000000-0000-4000-8000-000000000002.total.percent": Self.cents(724),
            ],
            duration: .seconds(3))
    }

    private func failures(_ change: (inout RemoteAnalysis) -> Void) -> [String] {
        var analysis = sound
        change(&analysis)
        let checks = AnalysisChecks(analysis, of: household)
        return (checks.everyAnalysis(within: .seconds(60)) + checks.everyAccount()).failures.map {
            "\($0.words) - \($0.found)"
        }
    }

    private func expectFailure(_ words: String, _ change: (inout RemoteAnalysis) -> Void) {
        let failures = failures(change)
        #expect(failures.contains { $0.contains(words) }, "\(failures)")
    }

    @Test func `a sound analysis meets every check`() {
        #expect(failures { _ in } == [])
    }

    @Test func `an analysis that failed, is not whole or takes too long is told`() {
        expectFailure("no money") {
            $0.status = .failed
            $0.failureReason = "no money"
        }
        expectFailure("without: the charts") { $0.missingSections = [.charts] }
        expectFailure("ends within 60.00 s - it is completed after 61.00 s") { $0.duration = .seconds(61) }
        expectFailure("ends within 60.00 s - it is running") { $0.status = .running }
    }

    @Test(arguments: ["report", "charts", "retirement", "summary"])
    func `a section that is missing, empty or unchecked is told`(part: String) {
        expectFailure("nothing in: \(part)") { $0.payloads[part] = nil }
        expectFailure("nothing in: \(part)") { $0.payloads[part] = [:] }
        expectFailure("not by the gate: \(part)") { $0.verdicts[part] = nil }
        expectFailure("not by the gate: \(part)") { $0.verdicts[part] = ["status": "unknown"] }
    }

    @Test func `a total that is not what quantities and prices make is told`() {
        expectFailure("found $6,902.51") { $0.valuesByFact["portfolio.total.usd"] = Self.cents(690251) }
        expectFailure("no price for SPY; `alex seed`") { $0.valuesByFact["holding.SPY.price.usd"] = nil }
    }

    @Test func `a chart whose parts make another whole is told by its name`() {
        expectFailure("the chart top_holdings make its whole - found $5,402.50 instead of $5,402.49") {
            $0.valuesByFact["portfolio.invested.usd"] = Self.cents(540249)
        }
        expectFailure("no chart divides") { $0.payloads["charts"] = ["a": ["data": [["value": 1]]]] }
    }

    @Test func `an account with a wrong value, in the facts, the chart or the words, is told`() {
        expectFailure("Savings has its own value - found $499.99 instead of $500.00") {
            $0.valuesByFact["account.00000000-0000-4000-8000-000000000002.total.usd"] = Self.cents(49999)
        }
        expectFailure("Savings has that value in the chart") {
            $0.payloads["charts"] = [
                "accounts": Self.chart(
                    "portfolio.total.usd", [("Brokerage", Self.cents(640250)), ("Others", 500)])
            ]
        }
        expectFailure("the report speaks of Brokerage") {
            $0.payloads["report"] = ["content": .string("Savings " + String(repeating: "x", count: 200))]
        }
        expectFailure("their shares make 100%") {
            $0.valuesByFact["account.00000000-0000-4000-8000-000000000002.total.percent"] = 8
        }
    }

    @Test func `a crowd is a table`() {
        let rows = [
            CrowdTable.Row(
                household: household, waiting: .milliseconds(20), duration: .seconds(2), problems: []),
            CrowdTable.Row(household: household, waiting: nil, duration: nil, problems: ["no queue"]),
        ]
        let lines = CrowdTable.lines(rows)
        #expect(lines.count == 3)
        #expect(
            lines[1].hasPrefix("Test") && lines[1].hasSuffix("2          2      20 ms     2.00 s  complete"))
        #expect(lines[2].hasSuffix("-          -  failed"))
    }
}
