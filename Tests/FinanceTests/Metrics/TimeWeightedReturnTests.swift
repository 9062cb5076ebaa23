import Finance
import Quantities
import Testing

@Suite struct TimeWeightedReturnTests {
    /// 1000 grows to 1100; 500 comes in on the day that ends at 1680.
    private func result(_ timing: FlowTiming, amount: Decimal = 500) throws -> TimeWeightedReturn {
        try TimeWeightedReturn(
            values: values([("2025-01-01", 1000), ("2025-01-02", 1100), ("2025-01-03", 1680)]),
            flows: portfolioFlows([("2025-01-03", amount)]), timing: timing)
    }

    @Test func `a deposit earns the return of its day when it comes at the start, and none at the end`()
        throws
    {
        #expect(try result(.start).returnFraction.isNear(1.1 * 1680 / 1600 - 1))
        #expect(try result(.depositsAtStart).returnFraction.isNear(1.1 * 1680 / 1600 - 1))
        #expect(try result(.end).returnFraction.isNear(1.1 * 1180 / 1100 - 1))
    }

    @Test func `a withdrawal earns the return of its day unless it is at the start`() throws {
        #expect(try result(.depositsAtStart, amount: -500).returnFraction.isNear(1.1 * 2180 / 1100 - 1))
        #expect(try result(.end, amount: -500).returnFraction.isNear(1.1 * 2180 / 1100 - 1))
        #expect(try result(.start, amount: -500).returnFraction.isNear(1.1 * 1680 / 600 - 1))
    }

    @Test func `a deposit and a withdrawal on one day do not cancel each other`() throws {
        let result = try TimeWeightedReturn(
            values: values([("2025-01-01", 1000), ("2025-01-02", 1100)]),
            flows: portfolioFlows([("2025-01-02", 500), ("2025-01-02", -500)]))
        #expect(result.returnFraction.isNear(1600.0 / 1500 - 1))
    }

    @Test(arguments: FlowTiming.allCases, [Decimal(1), 77, 100_000, -900])
    func `where nothing is earned no flow makes a return`(_ timing: FlowTiming, _ amount: Decimal) throws {
        let result = try TimeWeightedReturn(
            values: values([("2025-01-01", 1000), ("2025-01-02", 1000 + amount), ("2025-01-05", 1000)]),
            flows: portfolioFlows([("2025-01-02", amount), ("2025-01-05", -amount)]), timing: timing)
        #expect(result.returnFraction == .value(0))
        #expect(result.subPeriods.count == 2)
    }

    @Test func `a year and more is annualised over 365 days, less is not`() throws {
        let long = try TimeWeightedReturn(
            values: values([("2022-01-01", 100), ("2024-01-01", 121)]), flows: [])
        #expect(long.yearlyFraction.isNear(0.1))
        let short = try TimeWeightedReturn(
            values: values([("2025-01-01", 100), ("2025-12-31", 121)]), flows: [])
        #expect(short.yearlyFraction == .notDefined(.shorterThanAYear(days: 364)))
        #expect(short.returnFraction.isNear(0.21))
    }

    @Test func `a flow without the value of its day has no answer`() throws {
        let result = try TimeWeightedReturn(
            values: values([("2025-01-01", 1000), ("2025-01-05", 1000)]),
            flows: portfolioFlows([("2025-01-02", 1)]))
        #expect(try result.returnFraction == .notDefined(.valueMissing(day("2025-01-02"))))
        #expect(result.subPeriods.isEmpty)
    }

    @Test func `a deposit at the start of a day needs the close before, over a long weekend at most`() throws
    {
        func gap(_ last: String, _ timing: FlowTiming) throws -> Gap? {
            try TimeWeightedReturn(
                values: values([("2025-01-03", 1000), (last, 1500)]),
                flows: portfolioFlows([(last, 500)]), timing: timing
            ).returnFraction.gap
        }
        #expect(try gap("2025-01-07", .start) == nil)
        #expect(try gap("2025-01-08", .start) == .valueMissing(day("2025-01-07")))
        #expect(try gap("2025-01-08", .end) == nil)
    }

    @Test(arguments: ["2025-01-01", "2025-01-04"])
    func `flows outside the period are named`(_ text: String) throws {
        let result = try TimeWeightedReturn(
            values: values([("2025-01-01", 1000), ("2025-01-03", 1000)]), flows: portfolioFlows([(text, 5)]))
        #expect(try result.returnFraction == .notDefined(.flowOutsidePeriod(day(text))))
    }

    @Test func `while nothing is invested nothing grows, and a gain from nothing has no return`() throws {
        let empty = try TimeWeightedReturn(
            values: values([("2025-01-01", 0), ("2025-01-02", 0), ("2025-01-03", 110)]),
            flows: portfolioFlows([("2025-01-03", 100)]))
        #expect(empty.returnFraction.isNear(0.1))
        let gift = try TimeWeightedReturn(
            values: values([("2025-01-01", 0), ("2025-01-02", 10)]), flows: [])
        #expect(gift.returnFraction == .notDefined(.nothingInvested))
        let debt = try TimeWeightedReturn(
            values: values([("2025-01-01", 10), ("2025-01-02", -1)]), flows: [])
        #expect(debt.returnFraction == .notDefined(.valueNegative))
    }

    @Test func `values out of order are refused`() throws {
        let flawed = try [
            values([("2025-01-02", 1), ("2025-01-01", 1)]), values([("2025-01-01", 1), ("2025-01-01", 1)]),
            values([("2025-01-01", 1)]),
        ]
        for values in flawed {
            #expect(throws: MetricFailure.valuesOutOfOrder) {
                try TimeWeightedReturn(values: values, flows: [])
            }
        }
    }
}

@Suite struct ModifiedDietzTests {
    /// 100 days from 1000 to 1300, with 200 paid in on day 40 and 50 taken out on day 90.
    private func result(_ timing: FlowTiming) throws -> ModifiedDietz {
        let first = try day("2025-01-01")
        func after(_ days: Int) -> CalendarDate {
            CalendarDate(daysSinceEpoch: first.daysSinceEpoch + days)
        }
        return try ModifiedDietz(
            start: PortfolioValue(day: first, valueUSD: 1000),
            end: PortfolioValue(day: after(100), valueUSD: 1300),
            flows: [
                PortfolioFlow(day: after(90), amountUSD: -50), PortfolioFlow(day: after(40), amountUSD: 200),
            ], timing: timing)
    }

    @Test func `flows are weighted with the share of the period that remains`() throws {
        #expect(try result(.end).averageInvestedUSD == 1000 + 120 - 5)
        #expect(try result(.end).returnFraction.isNear(150.0 / 1115))
    }

    @Test func `at the start of its day a flow is invested for a day more`() throws {
        #expect(try result(.start).returnFraction.isNear(150.0 / (1000 + 122 - 5.5)))
        #expect(try result(.depositsAtStart).returnFraction.isNear(150.0 / (1000 + 122 - 5)))
    }

    @Test func `without flows it is the simple return, and over years a yearly rate`() throws {
        let result = try ModifiedDietz(
            start: PortfolioValue(day: day("2022-01-01"), valueUSD: 100),
            end: PortfolioValue(day: day("2024-01-01"), valueUSD: 121), flows: [])
        #expect(result.returnFraction.isNear(0.21))
        #expect(result.yearlyFraction.isNear(0.1))
    }

    @Test func `a denominator of zero or less has no return`() throws {
        let result = try ModifiedDietz(
            start: PortfolioValue(day: day("2025-01-01"), valueUSD: 1000),
            end: PortfolioValue(day: day("2025-01-11"), valueUSD: 100),
            flows: portfolioFlows([("2025-01-02", -2000)]), timing: .end)
        #expect(result.averageInvestedUSD == -800)
        #expect(result.returnFraction == .notDefined(.nothingInvested))
    }

    @Test func `a period without a day is refused and a flow outside it named`() throws {
        let start = try PortfolioValue(day: day("2025-01-01"), valueUSD: 1000)
        #expect(throws: MetricFailure.periodEmpty) {
            try ModifiedDietz(start: start, end: start, flows: [])
        }
        let end = try PortfolioValue(day: day("2025-01-02"), valueUSD: 1000)
        let outside = try ModifiedDietz(
            start: start, end: end, flows: portfolioFlows([("2025-01-01", 1)]))
        #expect(try outside.returnFraction == .notDefined(.flowOutsidePeriod(day("2025-01-01"))))
    }
}
