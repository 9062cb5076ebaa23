import LocalCloud
import Testing

extension SharedHouse {
    @Suite struct RemoteAccountsStory {
        @Test func `a deployment keeps the accounts of a household apart`() async throws {
            let house = try SharedHouse.house
            let (status, output) = try await house.alex(["test", "remote", "accounts"])
            #expect(status == 0, "\(output)")
            for account in ["Taxable Brokerage", "Roth IRA", "Workplace Plan"] {
                #expect(output.contains("\(account) has its own value"), "\(output)")
                #expect(output.contains("the report speaks of \(account)"), "\(output)")
            }
            #expect(output.contains("the accounts make the whole"))
            #expect(!output.contains("✗"))
        }
    }
}
