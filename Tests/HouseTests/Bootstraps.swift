// Foundation tells the environment and asks for files.
import Foundation
import LocalCloud
import Synchronization

/// Where the functions that are under test lie: `ALEX_BOOTSTRAPS`, or beside the test binary.
enum Bootstraps {
    static func directory() throws -> String {
        let directory = try ProcessInfo.processInfo.environment["ALEX_BOOTSTRAPS"] ?? besideTestBinary()
        let missing = (DeployedFunction.all.map(\.product) + ["Echo"]).filter {
            !FileManager.default.isExecutableFile(atPath: "\(directory)/\($0)")
        }
        guard missing.isEmpty else { throw BootstrapsMissing(directory: directory, names: missing) }
        return directory
    }

    /// The test runner is `.../release/alexPackageTests.xctest`, or a helper of the toolchain that is given
    /// its path.
    static func besideTestBinary() throws -> String {
        let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let candidates = [program] + CommandLine.arguments
        let binary = candidates.first { $0.contains("PackageTests") } ?? program
        return URL(fileURLWithPath: binary).deletingLastPathComponent().path
    }
}

struct BootstrapsMissing: Error, CustomStringConvertible {
    let directory: String
    let names: [String]

    var description: String {
        "\(names.joined(separator: ", ")) not in \(directory); build everything first (swift build, with the "
            + "configuration of the tests), or set ALEX_BOOTSTRAPS to where the functions are"
    }
}

/// Ports for whole houses: below the range from which the system serves itself, so that nobody takes one
/// between finding it and listening on it.
enum FreePorts {
    private static let range = 21_700..<21_800
    private static let taken = Mutex(Int(getpid()))

    static func next() async throws -> Int {
        for _ in range {
            let port = taken.withLock { taken in
                taken += 1
                return range.lowerBound + taken % range.count
            }
            if let server = await server(on: port) {
                await server.stop()
                return port
            }
        }
        throw HTTPServerFailure.cannotListen(
            host: "127.0.0.1", port: range.lowerBound, reason: "all ports up to \(range.upperBound) are taken"
        )
    }

    private static func server(on port: Int) async -> HTTPServer? {
        do {
            return try await HTTPServer.start(port: port) { _ in .text("") }
        } catch {
            return nil
        }
    }
}
