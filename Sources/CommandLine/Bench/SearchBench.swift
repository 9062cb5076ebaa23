import LocalCloud
import Wire

/// Measures the exact search of S3 Vectors against NumPy: the same vectors on one thread each, in the same
/// run. Alex also picks the nearest; NumPy is only timed for `matrix @ vector`.
enum SearchBench {
    static let vectors = 100_000
    static let dimension = 384
    static let nearest = 10
    static let runs = 21
    /// Alex must be at least so many times as fast.
    static let wantedRatio = 1.0
    static let witness = BenchScript(path: "scripts/search_numpy.py", needs: "numpy")

    /// Prints medians, the ratio and whether both find the same.
    ///
    /// - Returns: Whether Alex is fast enough and finds what NumPy finds.
    static func run() throws -> Bool {
        let (table, query) = sample()
        var found: [VectorTable.Match] = []
        let seconds = median { found = table.nearest(to: query, count: nearest) }
        let answer = try witness.run([
            "vectors": .number(vectors), "dimension": .number(dimension), "nearest": .number(nearest),
            "runs": .number(runs),
        ])
        guard let numPySeconds = answer["seconds"]?.double, let rows = answer["rows"]?.array,
            let distances = answer["distances"]?.array?.compactMap(\.double)
        else { throw BenchScriptFailure.notUnderstood(witness, answer: answer.text) }
        let isSame = found.map(\.row.key) == rows.compactMap { $0.int.map(String.init) }
        let apart = zip(found, distances).map { abs(Double($0.distance) - $1) }.max() ?? .infinity
        let ratio = numPySeconds / seconds
        let megabytes = Double(vectors * dimension * MemoryLayout<Float>.size) / 1e6
        print("\(vectors) vectors x \(dimension) dimensions, one core, medians of \(runs) runs")
        print(row("Alex, the \(nearest) nearest by cosine", seconds, megabytes))
        print(row("NumPy, matrix @ vector in float32", numPySeconds, megabytes))
        print("  Alex is \(rounded(ratio, 100)) times as fast as NumPy, \(wantedRatio) wanted")
        print("  both find \(isSame ? "the same vectors" : "DIFFERENT VECTORS"), distances \(apart) apart")
        return ratio >= wantedRatio && isSame && apart < 1e-5
    }

    /// The numbers of the script: a hash of their place, -1..<1.
    private static func number(_ place: Int) -> Float {
        var bits = UInt32(truncatingIfNeeded: place) &* 2_654_435_769
        bits ^= bits >> 16
        bits = bits &* 0x45d9_f3b
        bits ^= bits >> 16
        return Float(bits >> 8) / Float(1 << 23) - 1
    }

    /// The question comes behind the last vector.
    private static func sample() -> (VectorTable, query: [Float]) {
        func vector(_ row: Int) -> [Float] { (0..<dimension).map { number(row * dimension + $0) } }
        var table = VectorTable(dimension: dimension, metric: .cosine)
        table.reserve(vectors)
        for row in 0..<vectors {
            table.put("\(row)", serial: Int64(row + 1), vector(row), metadata: nil)
        }
        return (table, vector(vectors))
    }

    /// Seconds, of ``runs`` runs.
    private static func median(_ work: () -> Void) -> Double {
        let clock = ContinuousClock()
        work()
        let times = (0..<runs).map { _ in clock.measure(work) }
        return times.sorted()[runs / 2] / .seconds(1)
    }

    private static func row(_ name: String, _ seconds: Double, _ megabytes: Double) -> String {
        "  \(name): \(rounded(seconds * 1000, 10)) ms, \(rounded(megabytes / seconds / 1000, 10)) GB/s"
    }

    private static func rounded(_ value: Double, _ steps: Double) -> Double {
        (value * steps).rounded() / steps
    }
}
