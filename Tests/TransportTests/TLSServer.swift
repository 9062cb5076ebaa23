import Foundation  // runs the openssl command

/// `openssl s_server` with a certificate for `localhost` and `service.test`.
///
/// A class because the process ends with it.
final class TLSServer: Sendable {
    let port: Int
    /// The authority's certificate, PEM.
    let authority: String
    private let certificates: TestCertificates
    private let server: Process

    init() throws {
        certificates = try TestCertificates()
        authority = certificates.authority
        let output = Pipe()
        server = try TestCertificates.openssl(
            ["s_server", "-accept", "127.0.0.1:0", "-www", "-cert", "server.pem", "-key", "server.key"],
            in: certificates.directory, output: output)
        port = try Self.port(in: output)
    }

    deinit {
        // Not SIGTERM: a child started on a thread of Dispatch inherits that thread's blocked signals.
        kill(server.processIdentifier, SIGKILL)
        server.waitUntilExit()
    }

    /// The server says `ACCEPT 127.0.0.1:40123` when it listens.
    private static func port(in output: Pipe) throws -> Int {
        var text = ""
        while true {
            let bytes = output.fileHandleForReading.availableData
            guard !bytes.isEmpty else { throw TLSServerFailure(what: "openssl s_server said only '\(text)'") }
            text += String(decoding: bytes, as: UTF8.self)
            for line in text.split(separator: "\n").dropLast(text.hasSuffix("\n") ? 0 : 1)
            where line.hasPrefix("ACCEPT ") {
                if let port = line.split(separator: ":").last.flatMap({ Int($0) }) { return port }
            }
        }
    }
}

/// `server.pem` and `server.key` for `localhost` and `service.test`, from an authority of their own.
///
/// A class because the files end with it.
final class TestCertificates: Sendable {
    let directory: URL
    /// The authority's certificate, PEM.
    var authority: String { directory.appending(path: "authority.pem").path }

    init() throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "alex-tls-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        try Self.makeCertificates(in: directory)
    }

    deinit {
        do {
            try FileManager.default.removeItem(at: directory)
        } catch {
            print("left behind: \(directory.path)")
        }
    }

    private static func makeCertificates(in directory: URL) throws {
        let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
        try finish(
            [
                "req", "-x509", "-subj", "/CN=Test Authority", "-keyout", "authority.key", "-out",
                "authority.pem",
            ] + key, in: directory)
        try finish(
            [
                "req", "-x509", "-subj", "/CN=localhost", "-addext",
                "subjectAltName=DNS:localhost,DNS:service.test",
                "-addext",
                "basicConstraints=critical,CA:FALSE", "-CA", "authority.pem", "-CAkey", "authority.key",
                "-keyout",
                "server.key", "-out", "server.pem",
            ] + key, in: directory)
    }

    private static func finish(_ arguments: [String], in directory: URL) throws {
        let process = try openssl(arguments, in: directory, output: nil)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw TLSServerFailure(what: "openssl \(arguments[0]) ended with \(process.terminationStatus)")
        }
    }

    static func openssl(_ arguments: [String], in directory: URL, output: Pipe?) throws -> Process {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments
        process.currentDirectoryURL = directory
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output ?? FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }
}

struct TLSServerFailure: Error {
    let what: String
}
