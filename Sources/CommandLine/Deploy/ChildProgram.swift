// Foundation for Process.
import Foundation

/// A program that is run to its end, such as `terraform` or `swift`.
struct ChildProgram {
    let name: String
    var directory: String?
    var environment: [String: String] = ProcessInfo.processInfo.environment

    /// Runs with the terminal for itself: what it says is seen as it comes.
    ///
    /// - Returns: Its exit status.
    func run(_ arguments: [String]) throws -> Int32 {
        try finish(process(arguments))
    }

    /// - Returns: What it wrote to standard output.
    /// - Throws: ``ProgramFailure`` when it ends with another status than 0; its complaints are seen.
    func output(_ arguments: [String]) throws -> Data {
        let pipe = Pipe()
        let process = try process(arguments)
        process.standardOutput = pipe
        try start(process)
        defer { signal(SIGINT, SIG_DFL) }
        let bytes = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw ProgramFailure.ended(command(arguments), status: process.terminationStatus)
        }
        return bytes
    }

    func check(_ arguments: [String]) throws {
        let status = try run(arguments)
        guard status == 0 else { throw ProgramFailure.ended(command(arguments), status: status) }
    }

    private func process(_ arguments: [String]) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [name] + arguments
        process.environment = environment
        if let directory { process.currentDirectoryURL = URL(fileURLWithPath: directory) }
        return process
    }

    private func start(_ process: Process) throws {
        // What we have said comes before what the program says.
        fflush(nil)
        // Ctrl-C reaches the program, too; it cleans up, and what it says then is still read.
        signal(SIGINT) { _ in }
        do {
            try process.run()
        } catch {
            signal(SIGINT, SIG_DFL)
            throw ProgramFailure.notStarted(name, reason: error.localizedDescription)
        }
    }

    private func finish(_ process: Process) throws -> Int32 {
        try start(process)
        process.waitUntilExit()
        signal(SIGINT, SIG_DFL)
        return process.terminationStatus
    }

    private func command(_ arguments: [String]) -> String {
        ([name] + arguments).joined(separator: " ")
    }
}

enum ProgramFailure: Error, Equatable, CustomStringConvertible {
    case notStarted(String, reason: String)
    case ended(String, status: Int32)

    var description: String {
        switch self {
        case .notStarted(let name, let reason): "\(name) could not be started: \(reason)"
        case .ended(let command, 127): "not installed, or not on the PATH: \(command)"
        case .ended(let command, let status): "ended with status \(status): \(command)"
        }
    }
}
