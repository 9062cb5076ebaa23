import DataAPIClient
import LocalCloud
import Testing
import Wire

extension SharedHouse {
    @Suite struct RemoteFullStory {
        @Test func `a deployment analyses a household of the test's own, which is gone afterwards`()
            async throws
        {
            let house = try SharedHouse.house
            let (status, output) = try await house.alex(["test", "remote", "full"])
            #expect(status == 0, "\(output)")
            for words in [
                "report: ", "charts: ", "retirement: ", "summary: ",
                "every number of every section is verified",
                "the parts of each chart make its whole", "All 1 passed.",
            ] {
                #expect(output.contains(words), "\(words): \(output)")
            }
            #expect(!output.contains("written by code"))
            #expect(!output.contains("✗"))
        }

        @Test func `households can be kept`() async throws {
            let house = try SharedHouse.house
            let (status, output) = try await house.alex(["test", "remote", "full", "--keep"])
            #expect(status == 0, "\(output)")
            let line = try #require(output.split(separator: "\n").first { $0.hasPrefix("Kept: ") })
            let kept = String(line.dropFirst("Kept: ".count))
            #expect(try await house.remoteHouseholds().contains(kept))
            try await house.database.execute("DELETE FROM users WHERE clerk_user_id = \(kept)")
        }
    }
}

extension House {
    /// Ids of the households that remote tests have left.
    func remoteHouseholds() async throws -> [String] {
        try await database.query(
            "SELECT clerk_user_id FROM users WHERE clerk_user_id LIKE 'remote-test-%'"
        ).map { try $0.required("clerk_user_id") }
    }
}
