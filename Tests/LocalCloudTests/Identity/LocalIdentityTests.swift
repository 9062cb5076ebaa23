import Foundation
import LocalCloud
import Testing

@Suite struct LocalIdentityTests {
    @Test func `the key is kept between starts, for its owner alone`() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "alex-key-\(UUID())").path()
        let first = try LocalIdentity(issuer: "http://a", keyFile: file)
        let again = try LocalIdentity(issuer: "http://a", keyFile: file)
        #expect(try first.keySet() == again.keySet())
        let attributes = try FileManager.default.attributesOfItem(atPath: file)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        try FileManager.default.removeItem(atPath: file)
        #expect(try LocalIdentity(issuer: "http://a", keyFile: file).keySet() != first.keySet())
        try FileManager.default.removeItem(atPath: file)
    }

    @Test func `a file that holds no key is refused, not replaced`() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "alex-key-\(UUID())").path()
        try "not a key".write(toFile: file, atomically: true, encoding: .utf8)
        #expect(throws: IdentityFailure.self) { _ = try LocalIdentity(issuer: "http://a", keyFile: file) }
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "not a key")
        try FileManager.default.removeItem(atPath: file)
    }
}
