import CommandLine
import Testing
import Wire

/// What calculations say about numbers known from elsewhere.
@Suite struct CalculationResultTests {
    private func output(_ name: String, _ input: String) throws -> JSONValue {
        try #require(Calculation.named(name)).compute(JSONValue(reading: input))
    }

    private func value(_ name: String, _ member: String, _ input: String) throws -> Double {
        try #require(try output(name, input)[member]?["value"]?.double)
    }

    private func isNear(_ value: Double?, _ expected: Double, within tolerance: Double = 1e-9) -> Bool {
        value.map { abs($0 - expected) <= tolerance } ?? false
    }

    @Test func `xirr gives the rate of a spreadsheet's example`() throws {
        let rate = try value(
            "xirr", "xirr_fraction",
            """
            {"flows": [
            {"date": "2008-01-01", "amount_usd": -10000}, {"date": "2008-03-01", "amount_usd": 2750},
            {"date": "2008-10-30", "amount_usd": 4250}, {"date": "2009-02-15", "amount_usd": 3250},
            {"date": "2009-04-01", "amount_usd": 2750}]}
            """)
        #expect(isNear(rate, 0.3733625335095556))
    }

    @Test func `several rates are listed and none is chosen`() throws {
        let result = try output(
            "xirr",
            """
            {"flows": [
            {"date": "2021-01-01", "amount_usd": -1000}, {"date": "2022-01-01", "amount_usd": 2400},
            {"date": "2023-01-01", "amount_usd": -1430}]}
            """)
        #expect(result["xirr_fraction"]?["value"] == .null)
        #expect(result["xirr_fraction"]?["reason"]?.string?.hasPrefix("several rates") == true)
        let rates = try #require(result["rates_fraction"]?.array).compactMap(\.double)
        #expect(rates.count == 2)
        #expect(isNear(rates.first, 0.1) && isNear(rates.last, 0.3))
    }

    @Test func `the timing of flows changes the time-weighted return`() throws {
        func twr(_ timing: String) throws -> Double {
            try value(
                "twr", "twr_fraction",
                """
                {"valuations": [
                {"date": "2025-01-01", "value_usd": 1000}, {"date": "2025-01-02", "value_usd": 1100},
                {"date": "2025-01-03", "value_usd": 1680}],
                "flows": [{"date": "2025-01-03", "amount_usd": 500}], "flow_timing": "\(timing)"}
                """)
        }
        #expect(isNear(try twr("deposits_at_start"), 1.1 * 1.05 - 1))
        #expect(isNear(try twr("end"), 1.18 - 1))
    }

    @Test func `modified Dietz without an average invested says why there is none`() throws {
        let result = try output(
            "modified-dietz",
            """
            {"start": {"date": "2025-01-01", "value_usd": 1000},
            "end": {"date": "2025-01-11", "value_usd": 100},
            "flows": [{"date": "2025-01-02", "amount_usd": -2000}], "flow_timing": "end"}
            """)
        #expect(result["modified_dietz_fraction"]?["value"] == .null)
        #expect(
            result["modified_dietz_fraction"]?["reason"]?.string?.hasPrefix("nothing was invested") == true)
        #expect(result["average_invested_usd"] == -800)
    }

    @Test func `risk repeats its conventions and turns yearly rates into those of a period`() throws {
        let returns =
            "0.021, -0.035, 0.012, 0.044, -0.018, 0.007, 0.031, -0.052, 0.016, 0.025, -0.009, 0.038, 0.005, "
            + "-0.021, 0.047, 0.011, -0.013, 0.029, -0.041, 0.034, 0.018, -0.006, 0.022, 0.013"
        let result = try output(
            "risk",
            """
            {"returns_fraction": [\(returns)], "periods_per_year": 12, "risk_free_fraction": 0.03,
            "target_fraction": 0.002, "target_period": "period", "quantile_rule": "lower"}
            """)
        #expect(isNear(result["sharpe_yearly"]?["value"]?.double, 0.6397538031974668))
        #expect(isNear(result["sortino_yearly"]?["value"]?.double, 1.0633613313555965))
        #expect(isNear(result["volatility_yearly_fraction"]?["value"]?.double, 0.09285566171776215))
        #expect(isNear(result["value_at_risk_fraction"]?["value"]?.double, 0.041))
        #expect(isNear(result["expected_shortfall_fraction"]?["value"]?.double, 0.0465))
        #expect(isNear(result["max_drawdown"]?["depth_fraction"]?.double, 0.052))
        #expect(result["max_drawdown"]?["recovery_index"] == 12)
        let convention = try #require(result["convention"])
        #expect(convention["method"] == "historical")
        #expect(convention["quantile_rule"] == "lower")
        #expect(isNear(convention["risk_free_per_period_fraction"]?.double, 0.0024662697723036864))
        #expect(isNear(convention["target_per_period_fraction"]?.double, 0.002))
    }

    @Test(arguments: [
        (#""find": "payment", "present_value_usd": 1000000, "years": 30"#, "payment_usd", 57_830.10),
        (#""find": "years", "present_value_usd": 1000000, "payment_usd": 60000"#, "years", 28.0110),
        (
            #""find": "present_value", "payment_usd": 40000, "growth_fraction": 0.03, "years": 30"#,
            "present_value_usd", 1_006_518.67
        ),
    ])
    func `annuities at four percent`(_ input: String, _ member: String, _ expected: Double) throws {
        let result = try value(
            "annuity", member, #"{"rate_fraction": 0.04, "timing": "end_of_year", \#(input)}"#)
        #expect(isNear(result, expected, within: 0.00005))
    }

    @Test func `an annuity needs what it is asked with, and nothing that means nothing`() {
        let known = #""rate_fraction": 0.04, "timing": "end_of_year", "find": "payment", "years": 30"#
        #expect(throws: InputFailure.self) { try output("annuity", "{\(known)}") }
        #expect(throws: InputFailure.self) {
            try output("annuity", #"{\#(known), "present_value_usd": 1, "payment_usd": 1}"#)
        }
    }

    @Test func `terminal wealth has no quantiles with contributions but has moments`() throws {
        let result = try output(
            "terminal-wealth",
            """
            {"balance_usd": 100000, "mean_fraction": 0.07, "deviation_fraction": 0.18, "years": 20,
            "yearly_contribution_usd": 10000, "quantiles": [0.5]}
            """)
        #expect(result["mean_usd"]?["value"] == 796_923.37)
        #expect(result["deviation_usd"]?["value"] == 535_523.70)
        let median = try #require(result["quantiles"]?.array?.first)
        #expect(median["value_usd"]?["value"] == .null)
        #expect(median["value_usd"]?["reason"]?.string?.contains("simulate") == true)
    }

    @Test func `terminal wealth without contributions has the published quantiles`() throws {
        let result = try output(
            "terminal-wealth",
            #"{"balance_usd": 100000, "mean_fraction": 0.07, "deviation_fraction": 0.18, "years": 30}"#)
        let values = try #require(result["quantiles"]?.array).map { $0["value_usd"]?["value"] }
        #expect(
            values == [
                111_199.17, 155_048.45, 270_206.94, 500_863.63, 928_415.77, 1_617_974.14, 2_255_991.53,
            ])
        #expect(isNear(result["below_start_fraction"]?["value"]?.double, 0.039130, within: 5e-7))
        #expect(isNear(result["compound_fraction"]?.double, 0.05517376, within: 5e-9))
    }

    @Test func `ruin, sustainable rate, concentration and drift`() throws {
        let ruin = try value(
            "ruin", "ruin_fraction",
            """
            {"drift_fraction": 0.07, "volatility_fraction": 0.2, "median_life_years": 28.1,
            "spending_fraction": 0.05}
            """)
        #expect(isNear(ruin, 0.26785503502422264))
        let sustainable = try value(
            "sustainable-rate", "sustainable_fraction",
            #"{"returns_fraction": [0.1, -0.2, 0.15, 0.07, -0.05], "timing": "end_of_year"}"#)
        #expect(isNear(sustainable, 0.20287280440100927))
        let hhi = try output("hhi", #"{"weights": [0.5, 0.3, 0.2]}"#)
        #expect(isNear(hhi["hhi"]?.double, 0.38))
        let drift = try output(
            "drift", #"{"weights": {"a": 7, "b": 3}, "targets": {"a": 6, "b": 3, "c": 1}}"#)
        #expect(isNear(drift["drift_fraction"]?.double, 0.1))
    }
}
