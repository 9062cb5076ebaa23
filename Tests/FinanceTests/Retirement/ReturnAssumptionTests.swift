import Finance
import Quantities
import Testing

@Suite struct ReturnAssumptionTests {
    /// J.P. Morgan's long-term assumptions of 2023: compound, arithmetic and volatility, percent. The
    /// shortcut `mean - volatility^2 / 2` gives 4.157 for the last row.
    @Test(arguments: [
        (2.62, 1.77, 2.6047), (2.40, 0.50, 2.3988), (3.65, 3.18, 3.6013), (4.91, 12.27, 4.1997),
    ])
    func `compound rates agree with the published ones`(
        _ mean: Double, _ deviation: Double, _ compound: Double
    ) {
        let assumption = ReturnAssumption(meanFraction: mean / 100, deviationFraction: deviation / 100)
        #expect(abs(assumption.compoundFraction * 100 - compound) < 0.00006)
    }

    @Test(arguments: [0, 0.062, 0.151, 0.8])
    func `the mean comes back from the compound rate`(_ deviation: Double) {
        let mean = ReturnAssumption(meanFraction: 0.07, deviationFraction: deviation)
        let compound = ReturnAssumption(
            compoundFraction: mean.compoundFraction, deviationFraction: deviation)
        #expect(abs(compound.meanFraction - 0.07) < 1e-12)
    }

    @Test(arguments: [(-0.2, 10.5830), (0, 10.9836), (0.2, 11.3701), (0.6, 12.1062), (1, 12.8)])
    func `two assets spread as their correlation says`(_ correlation: Double, _ percent: Double) throws {
        let mix = try Plans.assumptions(
            mean: 0.07, deviation: 0.18,
            second: ReturnAssumption(meanFraction: 0.04, deviationFraction: 0.05),
            correlation: correlation
        ).portfolio([.equity: 0.6, .fixedIncome: 0.4])
        #expect(abs(mix.meanFraction - 0.058) < 1e-12)
        #expect(abs(mix.deviationFraction * 100 - percent) < 0.00006)
    }

    @Test func `a class nobody assumed anything about is an error, never zero`() throws {
        let published = try ReturnAssumptions.published()
        var returns = published.returns
        returns[.commodities] = nil
        #expect(throws: RetirementFailure.assumptionMissing(.commodities)) {
            try ReturnAssumptions(
                returns: returns, correlations: published.correlations, inflationFraction: 0.02, source: "",
                vintage: published.vintage)
        }
    }

    @Test(arguments: [Double.nan, -1, -0.95, 11, .infinity])
    func `impossible returns are refused`(_ mean: Double) {
        #expect(throws: RetirementFailure.self) { try Plans.assumptions(mean: mean) }
    }

    @Test func `the published assumptions say where they come from and grow in every class`() throws {
        let published = try ReturnAssumptions.published()
        #expect(published.vintage.description == "2025-04-30")
        #expect(published.source.utf8.starts(with: "Vanguard".utf8))
        #expect(abs(try #require(published.returns[.equity]).compoundFraction - 0.053) < 1e-12)
        for assetClass in AssetClass.allCases {
            #expect(try #require(published.returns[assetClass]).meanFraction > published.inflationFraction)
        }
    }
}

@Suite struct CorrelationMatrixTests {
    @Test func `the factor of one half is known`() throws {
        let lower = try CorrelationMatrix([[1, 0.5], [0.5, 1]]).lower
        #expect(lower[0] == [1, 0])
        #expect(abs(lower[1][0] - 0.5) < 1e-12)
        #expect(abs(lower[1][1] - 0.8660254) < 1e-7)
    }

    @Test func `the factor times its transpose is the matrix`() throws {
        let matrix = try ReturnAssumptions.published().correlations
        for row in matrix.rows.indices {
            for column in matrix.rows.indices {
                let product = zip(matrix.lower[row], matrix.lower[column]).reduce(0) { $0 + $1.0 * $1.1 }
                #expect(abs(product - matrix.rows[row][column]) < 1e-12)
            }
        }
    }

    @Test func `correlations that contradict each other are refused, not repaired`() {
        #expect(throws: RetirementFailure.correlationsContradictory) {
            try CorrelationMatrix([[1, 0.9, 0.9], [0.9, 1, -0.9], [0.9, -0.9, 1]])
        }
        #expect(throws: RetirementFailure.correlationsContradictory) {
            try CorrelationMatrix([[1, 1, 0.5], [1, 1, -0.5], [0.5, -0.5, 1]])
        }
    }

    @Test func `two assets may move as one, in either direction`() throws {
        #expect(try CorrelationMatrix([[1, 1], [1, 1]]).lower == [[1, 0], [1, 0]])
        #expect(try CorrelationMatrix([[1, -1], [-1, 1]]).lower == [[1, 0], [-1, 0]])
    }

    @Test(arguments: [
        [[1, 2], [2, 1]], [[1, 0.1], [0.2, 1]], [[0.9, 0], [0, 1]], [[1, .nan], [.nan, 1]],
    ])
    func `what is no correlation is refused`(_ rows: [[Double]]) {
        #expect(throws: RetirementFailure.self) { try CorrelationMatrix(rows) }
    }

    @Test(arguments: [[[1.0, 0]], [], [[1, 0], [0]]])
    func `what is not square is refused`(_ rows: [[Double]]) {
        #expect(throws: RetirementFailure.correlationsNotSquare) { try CorrelationMatrix(rows) }
    }
}
