// Foundation for Process.
import Foundation
import Synchronization

/// A program that is run to its end, or watched line by line while it runs.
final class Program: Sendable {
    private let process: Mutex<Process>
    private let output = Mutex<[String]>([])
    private let lines: AsyncStream<String>
    private let ended: AsyncStream<Int32>
    private let reader: @Sendable () -> Void

    /// - Parameters:
    ///   - name: A path, or looked for in `PATH`.
    ///   - environment: Added to our own.
    init(
        _ name: String, _ arguments: [String] = [], environment: [String: String] = [:],
        directory: String? = nil
    ) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [name] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, own in own }
        if let directory { process.currentDirectoryURL = URL(fileURLWithPath: directory) }
        let (lines, line) = AsyncStream.makeStream(of: String.self)
        let (ended, end) = AsyncStream.makeStream(of: Int32.self)
        self.lines = lines
        self.ended = ended
        process.terminationHandler = { end.yield($0.terminationStatus) }
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        process.standardInput = FileHandle.nullDevice
        self.process = Mutex(process)
        let reading = pipe.fileHandleForReading
        reader = {
            // A thread of its own, for reading blocks; it ends with the program's output.
            Thread.detachNewThread {
                var rest: [UInt8] = []
                while true {
                    let bytes = reading.availableData
                    rest += bytes
                    if bytes.isEmpty { break }
                    var parts = rest.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
                    rest = Array(parts.removeLast())
                    for part in parts { line.yield(String(decoding: part, as: UTF8.self)) }
                }
                if !rest.isEmpty { line.yield(String(decoding: rest, as: UTF8.self)) }
                line.finish()
            }
        }
    }

    deinit {
        process.withLock { process in
            if process.isRunning { process.terminate() }
        }
    }

    /// The program's own process id: `env` becomes the program.
    var pid: Int32 { process.withLock { $0.processIdentifier } }

    func start() throws {
        try process.withLock { try $0.run() }
        reader()
    }

    func interrupt() { kill(pid, SIGINT) }

    /// Its status, and its output and errors together.
    func run() async throws -> (status: Int32, output: String) {
        try start()
        return await end()
    }

    /// Reads until a line with these words.
    func waitForLine(with words: String) async throws {
        for await line in lines {
            output.withLock { $0.append(line) }
            if line.contains(words) { return }
        }
        throw ProgramFailure(words: "it ended without saying `\(words)`:\n\(text)")
    }

    func end() async -> (status: Int32, output: String) {
        for await line in lines { output.withLock { $0.append(line) } }
        let status = await ended.first { _ in true } ?? -1
        return (status, text)
    }

    private var text: String { output.withLock { $0.joined(separator: "\n") } }
}

struct ProgramFailure: Error, CustomStringConvertible {
    let words: String
    var description: String { words }
}
