import Finance
import Quantities
import Testing

@Suite struct InternalRateTests {
    /// The worked example of spreadsheet manuals; 37.336 percent, here as an independent program gives it.
    private static let manual: [(String, Decimal)] = [
        ("2008-01-01", -10000), ("2008-03-01", 2750), ("2008-10-30", 4250), ("2009-02-15", 3250),
        ("2009-04-01", 2750),
    ]

    @Test func `rates agree with an independent program`() throws {
        #expect(
            try InternalRate.rate(of: investorFlows(Self.manual)).isNear(0.3733625335095556, within: 1e-9))
        let flows = try investorFlows([
            ("2020-01-31", -1000), ("2020-02-29", -500), ("2021-07-15", 200), ("2023-12-31", 1900),
        ])
        #expect(InternalRate.rate(of: flows).isNear(0.09709431104080368, within: 1e-9))
    }

    @Test(arguments: [(1, Decimal(7)), (365, 110), (366, 110), (3650, 5), (9000, 100_000)])
    func `one payment and one receipt give the compound rate`(_ days: Int, _ end: Decimal) {
        let start = CalendarDate(daysSinceEpoch: 15_000)
        let rate = InternalRate.rate(of: [
            InvestorFlow(day: start, amountUSD: -100),
            InvestorFlow(day: CalendarDate(daysSinceEpoch: 15_000 + days), amountUSD: end),
        ])
        switch days {
        case 1: #expect(rate == .notDefined(.totalLoss))
        default:
            // (1 + rate)^(days / 365) is the growth: compare by the annualising of the whole.
            let expected = Annualizing.rate(end.approximate / 100 - 1, days: days)
            #expect(abs((rate.value ?? 0) - (expected.value ?? 1)) < 1e-12)
        }
    }

    @Test func `a gain of a day becomes a huge rate, not an error`() throws {
        let rate = try InternalRate.rate(of: investorFlows([("2025-01-01", -100), ("2025-01-02", 200)]))
        let value = try #require(rate.value)
        #expect(abs(value / 7.515336264876663e109 - 1) < 1e-9)
    }

    @Test func `a loss of nearly everything is found where Newton's method would leave the range`() throws {
        let flows: [(String, Decimal)] = [
            ("2020-01-01", -1000), ("2021-01-01", try #require(Decimal("0.000001"))),
        ]
        #expect(try InternalRate.rate(of: investorFlows(flows)).isNear(-0.9999999989417454, within: 1e-15))
    }

    @Test func `money that only goes one way has no rate`() throws {
        #expect(
            try InternalRate.rate(of: investorFlows([("2020-01-01", -1), ("2021-01-01", -2)]))
                == .notDefined(.flowsOneWay))
        #expect(InternalRate.rate(of: []) == .notDefined(.flowsOneWay))
        #expect(
            try InternalRate.rate(of: investorFlows([("2020-01-01", -5), ("2020-01-01", 5)]))
                == .notDefined(.flowsOneWay))
    }

    /// -1000 (1 - 1.1 v)(1 - 1.3 v), v one year's discount: 10 and 30 percent.
    @Test func `two rates are both found and neither is given as the answer`() throws {
        let rate = try InternalRate.rate(
            of: investorFlows([("2021-01-01", -1000), ("2022-01-01", 2400), ("2023-01-01", -1430)]))
        guard case .severalRates(let rates) = rate.gap else {
            Issue.record("\(rate)")
            return
        }
        #expect(rates.count == 2)
        #expect(abs(rates[0] - 0.1) < 1e-9)
        #expect(abs(rates[1] - 0.3) < 1e-9)
    }

    @Test func `three rates, one of them a loss`() throws {
        // (1 - 0.8 v)(1 - 1.1 v)(1 - 1.5 v)
        let rate = try InternalRate.rate(
            of: investorFlows([
                ("2021-01-01", -1000), ("2022-01-01", 3400), ("2023-01-01", -3730), ("2024-01-01", 1320),
            ]))
        guard case .severalRates(let rates) = rate.gap else {
            Issue.record("\(rate)")
            return
        }
        #expect(rates.count == 3)
        for (found, expected) in zip(rates, [-0.2, 0.1, 0.5]) { #expect(abs(found - expected) < 1e-9) }
    }

    @Test func `flows that are worth something at any rate have none`() throws {
        let rate = try InternalRate.rate(
            of: investorFlows([("2021-01-01", -1000), ("2022-01-01", 2000), ("2023-01-01", -1500)]))
        #expect(rate == .notDefined(.noRate))
    }

    @Test func `a rate at which the worth only touches zero is one rate`() throws {
        let rate = try InternalRate.rate(
            of: investorFlows([("2021-01-01", -1000), ("2022-01-01", 2200), ("2023-01-01", -1210)]))
        #expect(rate.isNear(0.1, within: 1e-6))
    }

    @Test func `a saver who pays in and takes out in turn has the one rate the accounts have`() {
        // Every flow is invested at 6 percent; the balance at the end is taken out.
        var flows: [InvestorFlow] = []
        var balance = 0.0
        for month in 0..<120 {
            let day = CalendarDate(daysSinceEpoch: 15_000 + 365 * month / 12)
            let amount = month % 5 == 4 ? Decimal(300) : Decimal(-200)
            let years = Double(15_000 + 3650 - day.daysSinceEpoch) / 365
            balance -= amount.approximate * growth(0.06, years)
            flows.append(InvestorFlow(day: day, amountUSD: amount))
        }
        flows.append(
            InvestorFlow(
                day: CalendarDate(daysSinceEpoch: 18_650),
                amountUSD: Decimal(rounding: balance, fractionDigits: 8) ?? 0))
        #expect(InternalRate.rate(of: flows).isNear(0.06, within: 1e-9))
    }

    @Test func `the order of the flows and their currency do not matter`() throws {
        let rate = try InternalRate.rate(of: investorFlows(Self.manual))
        #expect(try InternalRate.rate(of: investorFlows(Self.manual.reversed())) == rate)
        let thousandfold = try investorFlows(Self.manual.map { ($0.0, $0.1 * 1000) })
        #expect(InternalRate.rate(of: thousandfold).isNear(try #require(rate.value), within: 1e-13))
    }

    /// Growth at a yearly rate over `years`, by way of the annualising the product has.
    private func growth(_ rate: Double, _ years: Double) -> Double {
        var product = 1.0
        var exponent = years
        while exponent >= 1 {
            product *= 1 + rate
            exponent -= 1
        }
        // The rest of a year by the binomial series.
        var (term, sum) = (1.0, 1.0)
        for n in 1...40 {
            term *= rate * (exponent - Double(n - 1)) / Double(n)
            sum += term
        }
        return product * sum
    }
}
