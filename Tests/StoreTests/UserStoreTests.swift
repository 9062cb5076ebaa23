import DataAPIClient
import Finance
import Quantities
import Store
import TestDatabases
import Testing

@Suite struct UserStoreTests {
    @Test func `a first visit creates an investor with the defaults`() async throws {
        let database = try await TestDatabase.migrated()
        let (investor, created) = try await database.users.ensure("user_a", displayName: "Ada")
        #expect(created)
        #expect(
            investor.value
                == Investor(
                    id: "user_a", displayName: "Ada", yearsUntilRetirement: 20,
                    targetRetirementIncomeUSD: 60000,
                    assetClassTargets: try Allocation([.equity: 70, .fixedIncome: 30]),
                    regionTargets: try Allocation([.northAmerica: 50, .international: 50])))
        let (again, createdAgain) = try await database.users.ensure("user_a", displayName: "Somebody")
        #expect(!createdAgain)
        #expect(again == investor)
    }

    @Test func `of 20 first visits at once one creates`() async throws {
        let database = try await TestDatabase.migrated()
        let visits = try await (1...20).concurrently { _ in
            try await database.users.ensure("user_a", displayName: "Ada").created
        }
        #expect(visits.filter { $0 }.count == 1)
    }

    @Test func `nobody is nobody`() async throws {
        let database = try await TestDatabase.migrated()
        #expect(try await database.users.user("nobody") == nil)
        await #expect(throws: StoreFailure.notFound(.investor)) {
            try await database.users.update("nobody", UserChange())
        }
    }

    @Test func `a change keeps what it does not name`() async throws {
        let database = try await TestDatabase.migrated()
        let owner = try await database.investor()
        var change = UserChange()
        change.yearsUntilRetirement = 31
        change.targetRetirementIncomeUSD = Decimal("80000.55")
        change.assetClassTargets = .entirely(.equity)
        change.birthYear = .set(1980)
        change.yearlyContributionUSD = .set(12000)
        let changed = try await database.users.update(owner, change)
        #expect(changed.displayName == "Ada")
        #expect(changed.yearsUntilRetirement == 31)
        #expect(changed.targetRetirementIncomeUSD == Decimal("80000.55"))
        #expect(changed.assetClassTargets == .entirely(.equity))
        #expect(changed.regionTargets[.international] == 50)
        #expect(changed.birthYear == 1980)
        #expect(changed.updatedAt > changed.createdAt)
        var clearing = UserChange()
        clearing.birthYear = .set(nil)
        let cleared = try await database.users.update(owner, clearing)
        #expect(cleared.birthYear == nil)
        #expect(cleared.yearlyContributionUSD == 12000)
    }

    @Test func `who is deleted is gone with all they had, and nobody else is`() async throws {
        let database = try await TestDatabase.seeded()
        let job = try await database.demoJob()
        let other = try await database.investor("user_b")
        let account = try await database.portfolios.createAccount(NewAccount(name: "Savings"), for: other)
        #expect(try await database.users.delete(["user_a", "nobody", "o'hara"]) == 1)
        #expect(try await database.users.user("user_a") == nil)
        await #expect(throws: StoreFailure.notFound(.analysis)) {
            try await database.jobs.job(job, for: "user_a")
        }
        #expect(try await database.portfolios.accounts(of: other).map(\.id) == [account.id])
        #expect(try await database.users.delete([]) == 0)
    }

    @Test func `values out of bounds are refused`() async throws {
        let database = try await TestDatabase.migrated()
        let owner = try await database.investor()
        var changes = Array(repeating: UserChange(), count: 6)
        changes[0].displayName = String(repeating: "a", count: 10_000)
        changes[1].displayName = ""
        changes[2].yearsUntilRetirement = 101
        changes[3].targetRetirementIncomeUSD = -1
        changes[4].birthYear = .set(1)
        changes[5].targetRetirementIncomeUSD = Decimal("10000000000")
        for change in changes {
            let failure = try await #require(throws: StoreFailure.self) {
                try await database.users.update(owner, change)
            }
            guard case .invalid = failure else {
                Issue.record("\(failure.debugDescription)")
                continue
            }
        }
        #expect(try await database.users.user(owner)?.displayName == "Ada")
    }

    @Test(arguments: ["O'Hara; DROP TABLE users", ":p1 $1 %s ?", "名前 \u{1F4B0}", "{\"a\":1}", "\\'\"\n"])
    func `any name is stored as it is`(name: String) async throws {
        let database = try await TestDatabase.migrated()
        #expect(try await database.users.ensure("user_a", displayName: name).investor.displayName == name)
        #expect(try await database.users.user("user_a")?.displayName == name)
    }
}
