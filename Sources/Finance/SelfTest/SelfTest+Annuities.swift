import Quantities

extension SelfTest {
    /// Textbook annuities to the cent: the engine without chance.
    static func annuityCases() throws -> [SelfTestCase] {
        let group = "Annuities"
        let money = SelfTestGroup(
            group: group, source: "annuity formula", unit: "USD", tolerance: lastDigit(2))
        let years = SelfTestGroup(
            group: group, source: "annuity formula", unit: "years", tolerance: lastDigit(4))
        let percent = SelfTestGroup(
            group: group, source: "Fisher equation", unit: "percent", tolerance: lastDigit(6))
        func payment(_ rate: Double, _ timing: PaymentTiming) throws -> Double? {
            try Annuity(rateFraction: rate, timing: timing).paymentUSD(from: 1_000_000, years: 30)?
                .approximate
        }
        func lasted(_ rate: Double) throws -> Double? {
            try Annuity(rateFraction: rate, timing: .endOfYear).yearsLasted(multiple: 1_000_000 / 60_000)
                .value
        }
        let growing = try Annuity(rateFraction: 0.04, growthFraction: 0.03, timing: .endOfYear)
        let saving = try Annuity(rateFraction: 0.07, timing: .endOfYear)
        return [
            money.test("1M pays for 30 years, 4 %, year end", 57_830.10, try payment(0.04, .endOfYear)),
            money.test("1M pays for 30 years, 4 %, year start", 55_605.86, try payment(0.04, .startOfYear)),
            money.test("1M pays for 30 years, 3 %, year end", 51_019.26, try payment(0.03, .endOfYear)),
            money.test(
                "present value of 40k growing 3 %, 4 %, 30 years", 1_006_518.67,
                try growing.presentValueUSD(ofFirst: 40_000, years: 30)?.approximate),
            money.test(
                "100k and 10k a year, 7 %, 20 years", 796_923.37,
                try saving.futureValueUSD(of: 100_000, payments: 10_000, years: 20)?.approximate),
            years.test("1M lasts, 60k a year, 4 %", 28.0110, try lasted(0.04)),
            years.test("1M lasts, 60k a year, 0 %", 16.6667, try lasted(0)),
            percent.test(
                "real rate of 7 % with 3 % inflation", 3.883495,
                Annuity.realRate(nominal: 0.07, inflation: 0.03) * 100),
        ]
    }
}
