import Quantities

extension ReturnAssumptions {
    /// The assumptions Alex ships with.
    ///
    /// Returns are the midpoints of the ten-year nominal ranges of the Vanguard Capital Markets Model of 30
    /// April 2025, which are compound rates, with its median volatilities. The correlations with bonds and
    /// cash are rounded from United States history 1928-2025 as Damodaran publishes it (stocks with Treasury
    /// notes 0.02, with Baa bonds 0.40, notes with bills 0.28); the others are judgement. Neither source has
    /// alternatives: they are taken to return like equity and to move with it at 0.8.
    package static func published() throws(RetirementFailure) -> ReturnAssumptions {
        let equity = ReturnAssumption(compoundFraction: 0.053, deviationFraction: 0.151)
        return try ReturnAssumptions(
            returns: [
                .equity: equity,
                .fixedIncome: ReturnAssumption(compoundFraction: 0.044, deviationFraction: 0.062),
                .realEstate: ReturnAssumption(compoundFraction: 0.045, deviationFraction: 0.183),
                .commodities: ReturnAssumption(compoundFraction: 0.058, deviationFraction: 0.180),
                .cash: ReturnAssumption(compoundFraction: 0.035, deviationFraction: 0.011),
                .alternatives: equity,
            ],
            correlations: CorrelationMatrix([
                [1.0, 0.2, 0.6, 0.3, 0.0, 0.8],
                [0.2, 1.0, 0.25, 0.0, 0.25, 0.2],
                [0.6, 0.25, 1.0, 0.2, 0.0, 0.5],
                [0.3, 0.0, 0.2, 1.0, 0.0, 0.3],
                [0.0, 0.25, 0.0, 0.0, 1.0, 0.0],
                [0.8, 0.2, 0.5, 0.3, 0.0, 1.0],
            ]),
            inflationFraction: 0.02,
            source: "Vanguard Capital Markets Model, ten-year outlook of 30 April 2025 (midpoints); "
                + "correlations: United States history 1928-2025 (Damodaran) and judgement; "
                + "alternatives are taken to return like equity",
            // 30 April 2025.
            vintage: CalendarDate(daysSinceEpoch: 20_208))
    }
}
