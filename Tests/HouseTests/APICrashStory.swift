import DataAPIClient
import LocalCloud
import Testing

@Suite(.timeLimit(.minutes(5))) struct APICrashStory {
    @Test func `the web API is killed while it writes, and nothing is half written`() async throws {
        try await House.open(try House.plan()) { house in
            let visitor = try house.newcomer()
            _ = try await visitor.get("/api/user")

            // Somebody holds the table, so that the API is in the middle of its transaction.
            let answer = try await house.database.transaction { lock in
                try await house.database.execute("LOCK TABLE positions IN EXCLUSIVE MODE", in: lock)
                let position = house.log.past.count
                async let answer = visitor.send(.post, "/api/populate-test-data")
                _ = try await house.log.first(from: position, "the API's invocation") { event in
                    event.startedFunction == "alex-api" ? true : nil
                }
                await house.kill("alex-api")
                return try await answer
            }
            #expect((500..<600).contains(answer.status), "\(answer.status)")

            // The statement was on its way or was not; there is nothing in between.
            let before = try await visitor.get("/api/accounts").array ?? []
            #expect(before.isEmpty || before.count == 3)
            _ = try await visitor.post("/api/populate-test-data")
            let accounts = try await visitor.get("/api/accounts").array ?? []
            #expect(accounts.count == 3)
            #expect(before.isEmpty || before == accounts)
            var positions = 0
            for account in accounts {
                let id = try #require(account["id"]?.string)
                positions +=
                    try await visitor.get("/api/accounts/\(id)/positions")["positions"]?.array?.count ?? 0
            }
            #expect(positions == 17)
        }
    }
}
