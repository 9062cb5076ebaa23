/// The real growth of a plan's mix in every year of many paths, drawn once so that many plans can be
/// tried on the same markets.
struct MarketPaths {
    let paths: Int
    let years: Int
    /// Paths and padding; a year's growth lies at `(year - 1) * stride + path`.
    let stride: Int
    /// Real growth as factors.
    private(set) var growth: [Double]
    /// Laid out as ``growth``, or a single number for all years and paths.
    let inflation: [Double]
    /// The calendar year each path begins in, where it is a window of a history.
    let startYears: [Int]

    private init(
        paths: Int, years: Int, stride: Int, growth: [Double], inflation: [Double], startYears: [Int] = []
    ) {
        self.paths = paths
        self.years = years
        self.stride = stride
        self.growth = growth
        self.inflation = inflation
        self.startYears = startYears
    }

    /// Draws what the plan's engine says.
    ///
    /// - Parameter paths: Ignored by the historical engine, which has one path for each window.
    init(of plan: RetirementPlan, paths: Int, seed: UInt64) {
        switch plan.engine {
        case .lognormal:
            self.init(
                GrowthModel(of: plan), paths: paths, years: plan.horizonYears, seed: seed,
                inflation: plan.assumptions.inflationFraction)
        case .historical(let market, let isCircular):
            self.init(
                windowsOf: market.realGrowth(of: plan.weights), inflation: market.inflation,
                firstYear: market.returns.firstYear, years: plan.horizonYears, isCircular: isCircular)
        case .bootstrap(let market, let blockYears, let isCircular):
            self.init(
                blocksOf: market, weights: plan.weights, years: plan.horizonYears, blockYears: blockYears,
                isCircular: isCircular, paths: paths, seed: seed)
        }
    }

    /// One path on which every year grows alike.
    init(constant growth: Double, inflation: Double, years: Int) {
        self.init(
            paths: 1, years: years, stride: 1, growth: [Double](repeating: growth, count: years),
            inflation: [inflation])
    }

    /// The same numbers ``Market`` draws with the same seed.
    init(_ model: GrowthModel, paths: Int, years: Int, seed: UInt64, inflation: Double) {
        let step = RetirementSimulation.pathsPerStep
        let stride = (paths + step - 1) / step * step
        let (parts, loadings) = model.flatParts
        var random = RandomLanes(seed: seed)
        let growth = [Double](unsafeUninitializedCapacity: years * stride) { buffer, count in
            withUnsafeTemporaryAllocation(of: Lanes.self, capacity: max(1, 2 * model.factorCount)) { room in
                guard let normals = room.baseAddress, let growth = buffer.baseAddress else { return }
                parts.withUnsafeBufferPointer { parts in
                    loadings.withUnsafeBufferPointer { loadings in
                        for place in Swift.stride(from: 0, to: years * stride, by: step) {
                            let (first, second) = GrowthModel.draw(
                                parts: parts, loadings: loadings, factorCount: model.factorCount,
                                normals: normals, using: &random)
                            for lane in 0..<Lanes.scalarCount {
                                growth[place + lane] = model.certain + Double(first[lane])
                                growth[place + Lanes.scalarCount + lane] =
                                    model.certain + Double(second[lane])
                            }
                        }
                    }
                }
            }
            count = years * stride
        }
        self.init(paths: paths, years: years, stride: stride, growth: growth, inflation: [inflation])
    }

    /// Every window of `years` years in order of its first year; without wrapping there must be one.
    init(windowsOf growth: [Double], inflation: [Double], firstYear: Int, years: Int, isCircular: Bool) {
        let windows = isCircular ? growth.count : growth.count - years + 1
        self.init(
            paths: windows, years: years, stride: windows,
            growth: (0..<years).flatMap { year in (0..<windows).map { growth[($0 + year) % growth.count] } },
            inflation: (0..<years).flatMap { year in
                (0..<windows).map { inflation[($0 + year) % inflation.count] }
            },
            startYears: (0..<windows).map { firstYear + $0 })
    }

    /// Blocks that begin in a year drawn at random; growth and inflation are those of the same year. The
    /// random numbers depend on the seed, the number of paths and the order of the blocks only.
    private init(
        blocksOf market: HistoricalMarket, weights: [AssetClass: Double], years: Int, blockYears: Int,
        isCircular: Bool, paths: Int, seed: UInt64
    ) {
        let (growth, inflation) = (market.realGrowth(of: weights), market.inflation)
        let starts = isCircular ? growth.count : growth.count - blockYears + 1
        var random = SplitMix(seed: seed)
        var place = [Int](repeating: 0, count: paths)
        var (drawnGrowth, drawnInflation): ([Double], [Double]) = ([], [])
        drawnGrowth.reserveCapacity(years * paths)
        drawnInflation.reserveCapacity(years * paths)
        for year in 0..<years {
            for path in 0..<paths {
                // A product's upper half instead of a remainder: no year is favoured by more than 2^-57.
                place[path] =
                    year % blockYears == 0
                    ? Int(random.next().multipliedFullWidth(by: UInt64(starts)).high)
                    : (place[path] + 1) % growth.count
                drawnGrowth.append(growth[place[path]])
                drawnInflation.append(inflation[place[path]])
            }
        }
        self.init(
            paths: paths, years: years, stride: paths, growth: drawnGrowth, inflation: drawnInflation)
    }

    /// The same markets with a part of the balance lost every year.
    func less(costFraction: Double) -> MarketPaths {
        MarketPaths(
            paths: paths, years: years, stride: stride, growth: growth.map { $0 * (1 - costFraction) },
            inflation: inflation, startYears: startYears)
    }

    func inflation(inYear year: Int, of path: Int) -> Double {
        inflation.count == 1 ? inflation[0] : inflation[(year - 1) * stride + path]
    }
}
