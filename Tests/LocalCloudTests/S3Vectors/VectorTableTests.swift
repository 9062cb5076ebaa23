import LocalCloud
import Testing

@Suite struct VectorTableTests {
    /// The same numbers on every run, -1..<1.
    private static func vector(_ number: Int, _ dimension: Int) -> [Float] {
        (0..<dimension).map { index in
            var bits = UInt32(truncatingIfNeeded: number * dimension + index) &* 2_654_435_769
            bits ^= bits >> 16
            bits = bits &* 0x45d9_f3b
            bits ^= bits >> 16
            return Float(bits >> 8) / Float(1 << 23) - 1
        }
    }

    private static func table(_ count: Int, _ dimension: Int, _ metric: VectorMetric = .cosine) -> VectorTable
    {
        var table = VectorTable(dimension: dimension, metric: metric)
        for number in 1...count {
            table.put("\(number)", serial: Int64(number), vector(number, dimension), metadata: nil)
        }
        return table
    }

    /// In `Double`, the slow way.
    private static func distance(_ left: [Float], _ right: [Float], _ metric: VectorMetric) -> Double {
        let pairs = zip(left, right).map { (Double($0), Double($1)) }
        func norm(_ vector: [Float]) -> Double {
            vector.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
        }
        return switch metric {
        case .cosine: 1 - pairs.reduce(0) { $0 + $1.0 * $1.1 } / (norm(left) * norm(right))
        case .euclidean: pairs.reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
        }
    }

    @Test(arguments: VectorMetric.allCases, [1, 2, 7, 8, 31, 32, 33, 100])
    func `the nearest are those of a plain computation`(metric: VectorMetric, dimension: Int) {
        let table = Self.table(203, dimension, metric)
        let query = Self.vector(1000, dimension)
        let expected = (1...203).map { number in
            (key: "\(number)", distance: Self.distance(query, Self.vector(number, dimension), metric))
        }.sorted { $0.distance < $1.distance }
        let found = table.nearest(to: query, count: 10)
        #expect(found.count == 10)
        for (match, wanted) in zip(found, expected) {
            #expect(abs(Double(match.distance) - wanted.distance) < 1e-5)
        }
        // In one dimension the cosine knows two distances only.
        if dimension > 1 { #expect(found.map(\.row.key) == expected.prefix(10).map(\.key)) }
    }

    @Test func `of equally near vectors the older come first, and a filter leaves room for others`() {
        var table = VectorTable(dimension: 2, metric: .cosine)
        for number in 1...6 {
            table.put(
                "\(number)", serial: Int64(number), [Float(number), 0], metadata: ["n": .number(number)])
        }
        #expect(table.nearest(to: [1, 0], count: 3).map(\.row.key) == ["1", "2", "3"])
        let even = table.nearest(to: [1, 0], count: 2) { ($0.metadata?["n"]?.int ?? 1) % 2 == 0 }
        #expect(even.map(\.row.key) == ["2", "4"])
        #expect(table.nearest(to: [1, 0], count: 9) { _ in false }.isEmpty)
        #expect(table.nearest(to: [1, 0], count: 3).map(\.distance) == [0, 0, 0])
    }

    @Test func `a vector that is put again takes its old place with new numbers`() {
        var table = Self.table(3, 2)
        table.put("2", serial: 2, [5, 5], metadata: ["a": 1])
        #expect(table.count == 3)
        #expect(table.rows(after: 0).map(\.key) == ["1", "2", "3"])
        #expect(table.row("2").map { Array(table.numbers(of: $0)) } == [5, 5])
        #expect(table.nearest(to: [1, 1], count: 1).first?.row.metadata == ["a": 1])
    }

    @Test func `what is deleted is found no more, also when the gaps have closed`() {
        var table = Self.table(400, 3)
        for number in 1...400 where number % 4 != 0 {
            table.delete("\(number)")
            table.delete("\(number)")
        }
        let left = (1...100).map { "\($0 * 4)" }
        #expect(table.count == 100)
        #expect(table.rows(after: 0).map(\.key) == left)
        #expect(table.rows(after: 200).map(\.key) == Array(left[50...]))
        #expect(table.row("1") == nil)
        let found = table.nearest(to: Self.vector(8, 3), count: 400)
        #expect(Set(found.map(\.row.key)) == Set(left) && found.first?.row.key == "8")
        for key in left {
            let numbers = table.row(key).map { Array(table.numbers(of: $0)) }
            #expect(numbers == Self.vector(Int(key) ?? 0, 3))
        }
        table.put("new", serial: table.lastSerial + 1, [1, 0, 0], metadata: nil)
        #expect(table.nearest(to: [1, 0, 0], count: 1).map(\.row.key) == ["new"])
    }

    @Test func `serial numbers are not given twice after the last row is gone`() {
        var table = Self.table(2, 2)
        table.delete("2")
        #expect(table.lastSerial == 2)
    }

    @Test func `keys that look the same but are written otherwise are two`() {
        var table = VectorTable(dimension: 1, metric: .euclidean)
        table.put("\u{E9}", serial: 1, [1], metadata: nil)
        table.put("e\u{301}", serial: 2, [2], metadata: nil)
        #expect(table.count == 2)
        #expect(table.row("\u{E9}").map { Array(table.numbers(of: $0)) } == [1])
    }
}
