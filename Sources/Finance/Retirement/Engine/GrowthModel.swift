#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The real growth of a rebalanced mix in one year, ready to be drawn: a certain part and a sum of correlated
/// lognormal parts.
///
/// `growth = certain + sum over classes of 2^(offset + loadings . normals)`, with weight and inflation folded
/// into the offset, so that a draw costs one power of two for each class that varies.
struct GrowthModel {
    /// One class whose return varies.
    struct Part: Equatable {
        let offset: Float
        /// One for each factor.
        let loadings: [Float]
    }

    private(set) var certain = 0.0
    private(set) var parts: [Part] = []
    /// Independent standard normals that a draw needs.
    let factorCount: Int

    init(of plan: RetirementPlan) {
        let inflation = 1 + plan.assumptions.inflationFraction
        var varying: [(row: Int, weight: Double, assumption: ReturnAssumption)] = []
        for (row, assetClass) in AssetClass.allCases.enumerated() {
            guard let weight = plan.weights[assetClass], weight > 0,
                let assumption = plan.assumptions.returns[assetClass]
            else { continue }
            if assumption.deviationFraction > 0 {
                varying.append((row, weight / inflation, assumption))
            } else {
                certain += weight / inflation * (1 + assumption.meanFraction)
            }
        }
        // As many factors as classes that vary, fewer where one class determines another.
        let lower = plan.assumptions.correlations.lower(of: varying.map(\.row))
        let factors = (lower.first ?? []).indices.filter { factor in lower.contains { $0[factor] != 0 } }
        factorCount = factors.count
        parts = zip(varying, lower).map { part, row in
            Part(
                offset: Float((part.assumption.logMean + log(part.weight)) / M_LN2),
                loadings: factors.map { Float(part.assumption.logDeviation * row[$0] / M_LN2) })
        }
    }

    /// Draws the growth of two times eight paths.
    ///
    /// - Parameter normals: Room for two vectors for each factor.
    @inline(__always)
    static func draw(
        parts: UnsafeBufferPointer<FlatPart>, loadings: UnsafeBufferPointer<Float>, factorCount: Int,
        normals: UnsafeMutablePointer<Lanes>, using random: inout RandomLanes
    ) -> (Lanes, Lanes) {
        for factor in 0..<factorCount {
            (normals[2 * factor], normals[2 * factor + 1]) = random.nextNormals()
        }
        var first = Lanes()
        var second = Lanes()
        for part in parts {
            var firstExponent = Lanes(repeating: part.offset)
            var secondExponent = firstExponent
            for factor in 0..<part.factorCount {
                let loading = loadings[part.firstLoading + factor]
                firstExponent += normals[2 * factor] * loading
                secondExponent += normals[2 * factor + 1] * loading
            }
            first += Lanes.exp2(firstExponent)
            second += Lanes.exp2(secondExponent)
        }
        return (first, second)
    }

    /// A ``Part`` without an array of its own, so that the loop neither retains nor checks.
    struct FlatPart {
        let offset: Float
        let firstLoading: Int
        /// Loadings after the last that is not zero are left out: the Cholesky factor is lower triangular.
        let factorCount: Int
    }

    var flatParts: (parts: [FlatPart], loadings: [Float]) {
        var loadings: [Float] = []
        let flat = parts.map { part in
            let count = (part.loadings.lastIndex { $0 != 0 } ?? -1) + 1
            defer { loadings += part.loadings.prefix(count) }
            return FlatPart(offset: part.offset, firstLoading: loadings.count, factorCount: count)
        }
        return (flat, loadings)
    }
}
