// Foundation for Process: the server is a Python program.
import Foundation
import Synchronization
import Transport
import Wire

/// A tool server of the official SDK. A class because the program ends with it.
final class SDKServer: Sendable {
    let address: HTTPURL
    private let process: Process
    private let lifeline: Pipe

    init(_ options: String...) throws {
        let process = Process()
        let output = Pipe()
        lifeline = Pipe()
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "sdk_server.py")
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments =
            [ProcessInfo.processInfo.environment["ALEX_PYTHON"] ?? "python3", script.path()] + options
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
        let port = String(decoding: line.dropLast(), as: UTF8.self)
        guard let address = HTTPURL("http://127.0.0.1:\(port)/mcp") else { throw Absent() }
        self.address = address
    }

    deinit { process.terminate() }

    /// `make test` installs what the server needs; by hand: `pip install mcp`, and `ALEX_PYTHON`.
    struct Absent: Error {}
}

/// The live transport, and what went over it. A class because client and test share it.
final class RecordingTransport: HTTPTransport {
    typealias Exchange = (request: HTTPRequest, response: HTTPResponse)

    private let transport = CurlTransport(certificateBundle: nil)
    private let state = Mutex<[Exchange]>([])

    var exchanges: [Exchange] { state.withLock { $0 } }
    /// The ids of the sessions that were begun.
    var sessions: [String] { exchanges.compactMap { $0.response.headers["Mcp-Session-Id"] }.uniqued }
    /// JSON-RPC's methods in order; `DELETE` for the end.
    var methods: [String] {
        get throws {
            try exchanges.map { exchange in
                exchange.request.body.isEmpty
                    ? exchange.request.method.rawValue
                    : try JSONValue(reading: exchange.request.body)["method"]?.string ?? ""
            }
        }
    }

    func send(_ request: HTTPRequest, timeout: Duration) async throws(TransportFailure) -> HTTPResponse {
        let response = try await transport.send(request, timeout: timeout)
        state.withLock { $0.append((request, response)) }
        return response
    }
}

extension [String] {
    fileprivate var uniqued: [String] {
        reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}
