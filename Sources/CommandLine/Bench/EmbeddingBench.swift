import MiniLM
import Wire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Measures `MiniLM` against NumPy: the same model on one thread each, in the same run, in processor
/// time, so that other programs on the machine do not count.
enum EmbeddingBench {
    static let runs = 30
    /// NumPy's time for the longest input over ours has to be at least this.
    static let leastRatio = 1.3
    /// Of this process, from its start to the end of the first embedding.
    static let greatestMebibytes = 120.0
    /// How far the two embeddings may be apart, in each number.
    static let greatestDifference = 1e-5
    static let witness = BenchScript(path: "scripts/minilm_numpy.py", needs: "numpy")
    private static let folder = ".alex/model"

    private struct Answer {
        let milliseconds: Double
        let embedding: [Double]
    }

    /// Prints medians, ratios and memory.
    ///
    /// - Returns: Whether the limits above are kept.
    static func run() throws -> Bool {
        // First of all: the memory is the most this process has had so far.
        let vocabulary = try contents(of: "vocab.txt")
        let half = try MiniLM(weights: try contents(of: "minilm-f16.safetensors"), vocabulary: vocabulary)
        let long = half.tokenizer.input(of: String(repeating: sentence, count: 30))
        let short = half.tokenizer.input(of: sentence)
        _ = half.embedding(of: long)
        let mebibytes = try BenchProcess.peakMemoryMebibytes(of: getpid())
        print("memory, weights in half precision, first embedding of \(long.ids.count) tokens included")
        print("  at most \(rounded(mebibytes)) MiB resident (limit \(greatestMebibytes) MiB)")

        let single = try MiniLM(weights: try contents(of: "minilm-f32.safetensors"), vocabulary: vocabulary)
        print("processor time of one embedding, one thread, medians of \(runs) runs")
        var isKept = mebibytes <= greatestMebibytes
        for input in [long, short] {
            let numPy = try numPy(input)
            let ours = [("half", half), ("single", single)].map { ($0.0, measure($0.1, input)) }
            print("  \(input.ids.count) tokens: NumPy \(rounded(numPy.milliseconds)) ms")
            for (precision, answer) in ours {
                let ratio = numPy.milliseconds / answer.milliseconds
                print(
                    "    Alex, weights in \(precision) precision: \(rounded(answer.milliseconds)) ms, "
                        + "\(rounded(ratio)) times as fast")
                if input == long { isKept = isKept && ratio >= leastRatio }
            }
            let difference = zip(ours[1].1.embedding, numPy.embedding).map { abs($0 - $1) }.max() ?? .infinity
            print("    largest difference of a number, in single precision: \(difference)")
            isKept = isKept && difference <= greatestDifference
        }
        return isKept
    }

    /// 11 tokens with `[CLS]` and `[SEP]`.
    private static let sentence = "The bond fund fell after the bank raised. "

    private static func measure(_ model: MiniLM, _ input: ModelInput) -> Answer {
        var embedding = model.embedding(of: input)
        let times = (0..<runs).map { _ in
            let start = processorMilliseconds
            embedding = model.embedding(of: input)
            return processorMilliseconds - start
        }
        return Answer(milliseconds: times.sorted()[runs / 2], embedding: embedding.map(Double.init))
    }

    private static var processorMilliseconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1e6
    }

    private static func numPy(_ input: ModelInput) throws -> Answer {
        let answer = try witness.run([
            "weights": .string("\(folder)/minilm-f32.safetensors"),
            "inputs": .array([.array(input.ids.map { .number(Int($0)) })]), "runs": .number(runs),
        ])
        guard let outcome = answer.array?.first, let seconds = outcome["seconds"]?.double,
            let embedding = outcome["embedding"]?.array?.compactMap(\.double),
            embedding.count == MiniLM.dimensions
        else { throw BenchScriptFailure.notUnderstood(witness, answer: answer.text) }
        return Answer(milliseconds: seconds * 1000, embedding: embedding)
    }

    /// Read straight into the array: a second copy would count as memory of the model.
    private static func contents(of name: String) throws(EmbeddingBenchFailure) -> [UInt8] {
        let path = "\(folder)/\(name)"
        guard let file = fopen(path, "rb") else {
            throw .noModel(path: path, reason: String(cString: strerror(errno)))
        }
        defer { fclose(file) }
        guard fseek(file, 0, SEEK_END) == 0, case let size = ftell(file), size >= 0,
            fseek(file, 0, SEEK_SET) == 0
        else { throw .noModel(path: path, reason: String(cString: strerror(errno))) }
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            count = fread(buffer.baseAddress, 1, size, file)
        }
        guard bytes.count == size else { throw .noModel(path: path, reason: "it ends early") }
        return bytes
    }

    private static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}

enum EmbeddingBenchFailure: Error, CustomStringConvertible {
    case noModel(path: String, reason: String)

    var description: String {
        switch self {
        case .noModel(let path, let reason):
            "\(path) cannot be read (\(reason)): `make model` fetches it; the bench is started in the root of the "
                + "repository"
        }
    }
}
