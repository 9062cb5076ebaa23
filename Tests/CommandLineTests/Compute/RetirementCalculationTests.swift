import CommandLine
import Testing
import Wire

/// The calculations that follow a plan or a history.
@Suite struct RetirementCalculationTests {
    private func output(_ name: String, _ input: String) throws -> JSONValue {
        try #require(Calculation.named(name)).compute(JSONValue(reading: input))
    }

    private func isNear(_ value: Double?, _ expected: Double, within tolerance: Double = 1e-12) -> Bool {
        value.map { abs($0 - expected) <= tolerance } ?? false
    }

    /// Calculated with NumPy from the same series.
    @Test func `sixty forty at four percent over all windows`() throws {
        let result = try output(
            "historical",
            """
            {"mix_fraction": {"stocks": 0.6, "bills": 0, "bonds": 0.4}, "rate_fraction": 0.04, "years": 30}
            """)
        #expect(result["windows"]?.int == 68 && result["paid"]?.int == 64)
        #expect(result["failing_start_years"]?.array?.compactMap(\.int) == [1965, 1966, 1968, 1969])
        #expect(isNear(result["sustainable_min_fraction"]?.double, 0.03731288684090351))
        #expect(isNear(result["sustainable_median_fraction"]?.double, 0.06251865506213902))
        #expect(result["worst"]?["start_year"]?.int == 1966 && result["best"]?["start_year"]?.int == 1982)
    }

    @Test func `nominal money, year ends and a part of the series`() throws {
        let result = try output(
            "historical",
            """
            {"mix_fraction": {"stocks": 1, "bills": 0, "bonds": 0}, "rate_fraction": 0.07, "years": 30,
            "last_year": 1995, "money": "nominal", "timing": "end_of_year"}
            """)
        #expect(result["windows"]?.int == 39)
        #expect(result["failing_start_years"]?.array?.compactMap(\.int) == [1928, 1929, 1930, 1931, 1937])
        #expect(isNear(result["sustainable_min_fraction"]?.double, 0.03426421030495315))
    }

    @Test func `an own series is used, and one with a hole refused`() throws {
        func input(_ second: Int) -> String {
            """
            {"mix_fraction": {"stocks": 1, "bills": 0, "bonds": 0}, "rate_fraction": 0.5, "years": 2,
            "series": [{"year": 1, "stocks_fraction": 0.1, "bills_fraction": 0, "bonds_fraction": 0,
            "inflation_fraction": 0}, {"year": \(second), "stocks_fraction": -0.2, "bills_fraction": 0,
            "bonds_fraction": 0, "inflation_fraction": 0}]}
            """
        }
        let result = try output("historical", input(2))
        #expect(result["windows"]?.int == 1 && result["success_fraction"]?.double == 1)
        #expect(isNear(result["sustainable_min_fraction"]?.double, 1 / (1 + 1 / 1.1)))
        #expect(throws: (any Error).self) { try output("historical", input(3)) }
    }

    @Test(arguments: ["\"stocks\": 0.5, \"bills\": 0, \"bonds\": 0.4", "\"stocks\": 1, \"bills\": 0"])
    func `a mix that is not a whole is refused`(_ mix: String) {
        #expect(throws: (any Error).self) {
            try output(
                "historical", "{\"mix_fraction\": {\(mix)}, \"rate_fraction\": 0.04, \"years\": 30}")
        }
    }

    @Test func `guardrails after a loss keep the dollars and cut them`() throws {
        let result = try output(
            "strategy",
            """
            {"strategy": "guyton_klinger", "balance_usd": 760000, "wanted_income_usd": 50000,
            "years_left": 29, "last": {"income_usd": 51500, "first_rate_fraction": 0.05,
            "return_fraction": -0.2, "inflation_fraction": 0.03}}
            """)
        #expect(isNear(result["asked_usd"]?.double, 45_000, within: 1e-6))
        #expect(result["inflation_skipped"]?.bool == true && result["cut"]?.bool == true)
        #expect(result["raised"]?.bool == false)
    }

    @Test func `one year of the other rules`() throws {
        func asked(_ rule: String) throws -> Double? {
            try output(
                "strategy",
                "{\"strategy\": \(rule), \"balance_usd\": 1000000, \"wanted_income_usd\": 50000, "
                    + "\"years_left\": 30}"
            )["asked_usd"]?.double
        }
        #expect(try asked("\"constant_real\"") == 50_000)
        #expect(isNear(try asked("\"percent_of_portfolio\", \"percent_fraction\": 0.05"), 50_000))
        let annuity = try asked("\"variable_percentage\", \"real_return_fraction\": 0.04")
        #expect(isNear(annuity, 55_605.86, within: 0.005))
        #expect(throws: (any Error).self) { try asked("\"variable_percentage\"") }
    }

    private static func plan(_ more: String) -> String {
        """
        {"balance_usd": 500000, "weights_fraction": {"equity": 0.6, "fixed_income": 0.3, "real_estate": 0,
        "commodities": 0, "cash": 0.1, "alternatives": 0}, "years_until_retirement": 10,
        "retirement_years": 25, "yearly_contribution_usd": 12000, "income_usd": 40000, "paths": 500\(more)}
        """
    }

    @Test(arguments: ["lognormal", "historical", "bootstrap"])
    func `a plan is simulated under every engine, with every year and its study`(_ engine: String) throws {
        let input = Self.plan(", \"engine\": \"\(engine)\"")
        let result = try output("simulate", input)
        #expect(result["years"]?.array?.count == 36)
        #expect(result["paths"]?.int == (engine == "historical" ? 97 - 35 + 1 : 500))
        #expect(result["years"]?.array?[10]["income_usd"]?.isNull == true)
        #expect(result["years"]?.array?[11]["income_usd"]?["p90"]?.double == 40_000)
        #expect(result["fixes"]?.array?.count == 3 && result["strategies"]?.array?.count == 4)
        #expect(result == (try output("simulate", input)))
        let other = try output("simulate", Self.plan(", \"engine\": \"\(engine)\", \"seed\": 5"))
        #expect((other["years"] == result["years"]) == (engine == "historical"))
    }

    @Test func `a missing weight and an unknown member are named`() {
        let input = Self.plan("").replacing("\"cash\": 0.1,", with: "")
        #expect { try output("simulate", input) } throws: { "\($0)".contains("cash") }
        #expect { try output("simulate", Self.plan(", \"colour\": 1")) } throws: {
            "\($0)".contains("colour")
        }
    }
}
