// Foundation for Process: the site is a Python program.
import Foundation

/// The web site of `trap_site.py`: an article, and pages that do what a reader should survive. On this
/// machine alone, over HTTP.
///
/// A class because the program ends with it.
package final class TrapSite: Sendable {
    package let port: UInt16
    private let process: Process
    private let lifeline: Pipe

    /// Host and port, as an address holds them.
    package var authority: String { "localhost:\(port)" }
    package var address: String { "http://\(authority)" }

    package init() throws {
        let process = Process()
        let output = Pipe()
        lifeline = Pipe()
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "trap_site.py")
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            ProcessInfo.processInfo.environment["ALEX_PYTHON"] ?? "python3", script.path(),
        ]
        process.standardInput = lifeline
        process.standardOutput = output
        try process.run()
        self.process = process
        var line: [UInt8] = []
        while line.last != UInt8(ascii: "\n") {
            let bytes = output.fileHandleForReading.availableData
            guard !bytes.isEmpty else { throw Absent() }
            line += bytes
        }
        guard let port = UInt16(String(decoding: line.dropLast(), as: UTF8.self)) else { throw Absent() }
        self.port = port
    }

    deinit { process.terminate() }

    /// Python 3 is all it needs.
    package struct Absent: Error {}
}
