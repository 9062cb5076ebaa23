// Foundation removes the template.
import Foundation
import LocalCloud
import Synchronization

/// A home with a migrated and seeded database, made once for all stories and copied for each: making one
/// anew takes seconds of computing.
enum HouseTemplate {
    private static let making = Task<String, any Error> { try await make() }
    private static let path = Mutex<String?>(nil)

    static func copy() async throws -> String {
        let template = try await making.value
        let home = try House.temporaryDirectory()
        let (status, output) = try await Program("cp", ["-a", template + "/postgres", home]).run()
        guard status == 0 else { throw ProgramFailure(words: "the template cannot be copied: \(output)") }
        return home
    }

    private static func make() async throws -> String {
        let home = try House.temporaryDirectory()
        path.withLock { $0 = home }
        atexit { HouseTemplate.remove() }
        try await House.open(try House.plan(), in: home) { _ in }
        return home
    }

    private static func remove() {
        guard let home = path.withLock({ $0 }) else { return }
        do { try FileManager.default.removeItem(atPath: home) } catch { print("\(home) stays: \(error)") }
    }
}
