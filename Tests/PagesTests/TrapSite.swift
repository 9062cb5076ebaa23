// Foundation for Process: the site is a Python program.
import Foundation
import Pages
import Quantities
import Transport

/// The web site of `trap_site.py`. A class because the program ends with it.
final class TrapSite: Sendable {
    let port: UInt16
    private let process: Process
    private let lifeline: Pipe

    var authority: String { "localhost:\(port)" }

    init() throws {
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

    struct Absent: Error {}

    static let now = Timestamp(secondsSinceEpoch: 1_795_680_000)

    /// Reads the site as a developer's local one: over HTTP, on this machine.
    func read(
        _ path: String, limits: PageLimits = PageLimits()
    ) async throws -> Result<Page, PageFailure> {
        let policy = try PagePolicy(hosts: ["finance.example"], localAuthorities: [authority])
        let transport = CurlTransport(
            certificateBundle: nil, reach: .publicOnly, largestResponseBytes: limits.pageBytes)
        let local = CurlTransport(
            certificateBundle: nil, reach: .loopbackOnly, largestResponseBytes: limits.pageBytes)
        let reader = PageReader(
            policy: policy, transport: transport, local: local, limits: limits, now: { Self.now })
        return await reader.outcome("http://\(authority)/\(path)")
    }
}

extension PageReader {
    func outcome(_ address: String) async -> Result<Page, PageFailure> {
        do throws(PageFailure) {
            return .success(try await read(address))
        } catch {
            return .failure(error)
        }
    }
}
