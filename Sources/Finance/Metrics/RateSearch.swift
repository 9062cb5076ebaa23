#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Finds every growth at which flows are worth nothing, and proves that there is no other.
///
/// Each term of the present value falls or rises steadily, so over an interval the sum lies between bounds
/// that two evaluations give, and so does its slope. An interval whose bounds exclude zero holds no root; one
/// whose slope keeps its sign holds at most one; any other is halved.
struct RateSearch {
    private static let mostIntervals = 100_000
    /// An interval this narrow that cannot be decided holds a place where the value touches zero.
    private static let touchingWidth = 1e-7

    private let flows: DatedFlows
    private var roots: [Double] = []
    private var open: [ClosedRange<Double>]

    init(_ flows: DatedFlows) {
        self.flows = flows
        let range = InternalRate.logGrowth
        // The narrower end is searched first: the last is taken.
        open = [0...range.upperBound, range.lowerBound...0]
    }

    /// - Returns: The roots from low to high; `nil` when the limit of intervals is reached.
    mutating func run() -> [Double]? {
        var count = 0
        while let interval = open.popLast() {
            count += 1
            guard count <= Self.mostIntervals else { return nil }
            examine(interval)
        }
        return roots
    }

    private mutating func examine(_ interval: ClosedRange<Double>) {
        let (low, high) = (interval.lowerBound, interval.upperBound)
        let middle = (low + high) / 2
        let scale = flows.scale(at: high)
        let value = bounds(interval, scale) { _, amount in amount }
        guard value.low <= 0, value.high >= 0 else { return }
        let slope = bounds(interval, scale) { year, amount in -year * amount }
        // Around the middle the value moves no faster than the slope.
        let reach = (high - low) / 2 * max(abs(slope.low), abs(slope.high))
        if abs(sum(at: middle, scale)) > reach { return }
        if slope.low > 0 || slope.high < 0 {
            // Half open, so that a root between two intervals is found once.
            let (before, after) = (flows.presentValue(at: low), flows.presentValue(at: high))
            guard (before < 0) != (after < 0) else { return }
            let root = RootSearch.root(in: interval, tolerance: 1e-15) { flows.presentValue(at: $0) }
            if let root { add(root) }
        } else if high - low < Self.touchingWidth {
            add(middle)
        } else {
            open += [middle...high, low...middle]
        }
    }

    /// Roots come from low to high; neighbours of a touching place are the same one.
    private mutating func add(_ root: Double) {
        if let last = roots.last, root - last < 4 * Self.touchingWidth { return }
        roots.append(root)
    }

    private func sum(at logGrowth: Double, _ scale: Double) -> Double {
        var sum = 0.0
        for (year, amount) in zip(flows.years, flows.amounts) {
            sum += amount * exp(scale - logGrowth * year)
        }
        return sum
    }

    private func bounds(
        _ interval: ClosedRange<Double>, _ scale: Double, _ coefficient: (Double, Double) -> Double
    ) -> (low: Double, high: Double) {
        var (low, high) = (0.0, 0.0)
        for (year, amount) in zip(flows.years, flows.amounts) {
            let factor = coefficient(year, amount)
            if factor == 0 { continue }
            let largest = factor * exp(scale - interval.lowerBound * year)
            let smallest = factor * exp(scale - interval.upperBound * year)
            low += min(largest, smallest)
            high += max(largest, smallest)
        }
        return (low, high)
    }
}
