import Finance
import Testing

@Suite struct NormalDistributionTests {
    /// Roots of the normal integral with 40 digits.
    @Test(arguments: [
        (1e-300, -37.047096299361199), (1e-12, -7.0344838253011319), (0.001, -3.0902323061678135),
        (0.025, -1.9599639845400542), (0.05, -1.6448536269514727), (0.3, -0.52440051270804078), (0.5, 0),
        (0.95, 1.6448536269514727), (0.999, 3.0902323061678135),
    ])
    func `quantiles are exact to twelve digits`(_ fraction: Double, _ expected: Double) {
        #expect(abs(NormalDistribution.quantile(fraction) - expected) <= 1e-12 * max(1, abs(expected)))
    }

    @Test func `the quantile of a probability is where it came from`() {
        for step in -80...50 {
            let x = Double(step) / 10
            let back = NormalDistribution.quantile(NormalDistribution.probability(upTo: x))
            #expect(abs(back - x) < 1e-9, "\(x)")
        }
    }

    @Test func `certainty has no finite quantile and no probability above one has any`() {
        #expect(NormalDistribution.quantile(0) == -.infinity)
        #expect(NormalDistribution.quantile(1) == .infinity)
        #expect(NormalDistribution.quantile(1.1).isNaN)
    }
}

@Suite struct GammaDistributionTests {
    /// Shape, number, probability: the regularised incomplete gamma function with 40 digits.
    @Test(arguments: [
        (0.1, 0.05, 0.77553863545103057), (0.5, 2, 0.95449973610364159),
        (2.690724, 1.546379, 0.26785475528481373), (5, 5, 0.55950671493478759),
        (10, 3, 0.0011024881301154797), (30, 45, 0.9926628007022035), (100, 100, 0.51329879827914866),
        (999, 950, 0.058697858045104644), (1e4, 1.01e4, 0.84134875044717962),
        (1e6, 999_000, 0.15865521357430365), (1e6, 1_000_500, 0.69155047577149718), (3, 200, 1),
    ])
    func `probabilities are exact to twelve digits`(_ shape: Double, _ x: Double, _ expected: Double) {
        #expect(abs(GammaDistribution.probability(upTo: x, shape: shape) - expected) < 1e-12)
    }

    @Test func `a shape of ten thousand million is normal, one beyond all measure a step`() {
        let normal = NormalDistribution.probability(upTo: 1)
        #expect(abs(GammaDistribution.probability(upTo: 1e10 + 1e5, shape: 1e10) - normal) < 1e-9)
        #expect(GammaDistribution.probability(upTo: 0.99e14, shape: 1e14) == 0)
        #expect(GammaDistribution.probability(upTo: 1.01e14, shape: 1e14) == 1)
    }

    @Test func `tiny probabilities keep their digits`() {
        let probability = GammaDistribution.probability(upTo: 0.001, shape: 50)
        #expect(abs(probability / 3.2847275170409984e-215 - 1) < 1e-11)
    }

    @Test(arguments: [
        (0.01, 4.5994798780420217), (0.5, 0.57236494292470009), (1, 0), (2.5, 0.28468287047291916),
        (9.99, 12.779315214350193), (10, 12.80182748008147), (171.5, 709.14316303092824),
        (1e6, 12815504.569147612),
    ])
    func `the logarithm of the gamma function is known`(_ x: Double, _ expected: Double) {
        #expect(abs(GammaDistribution.logGamma(x) - expected) <= 1e-14 * max(1, abs(expected)))
    }

    @Test func `shape one is the exponential distribution, on both sides of the switch of methods`() {
        for x in [0.001, 0.5, 1.9, 1.999999, 2.000001, 3, 20] {
            let expected = 1 - (1 / x.exponential)
            #expect(abs(GammaDistribution.probability(upTo: x, shape: 1) - expected) < 1e-14)
        }
    }

    @Test func `what has no distribution has no probability`() {
        #expect(GammaDistribution.probability(upTo: 1, shape: 0).isNaN)
        #expect(GammaDistribution.probability(upTo: -1, shape: 2) == 0)
        #expect(GammaDistribution.probability(upTo: .infinity, shape: 2) == 1)
    }
}

extension Double {
    /// e to this power, by its series.
    fileprivate var exponential: Double {
        var (term, sum) = (1.0, 1.0)
        for n in 1...200 {
            term *= self / Double(n)
            sum += term
        }
        return sum
    }
}
