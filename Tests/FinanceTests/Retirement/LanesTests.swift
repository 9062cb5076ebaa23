import Finance
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The approximations keep the error bounds they promise, for every input the simulation can hand them.
@Suite struct LanesTests {
    /// Calls `check` with all numbers `first + step x 0...count - 1`, eight at a time.
    private func sweep(_ first: Float, _ step: Float, count: Int, _ check: (Lanes) -> Void) {
        var numbers = Lanes()
        for start in stride(from: 0, to: count, by: Lanes.scalarCount) {
            for lane in 0..<Lanes.scalarCount { numbers[lane] = first + step * Float(start + lane) }
            check(numbers)
        }
    }

    @Test func `the logarithm of every uniform number is right to three tenths of a millionth`() {
        var worst = 0.0
        sweep(0x1p-24, 0x1p-23, count: 1 << 23) { numbers in
            let logarithms = Lanes.log(numbers)
            for lane in 0..<Lanes.scalarCount {
                let exact = log(Double(numbers[lane]))
                worst = max(worst, abs(Double(logarithms[lane]) - exact) / max(1, abs(exact)))
            }
        }
        #expect(worst < 3e-7)
    }

    @Test func `the radius of every uniform number is right to a millionth`() {
        var worst = 0.0
        sweep(0x1p-24, 0x1p-23, count: 1 << 23) { numbers in
            let squares = Lanes.log(numbers) * -2
            let roots = Lanes.squareRoot(squares)
            for lane in 0..<Lanes.scalarCount {
                let exact = Double(squares[lane]).squareRoot()
                worst = max(worst, abs(Double(roots[lane]) - exact) / exact)
            }
        }
        #expect(worst < 3e-7)
    }

    @Test func `sine and cosine of every angle are right to two tenths of a millionth`() {
        var worst = 0.0
        sweep(-0.5, 0x1p-23, count: 1 << 23) { numbers in
            let (sine, cosine) = Lanes.sineAndCosine(quarterTurns: numbers)
            for lane in 0..<Lanes.scalarCount {
                let angle = Double(numbers[lane]) * .pi / 2
                worst = max(
                    worst, abs(Double(sine[lane]) - sin(angle)), abs(Double(cosine[lane]) - cos(angle)))
            }
        }
        #expect(worst < 2e-7)
    }

    @Test func `powers of two are right to three tenths of a millionth`() {
        var worst = 0.0
        func check(_ numbers: Lanes) {
            let powers = Lanes.exp2(numbers)
            for lane in 0..<Lanes.scalarCount {
                let exact = exp2(Double(numbers[lane]))
                worst = max(worst, abs(Double(powers[lane]) - exact) / exact)
            }
        }
        sweep(-0.75, 0x1p-22, count: 3 << 21, check)
        sweep(-125, 0x1p-14, count: 250 << 14, check)
        #expect(worst < 3e-7)
    }
}

@Suite struct RandomTests {
    @Test func `SplitMix gives the published numbers`() {
        var random = SplitMix(seed: 1_234_567)
        #expect(
            (0..<3).map { _ in random.next() } == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
            ])
    }

    @Test func `each lane is a xoshiro128++ of its own`() {
        var mix = SplitMix(seed: 99)
        var words = (0..<4).map { _ in (0..<8).map { _ in UInt32(mix.next() >> 32) } }
        for lane in 0..<8 { words[3][lane] |= 1 }
        var random = RandomLanes(seed: 99)
        for _ in 0..<100 {
            let drawn = random.next()
            for lane in 0..<8 {
                var (a, b, c, d) = (words[0][lane], words[1][lane], words[2][lane], words[3][lane])
                let sum = a &+ d
                #expect(drawn[lane] == (sum << 7 | sum >> 25) &+ a)
                let shifted = b << 9
                c ^= a
                d ^= b
                b ^= c
                a ^= d
                c ^= shifted
                d = d << 11 | d >> 21
                (words[0][lane], words[1][lane], words[2][lane], words[3][lane]) = (a, b, c, d)
            }
        }
    }

    @Test func `normals have the moments and tails of the normal distribution`() {
        var random = RandomLanes(seed: 5)
        let count = 4_000_000
        var sums = [Double](repeating: 0, count: 5)
        var product = 0.0
        var beyond = [Int](repeating: 0, count: 5)
        for _ in 0..<count / 16 {
            let (first, second) = random.nextNormals()
            for lane in 0..<8 {
                product += Double(first[lane] * second[lane])
                for z in [Double(first[lane]), Double(second[lane])] {
                    for power in 1...4 { sums[power] += (1..<power).reduce(z) { value, _ in value * z } }
                    for limit in 1...4 where z > Double(limit) { beyond[limit] += 1 }
                }
            }
        }
        let n = Double(count)
        // Variances of z, z^2, z^3 and z^4 are 1, 2, 15 and 96.
        #expect(abs(sums[1] / n) < 4 * (1 / n).squareRoot())
        #expect(abs(sums[2] / n - 1) < 4 * (2 / n).squareRoot())
        #expect(abs(sums[3] / n) < 4 * (15 / n).squareRoot())
        #expect(abs(sums[4] / n - 3) < 4 * (96 / n).squareRoot())
        #expect(abs(product / (n / 2)) < 4 * (2 / n).squareRoot())
        for limit in 1...4 {
            let share = erfc(Double(limit) / 2.0.squareRoot()) / 2
            #expect(abs(Double(beyond[limit]) - n * share) < 4 * (n * share).squareRoot(), "beyond \(limit)")
        }
    }

    @Test func `percentiles are those of the sorted numbers`() throws {
        var random = SplitMix(seed: 3)
        let fractions = [0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0]
        for count in [1, 2, 3, 5, 10, 99, 1000, 5000] {
            for kind in 0..<4 {
                let numbers = (0..<count).map { _ -> Double in
                    switch kind {
                    case 0: Double.random(in: 0...1e9, using: &random)
                    case 1: max(0, Double.random(in: -5...5, using: &random))
                    case 2: Double(Int.random(in: 0...3, using: &random))
                    default: exp(Double.random(in: -300...300, using: &random))
                    }
                }
                var percentiles = Percentiles(count: count)
                // Twice, since the room is used again; and with padding that does not count.
                _ = percentiles.of(numbers.reversed() + [7], at: fractions)
                let found = percentiles.of(numbers + [1e300], at: fractions)
                let sorted = numbers.sorted()
                for (fraction, value) in zip(fractions, found) {
                    let rank = Double(count - 1) * fraction
                    let (low, high) = (sorted[Int(rank)], sorted[min(Int(rank) + 1, count - 1)])
                    try #require(value == low + (high - low) * (rank - rank.rounded(.down)))
                }
            }
        }
    }
}
