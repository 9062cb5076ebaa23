/// Order statistics of many numbers without sorting them.
///
/// The bits of a `Double` that is not negative are in the order of the numbers. One pass counts how many fall
/// into each of ``bucketCount`` equal ranges of bits, a second keeps those in the few ranges that hold a
/// wanted rank, and only these are sorted.
package struct Percentiles {
    static let bucketCount = 4096

    private let count: Int
    private var counts = [Int32](repeating: 0, count: bucketCount + 1)
    private var kept: [UInt64] = []

    /// - Parameter count: How many numbers there are, at least one.
    package init(count: Int) { self.count = count }

    /// Percentiles of the first ``count`` values, interpolated linearly between neighbours (Hyndman and Fan's
    /// type 7, NumPy's default).
    ///
    /// - Parameters:
    ///   - values: None negative.
    ///   - fractions: Ascending, 0...1.
    package mutating func of(_ values: [Double], at fractions: [Double]) -> [Double] {
        let ranks = fractions.map { Double(count - 1) * $0 }
        let wanted = Set(ranks.flatMap { [Int($0), min(Int($0) + 1, count - 1)] }).sorted()
        let numbers = Dictionary(uniqueKeysWithValues: zip(wanted, orderStatistics(of: values, at: wanted)))
        return ranks.map { rank in
            let low = numbers[Int(rank)] ?? .nan
            let high = numbers[min(Int(rank) + 1, count - 1)] ?? .nan
            return low + (high - low) * (rank - rank.rounded(.down))
        }
    }

    /// The numbers at the given ranks.
    ///
    /// - Parameter ranks: Ascending, each once; 0 is the smallest.
    private mutating func orderStatistics(of values: [Double], at ranks: [Int]) -> [Double] {
        values.withUnsafeBufferPointer { values in
            var lowest = UInt64.max
            var highest = UInt64.min
            for index in 0..<count where values[index] > 0 {
                let bits = values[index].bitPattern
                lowest = min(lowest, bits)
                highest = max(highest, bits)
            }
            guard lowest <= highest else { return ranks.map { _ in 0 } }
            let width = UInt64.bitWidth - (highest - lowest).leadingZeroBitCount
            let shift = UInt64(max(0, width - Self.bucketCount.trailingZeroBitCount))
            // Bucket 0 holds the zeros.
            func bucket(_ value: Double) -> Int {
                value > 0 ? Int(truncatingIfNeeded: (value.bitPattern &- lowest) &>> shift) + 1 : 0
            }
            for index in counts.indices { counts[index] = 0 }
            counts.withUnsafeMutableBufferPointer { counts in
                for index in 0..<count { counts[bucket(values[index])] += 1 }
            }
            return select(values, ranks: ranks, bucket: bucket)
        }
    }

    private mutating func select(
        _ values: UnsafeBufferPointer<Double>, ranks: [Int], bucket: (Double) -> Int
    ) -> [Double] {
        // Where each wanted bucket begins, in ranks and among the kept numbers.
        var isWanted = [Bool](repeating: false, count: counts.count)
        var placeOfRank: [Int] = []
        var (index, before, keptBefore) = (0, 0, 0)
        for rank in ranks {
            while before + Int(counts[index]) <= rank {
                if isWanted[index] { keptBefore += Int(counts[index]) }
                before += Int(counts[index])
                index += 1
            }
            isWanted[index] = true
            placeOfRank.append(keptBefore + rank - before)
        }
        kept.removeAll(keepingCapacity: true)
        isWanted.withUnsafeBufferPointer { isWanted in
            for index in 0..<count where isWanted[bucket(values[index])] {
                kept.append(values[index].bitPattern)
            }
        }
        kept.sort()
        return placeOfRank.map { Double(bitPattern: kept[$0]) }
    }
}
