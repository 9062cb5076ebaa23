import LocalCloud
import Quantities
import Testing
import Wire

extension SharedHouse {
    @Suite struct ForeignHouseholdStory {
        @Test func `nobody reads or changes what belongs to another household`() async throws {
            let house = try SharedHouse.house
            let ada = try await house.demoHousehold()
            let ben = try await house.demoHousehold()
            let accounts = try await ada.get("/api/accounts")
            let account = try #require(accounts.array?.first?["id"]?.string)
            let positions = try await ada.get("/api/accounts/\(account)/positions")
            let position = try #require(positions["positions"]?.array?.first?["id"]?.string)
            let job = try await house.analysis(of: ada)

            let attempts: [(HTTPMethod, String, JSONValue?)] = [
                (.put, "/api/accounts/\(account)", ["account_name": "Mine now"]),
                (.delete, "/api/accounts/\(account)", nil),
                (.get, "/api/accounts/\(account)", nil),
                (.get, "/api/accounts/\(account)/positions", nil),
                (
                    .post, "/api/import-positions",
                    ["account_id": .string(account), "rows": [["symbol": "SPY", "quantity": "1"]]]
                ),
                (
                    .post, "/api/positions",
                    ["account_id": .string(account), "symbol": "SPY", "quantity": "1"]
                ),
                (.put, "/api/positions/\(position)", ["quantity": "1"]),
                (.delete, "/api/positions/\(position)", nil),
                (.get, "/api/jobs/\(job.id)", nil),
                (.get, "/api/jobs/\(job.id)/events", nil),
            ]
            for (method, path, body) in attempts {
                let answer = try await ben.send(method, path, body)
                #expect(answer.status == 403, "\(method.rawValue) \(path): \(answer.body.text)")
                #expect(answer.body["code"] == "forbidden")
            }
            #expect(try await ben.get("/api/jobs/latest") == .null)
            let named = try await ben.post(
                "/api/import-positions",
                ["rows": [["account": "Roth IRA", "symbol": "VTI", "quantity": "1"]]])
            #expect(named["counts"]?["updated"] == 1)
            let reset = try await ben.send(.delete, "/api/reset-accounts")
            #expect(reset.status == 200)
            #expect(try await ben.get("/api/jobs") == ["jobs": []])
            #expect(try await ben.get("/api/portfolio")["accounts"] == [])
            #expect(try await ada.get("/api/accounts") == accounts)
            #expect(try await ada.get("/api/accounts/\(account)/positions") == positions)
        }

        @Test func `what does not exist is not found`() async throws {
            let visitor = try await SharedHouse.house.demoHousehold()
            let id = "00000000-0000-4000-8000-000000000000"
            for path in [
                "/api/jobs/\(id)", "/api/jobs/\(id)/events", "/api/accounts/\(id)/positions",
                "/api/accounts/\(id)", "/api/no",
            ] {
                #expect(try await visitor.send(.get, path).status == 404, "\(path)")
            }
            #expect(try await visitor.send(.delete, "/api/positions/\(id)").status == 404)
        }
    }
}
