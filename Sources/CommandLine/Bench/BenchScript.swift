// Foundation for Process.
import Foundation
import Wire

/// A Python script of `scripts/` that takes part in a bench: JSON in, JSON out.
struct BenchScript {
    /// Relative to the root of the repository, where benches are started.
    let path: String
    /// What Python must have for it, in words.
    let needs: String

    /// - Throws: ``BenchScriptFailure`` when it does not end well or answers something else than JSON.
    func run(_ plan: JSONValue) throws -> JSONValue {
        let input = Pipe()
        let output = Pipe()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [Self.python, path]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: plan.bytes)
        try input.fileHandleForWriting.close()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw BenchScriptFailure.failed(self, status: process.terminationStatus)
        }
        return try JSONValue(reading: [UInt8](bytes))
    }

    /// `ALEX_PYTHON`, or the one `scripts/setup.sh --tests` has made, where it has.
    private static var python: String {
        if let named = ProcessInfo.processInfo.environment["ALEX_PYTHON"] { return named }
        let own = ".alex/python/bin/python"
        return FileManager.default.isExecutableFile(atPath: own) ? own : "python3"
    }
}

enum BenchScriptFailure: Error, CustomStringConvertible {
    case failed(BenchScript, status: Int32)
    case notUnderstood(BenchScript, answer: String)

    var description: String {
        switch self {
        case .failed(let script, let status):
            "\(script.path) ended with status \(status); it needs Python with \(script.needs), which "
                + "`scripts/setup.sh --tests` installs, and is started in the root of the repository"
        case .notUnderstood(let script, let answer): "\(script.path) answered \(answer)"
        }
    }
}
