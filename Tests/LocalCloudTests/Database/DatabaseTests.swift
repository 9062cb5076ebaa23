import Foundation
import LocalCloud
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(2))) struct DatabaseTests {
    @Test func `starting again finds what is there, and a stale process file is no obstacle`() async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "alex-database-\(UUID())")
            .path()
        let steps = Mutex<[String]>([])
        let database = Database(directory: directory, durability: .fast) { step in
            steps.withLock { $0.append(step) }
        }
        let first = try await database.start()
        #expect(steps.withLock { $0.count } == 3)
        #expect(try await database.start() == first)
        #expect(steps.withLock { $0.count } == 3)

        try await database.stop()
        try await database.stop()
        // As after a power failure, when the number has gone to another process: to this one.
        let stale = "\(getpid())\n\(directory)/data\n0\n\(first.port)\n"
        try stale.write(toFile: directory + "/data/postmaster.pid", atomically: true, encoding: .utf8)
        _ = try await database.start()
        #expect(steps.withLock { $0.count } == 4)
        try await database.stop()
        try FileManager.default.removeItem(atPath: directory)
    }

    @Test func `a directory that cannot be had is named`() async throws {
        let failure = await #expect(throws: DatabaseFailure.self) {
            _ = try await Database(directory: "/dev/null/postgres").start()
        }
        #expect(try #require(failure).description.contains("/dev/null"))
    }

    @Test(.enabled(if: getuid() == 0, "only root runs PostgreSQL as somebody else"))
    func `a directory behind a closed door says what to do`() async throws {
        let closed = FileManager.default.temporaryDirectory.appending(path: "alex-closed-\(UUID())").path()
        try FileManager.default.createDirectory(
            atPath: closed, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        let failure = await #expect(throws: DatabaseFailure.self) {
            _ = try await Database(directory: closed + "/home/postgres").start()
        }
        #expect(try #require(failure).description.contains("may not enter \(closed); set ALEX_HOME"))
        try FileManager.default.removeItem(atPath: closed)
    }
}
