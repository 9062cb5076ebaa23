/// Finding where a function of one number is zero.
enum RootSearch {
    private static let mostSteps = 200

    /// The root between two places at which the function has different signs, by Brent's method: inverse
    /// quadratic interpolation where it helps, halving where it does not.
    ///
    /// - Parameters:
    ///   - range: At whose ends the function is not NaN and has different signs, or is zero.
    ///   - tolerance: How far the answer may be from the root, beside rounding.
    /// - Returns: `nil` when the signs do not differ.
    static func root(
        in range: ClosedRange<Double>, tolerance: Double, of function: (Double) -> Double
    ) -> Double? {
        var bracket = Bracket(range, function)
        guard bracket.holdsRoot else { return nil }
        for _ in 0..<mostSteps {
            bracket.order()
            let limit = 2 * Double.ulpOfOne * abs(bracket.best.x) + tolerance / 2
            let half = (bracket.opposite.x - bracket.best.x) / 2
            if abs(half) <= limit || bracket.best.y == 0 { return bracket.best.x }
            bracket.step(half: half, limit: limit, function)
        }
        return bracket.best.x
    }

    private struct Point {
        var x: Double
        var y: Double
    }

    private struct Bracket {
        /// The best estimate, the one before it, and a place with the other sign.
        var best: Point
        var previous: Point
        var opposite: Point
        var lastStep: Double
        var stepBefore: Double

        init(_ range: ClosedRange<Double>, _ function: (Double) -> Double) {
            previous = Point(x: range.lowerBound, y: function(range.lowerBound))
            best = Point(x: range.upperBound, y: function(range.upperBound))
            opposite = previous
            lastStep = range.upperBound - range.lowerBound
            stepBefore = lastStep
        }

        var holdsRoot: Bool {
            !best.y.isNaN && !previous.y.isNaN
                && (best.y == 0 || previous.y == 0 || (best.y < 0) != (previous.y < 0))
        }

        /// Lets the root lie between `best` and `opposite`, with the smaller value at `best`.
        mutating func order() {
            if (best.y < 0) == (opposite.y < 0) {
                opposite = previous
                lastStep = best.x - previous.x
                stepBefore = lastStep
            }
            if abs(opposite.y) < abs(best.y) {
                previous = best
                best = opposite
                opposite = previous
            }
        }

        mutating func step(half: Double, limit: Double, _ function: (Double) -> Double) {
            if let interpolated = interpolation(half: half, limit: limit) {
                stepBefore = lastStep
                lastStep = interpolated
            } else {
                lastStep = half
                stepBefore = half
            }
            previous = best
            best.x += abs(lastStep) > limit ? lastStep : (half < 0 ? -limit : limit)
            best.y = function(best.x)
        }

        /// `nil` where halving is safer: the step would leave the bracket or shrink too slowly.
        private func interpolation(half: Double, limit: Double) -> Double? {
            guard abs(stepBefore) >= limit, abs(previous.y) > abs(best.y) else { return nil }
            let ratio = best.y / previous.y
            var numerator: Double
            var denominator: Double
            if previous.x == opposite.x {
                numerator = 2 * half * ratio
                denominator = 1 - ratio
            } else {
                let q = previous.y / opposite.y
                let r = best.y / opposite.y
                numerator = ratio * (2 * half * q * (q - r) - (best.x - previous.x) * (r - 1))
                denominator = (q - 1) * (r - 1) * (ratio - 1)
            }
            if numerator > 0 { denominator = -denominator } else { numerator = -numerator }
            let isSafe =
                2 * numerator
                < min(
                    3 * half * denominator - abs(limit * denominator),
                    abs(stepBefore * denominator))
            return isSafe ? numerator / denominator : nil
        }
    }
}
