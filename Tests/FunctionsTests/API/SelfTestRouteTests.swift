import TestDatabases
import Testing
import Wire

extension OverDatabase {
    @Suite struct SelfTestRouteTests {
        @Test func `everybody may see the engine against published results`() async throws {
            let api = try APIUnderTest(try await TestDatabase.seeded())
            let answer = try await api.send("GET", "/api/selftest", user: nil)
            #expect(answer.status == 200)
            #expect(answer["failed"] == 0)
            let groups = try #require(answer["groups"]?.array)
            let cases = groups.flatMap { $0["cases"]?.array ?? [] }
            #expect(answer["passed"]?.int == cases.count)
            #expect(cases.count > 50)
            #expect(cases.allSatisfy { $0["got"]?.double != nil && $0["tolerance"]?.double != nil })
        }
    }
}
