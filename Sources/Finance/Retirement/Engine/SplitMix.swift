/// SplitMix64 (Steele, Lea, Flood 2014): turns one number into as many well-mixed ones as needed.
package struct SplitMix: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

/// FNV-1a with 64 bits over a canonical text: equal texts, equal seeds, on every machine.
struct Fingerprint {
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func combine(_ text: String) {
        for byte in text.utf8 { mix(byte) }
        // Ends the text, so that "ab" + "c" differs from "a" + "bc".
        mix(0)
    }

    /// The bits of the number, so that no digit is lost.
    mutating func combine(_ number: Double) { combine(String(number.bitPattern, radix: 16)) }

    private mutating func mix(_ byte: UInt8) {
        value = (value ^ UInt64(byte)) &* 0x100_0000_01b3
    }
}

extension RetirementPlan {
    /// Derived from every number of the plan, so that a plan always gives the same answer.
    package var seed: UInt64 {
        var fingerprint = Fingerprint()
        fingerprint.combine("alex retirement 1")
        for money in [startingBalanceUSD, yearlyContributionUSD, targetIncomeUSD] {
            fingerprint.combine(money.description)
        }
        fingerprint.combine("\(yearsUntilRetirement) \(retirementYears) \(withdrawals.rawValue)")
        for assetClass in AssetClass.allCases {
            // Zero weights are left out of a plan.
            fingerprint.combine(weights[assetClass] ?? 0)
            fingerprint.combine(assumptions.returns[assetClass]?.meanFraction ?? 0)
            fingerprint.combine(assumptions.returns[assetClass]?.deviationFraction ?? 0)
        }
        for correlation in assumptions.correlations.rows.joined() { fingerprint.combine(correlation) }
        fingerprint.combine(assumptions.inflationFraction)
        // The first rule and the first engine came without parameters.
        if !isPlain { combineRules(into: &fingerprint) }
        return fingerprint.value
    }

    private func combineRules(into fingerprint: inout Fingerprint) {
        fingerprint.combine(strategy.id)
        fingerprint.combine(incomeFloorFraction)
        switch strategy {
        case .constantReal: break
        case .percentOfPortfolio(let fraction), .variablePercentage(let fraction):
            fingerprint.combine(fraction)
        case .guytonKlinger(let rule):
            fingerprint.combine(rule.guardrailFraction)
            fingerprint.combine(rule.adjustmentFraction)
            fingerprint.combine("\(rule.lastYearsWithoutCuts)")
        }
        fingerprint.combine(engine.id)
        switch engine {
        case .lognormal: break
        case .historical(_, let isCircular): fingerprint.combine("\(isCircular)")
        case .bootstrap(_, let blockYears, let isCircular):
            fingerprint.combine("\(blockYears) \(isCircular)")
        }
        guard let market = engine.market else { return }
        fingerprint.combine("\(market.mapping.others.rawValue) \(market.returns.firstYear)")
        for year in market.returns.years {
            for number in year.returns + [year.inflation] { fingerprint.combine(number) }
        }
    }
}
