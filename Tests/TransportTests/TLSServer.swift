import Foundation  // runs the openssl command

/// `openssl s_server` with a certificate for `localhost` from an authority of its own.
///
/// A class because the process ends with it.
final class TLSServer {
    let port: Int
    /// The authority's certificate, PEM.
    let authority: String
    private let directory: URL
    private let server: Process

    init() throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "alex-tls-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        authority = directory.appending(path: "authority.pem").path
        try Self.makeCertificates(in: directory)
        let output = Pipe()
        server = try Self.openssl(
            ["s_server", "-accept", "127.0.0.1:0", "-www", "-cert", "server.pem", "-key", "server.key"],
            in: directory, output: output)
        port = try Self.port(in: output)
    }

    deinit {
        // Not SIGTERM: a child started on a thread of Dispatch inherits that thread's blocked signals.
        kill(server.processIdentifier, SIGKILL)
        server.waitUntilExit()
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
                "req", "-x509", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
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

    private static func openssl(_ arguments: [String], in directory: URL, output: Pipe?) throws -> Process {
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

struct TLSServerFailure: Error {
    let what: String
}
