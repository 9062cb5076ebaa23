import Wire

/// How far two vectors are apart; less is nearer.
package enum VectorMetric: String, Sendable, CaseIterable {
    /// 1 minus the cosine of the angle between them, 0...2.
    case cosine
    /// The straight line from one to the other, not its square. Source: the AWS CDK's construct library for
    /// S3 Vectors, `VectorIndexDistanceMetric`; the User Guide says no more than "Euclidean".
    case euclidean
}

/// The vectors of one index, one behind the other in memory, and the exact search among them.
///
/// Rows stand in the order of their serial numbers, so that a list can go on where it stopped while others
/// write. A deleted row stays as a gap whose numbers are not numbers, which no comparison ever prefers; when
/// a quarter are gaps, the others move together.
package struct VectorTable: Sendable {
    package let dimension: Int
    package let metric: VectorMetric
    private let lengthOfRow: Int
    private var numbers: [Float] = []
    /// Of the rows; 0 for a gap. Only the cosine needs them.
    private var inverseNorms: [Float] = []
    private var rows: [Row] = []
    /// By the bytes of the key: `String` takes two spellings of an accent for one.
    private var places: [[UInt8]: Int] = [:]

    /// A vector, but for its numbers.
    package struct Row: Sendable {
        /// Grows with every new key of the index.
        package let serial: Int64
        package let key: String
        package let metadata: [String: JSONValue]?
        fileprivate var isGap = false
    }

    package struct Match: Sendable {
        package let row: Row
        package let distance: Float
    }

    private static let fewestGaps = 64

    package init(dimension: Int, metric: VectorMetric) {
        self.dimension = dimension
        self.metric = metric
        lengthOfRow = VectorKernel.paddedLength(dimension)
    }

    /// Vectors, without the gaps.
    package var count: Int { places.count }

    package var lastSerial: Int64 { rows.last?.serial ?? 0 }

    package mutating func reserve(_ count: Int) {
        numbers.reserveCapacity(count * lengthOfRow)
        rows.reserveCapacity(count)
    }

    package func row(_ key: String) -> Row? {
        places[Array(key.utf8)].map { rows[$0] }
    }

    /// The numbers of a vector that is here.
    package func numbers(of row: Row) -> ArraySlice<Float> {
        guard let place = places[Array(row.key.utf8)] else { return [] }
        return numbers[place * lengthOfRow..<place * lengthOfRow + dimension]
    }

    /// Adds a vector, or puts it in the place of the one with its key.
    ///
    /// - Parameter serial: Larger than that of every other row; of a known key, the one it has.
    package mutating func put(
        _ key: String, serial: Int64, _ vector: [Float], metadata: [String: JSONValue]?
    ) {
        precondition(vector.count == dimension, "a vector of another dimension")
        let row = Row(serial: serial, key: key, metadata: metadata)
        let norm = VectorKernel.norm(vector)
        let inverseNorm = norm > 0 ? 1 / norm : 0
        if let place = places[Array(key.utf8)] {
            rows[place] = row
            inverseNorms[place] = inverseNorm
            numbers.replaceSubrange(place * lengthOfRow..<place * lengthOfRow + dimension, with: vector)
        } else {
            places[Array(key.utf8)] = rows.count
            rows.append(row)
            inverseNorms.append(inverseNorm)
            numbers += vector
            numbers += repeatElement(0, count: lengthOfRow - dimension)
        }
    }

    package mutating func delete(_ key: String) {
        guard let place = places.removeValue(forKey: Array(key.utf8)) else { return }
        rows[place] = Row(serial: rows[place].serial, key: "", metadata: nil, isGap: true)
        inverseNorms[place] = 0
        for index in place * lengthOfRow..<(place + 1) * lengthOfRow { numbers[index] = .nan }
        let gaps = rows.count - places.count
        if gaps >= Self.fewestGaps && gaps * 4 > rows.count { closeGaps() }
    }

    /// The rows behind a serial number, in order.
    package func rows(after serial: Int64) -> some Sequence<Row> {
        var range = 0..<rows.count
        while !range.isEmpty {
            let middle = (range.lowerBound + range.upperBound) / 2
            range =
                rows[middle].serial <= serial
                ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return rows[range.lowerBound...].lazy.filter { !$0.isGap }
    }

    /// The nearest vectors, nearest first; of equally near ones, the older first.
    ///
    /// - Parameter isWanted: Asked only about rows that would be among the nearest.
    package func nearest(
        to query: [Float], count: Int, where isWanted: (Row) -> Bool = { _ in true }
    ) -> [Match] {
        precondition(query.count == dimension, "a vector of another dimension")
        let padded = query + repeatElement(0, count: lengthOfRow - dimension)
        var nearest = NearestRows(count)
        forEachDistance(to: padded) { place, distance in
            if distance <= nearest.limit && isWanted(rows[place]) { nearest.add(place, distance) }
        }
        return nearest.found.map { found in
            let distance = metric == .euclidean ? found.distance.squareRoot() : max(0, found.distance)
            return Match(row: rows[found.place], distance: distance)
        }
    }

    /// Goes through four quarters of the rows at the same time: memory answers several streams sooner than
    /// one. Of a straight line the distance is the square here, which has the same order.
    @inline(__always)
    private func forEachDistance(to query: [Float], _ body: (_ place: Int, _ distance: Float) -> Void) {
        let norm = VectorKernel.norm(query)
        let inverseNorm = norm > 0 ? 1 / norm : 0
        let bytesOfRow = lengthOfRow * MemoryLayout<Float>.stride
        let quarter = rows.count / 4
        numbers.withUnsafeBytes { numbers in
            query.withUnsafeBytes { query in
                guard let start = numbers.baseAddress, let query = query.baseAddress else { return }
                for first in 0..<quarter {
                    let places = SIMD4(first, first + quarter, first + 2 * quarter, first + 3 * quarter)
                    let sums = VectorKernel.sums(
                        metric, start + first * bytesOfRow, apart: quarter * bytesOfRow, query, lengthOfRow)
                    for index in 0..<4 {
                        body(places[index], distance(sums[index], places[index], inverseNorm))
                    }
                }
                for place in 4 * quarter..<rows.count {
                    let sums = VectorKernel.sums(
                        metric, start + place * bytesOfRow, apart: 0, query, lengthOfRow)
                    body(place, distance(sums[0], place, inverseNorm))
                }
            }
        }
    }

    @inline(__always)
    private func distance(_ sum: Float, _ place: Int, _ inverseNorm: Float) -> Float {
        metric == .cosine ? 1 - sum * inverseNorms[place] * inverseNorm : sum
    }

    private mutating func closeGaps() {
        var target = 0
        for place in rows.indices where !rows[place].isGap {
            if target < place {
                rows[target] = rows[place]
                inverseNorms[target] = inverseNorms[place]
                for offset in 0..<lengthOfRow {
                    numbers[target * lengthOfRow + offset] = numbers[place * lengthOfRow + offset]
                }
                places[Array(rows[target].key.utf8)] = target
            }
            target += 1
        }
        rows.removeLast(rows.count - target)
        inverseNorms.removeLast(inverseNorms.count - target)
        numbers.removeLast(numbers.count - target * lengthOfRow)
    }
}

/// The best so far of a search.
private struct NearestRows {
    private let count: Int
    private(set) var found: [(place: Int, distance: Float)] = []
    /// No row that is farther away is one of them.
    private(set) var limit = Float.infinity

    init(_ count: Int) {
        self.count = count
        found.reserveCapacity(count + 1)
    }

    mutating func add(_ place: Int, _ distance: Float) {
        var index = found.count
        while index > 0 && (found[index - 1].distance, found[index - 1].place) > (distance, place) {
            index -= 1
        }
        guard index < count else { return }
        found.insert((place, distance), at: index)
        if found.count > count { found.removeLast() }
        if found.count == count, let last = found.last { limit = last.distance }
    }
}
