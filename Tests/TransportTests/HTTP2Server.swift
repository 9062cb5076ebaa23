import Foundation  // runs the Python program

/// `h2_server.py`. A class because the process ends with it.
final class HTTP2Server: Sendable {
    let port: Int
    let certificates: TestCertificates
    private let process = Process()
    private let lifeline = Pipe()

    /// Where `make test` has installed what the server needs; by hand: `pip install h2`, and `ALEX_PYTHON`.
    static let python = ProcessInfo.processInfo.environment["ALEX_PYTHON"]

    /// Whether that Python has the package `h2`.
    static let isPossible: Bool = {
        guard let python else { return false }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [python, "-c", "import h2"]
        process.standardError = FileHandle.nullDevice
        do {
            try process.run()
        } catch {
            return false
        }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    init() throws {
        certificates = try TestCertificates()
        let output = Pipe()
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "h2_server.py")
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [Self.python ?? "python3", script.path(), "server.pem", "server.key"]
        process.currentDirectoryURL = certificates.directory
        process.standardInput = lifeline
        process.standardOutput = output
        try process.run()
        var line: [UInt8] = []
        while line.last != UInt8(ascii: "\n") {
            let bytes = output.fileHandleForReading.availableData
            guard !bytes.isEmpty else { throw TLSServerFailure(what: "h2_server.py did not start") }
            line += bytes
        }
        guard let port = Int(String(decoding: line.dropLast(), as: UTF8.self)) else {
            throw TLSServerFailure(what: "h2_server.py said no port")
        }
        self.port = port
    }

    deinit {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}
