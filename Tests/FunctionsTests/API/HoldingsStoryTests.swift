import Fakes
import TestDatabases
import Testing
import Wire

extension OverDatabase {
    /// Files of holdings, in and out, over a real database.
    @Suite struct HoldingsStoryTests {
        private func newcomer() async throws -> APIUnderTest {
            let api = try APIUnderTest(try await TestDatabase.seeded())
            #expect(try await api.send("GET", "/api/user").status == 200)
            return api
        }

        private func take(_ api: APIUnderTest, _ rows: JSONValue, _ more: [String: JSONValue] = [:])
            async throws -> APIUnderTest.Reply
        {
            var body = more
            body["rows"] = rows
            return try await api.send("POST", "/api/import-positions", body: .object(body))
        }

        /// The lines of an exported file as the web app would send them: no field of these holds a comma.
        private func rows(_ file: String) -> JSONValue {
            let lines = file.split(separator: "\r\n").map {
                $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            }
            return .array(
                lines.dropFirst().map { fields in
                    .object(
                        Dictionary(uniqueKeysWithValues: zip(lines[0], fields.map { .string($0) })))
                })
        }

        @Test func `rows are taken or refused one by one, with a sentence`() async throws {
            let api = try await newcomer()
            let reply = try await take(
                api,
                [
                    ["account": "Roth IRA", "symbol": "spy", "quantity": "1,234.50"],
                    ["account": "Roth IRA", "symbol": "SPY", "quantity": "2"],
                    ["account": "Roth IRA", "symbol": "BND", "quantity": "-2"],
                    ["account": "Roth IRA", "cash": "$12.50", "purpose": "Later", "symbol": nil],
                    ["symbol": "SPY", "quantity": "1"],
                ])
            #expect(reply.status == 200)
            #expect(reply["dry_run"] == false)
            #expect(reply["accounts_created"] == ["Roth IRA"])
            #expect(
                reply["counts"] == ["added": 2, "updated": 0, "already_there": 0, "refused": 3])
            let lines = reply["rows"]?.array ?? []
            #expect(
                lines[0] == [
                    "row": 1, "outcome": "added", "account": "Roth IRA", "symbol": "SPY", "message": nil,
                ])
            #expect(lines[1]["message"] == "SPY is already in Roth IRA, in row 1")
            #expect(lines[2]["outcome"] == "refused" && lines[2]["symbol"] == "BND")
            #expect(lines[3]["symbol"] == .some(.null))
            #expect(lines[4]["account"] == .some(.null) && lines[4]["message"] == "there is no account")
            let account = try #require(try await api.send("GET", "/api/accounts").body.array?.first)
            #expect(account["cash_balance"] == "12.5" && account["account_purpose"] == "Later")
        }

        @Test func `a dry run changes nothing, and rows without an account go where they are told`()
            async throws
        {
            let api = try await newcomer()
            let account = try await api.send("POST", "/api/accounts", body: ["account_name": "Mine"])
            let id = try #require(account["id"])
            let rows: JSONValue = [["symbol": "SPY", "quantity": "1"]]
            let dry = try await take(api, rows, ["account_id": id, "dry_run": true])
            #expect(dry["dry_run"] == true)
            #expect(dry["rows"]?.array?.first?["outcome"] == "added")
            #expect(try await api.send("GET", "/api/portfolio")["positions_count"] == 0)
            let real = try await take(api, rows, ["account_id": id])
            #expect(real["rows"] == dry["rows"])
            #expect(try await api.send("GET", "/api/portfolio")["positions_count"] == 1)
        }

        @Test func `the exported file is all there already when it is imported again`() async throws {
            let api = try await newcomer()
            _ = try await api.send("POST", "/api/populate-test-data")
            _ = try await take(
                api,
                [
                    ["account": "'=1+1", "symbol": "OWN", "quantity": "0.00000001", "price": "7.25"],
                    ["account": "'=1+1", "cash": "5", "purpose": "-x"],
                    ["account": "Brokerage Account", "cash": "10000", "purpose": "Single shares"],
                ])
            let file = try await api.send("GET", "/api/holdings.csv")
            #expect(file.status == 200)
            #expect(file.headers["content-type"] == "text/csv; charset=utf-8")
            #expect(file.headers["content-disposition"] == "attachment; filename=alex-holdings.csv")
            #expect(file.text.hasPrefix("account,symbol,quantity,cash,price,purpose\r\n"))
            #expect(file.text.contains("'=1+1,OWN,0.00000001,,7.25,\r\n"))
            let before = try await api.send("GET", "/api/portfolio")
            let again = try await take(api, rows(file.text))
            #expect(
                again["counts"] == ["added": 0, "updated": 0, "already_there": 22, "refused": 0],
                "\(again.text)")
            #expect(try await api.send("GET", "/api/portfolio").body == before.body)
        }

        @Test func `a household that is new here has an empty file, and one with two names alike has none`()
            async throws
        {
            let api = try APIUnderTest(try await TestDatabase.seeded())
            let empty = try await api.send("GET", "/api/holdings.csv")
            #expect(empty.status == 200)
            #expect(empty.text == "account,symbol,quantity,cash,price,purpose\r\n")
            _ = try await api.send("GET", "/api/user")
            for _ in 1...2 { _ = try await api.send("POST", "/api/accounts", body: ["account_name": "A"]) }
            let reply = try await api.send("GET", "/api/holdings.csv")
            #expect(reply.status == 409)
            #expect(reply["detail"]?.string?.contains("two accounts are called `A`") == true)
        }

        @Test func `more than a household may have is refused as a whole`() async throws {
            let api = try await newcomer()
            let rows = (0...50).map { ["account": .string("A\($0)"), "cash": "1"] as JSONValue }
            for isDryRun in [true, false] {
                let reply = try await take(api, .array(rows), ["dry_run": .bool(isDryRun)])
                #expect(reply.status == 409)
                #expect(reply["detail"] == "a household has at most 50 accounts")
            }
            #expect(try await api.send("GET", "/api/accounts").body == [])
        }

        @Test func `instruments are found by symbol and by name`() async throws {
            let api = try await newcomer()
            let found = try await api.send("GET", "/api/instruments", query: "search=vanguard+real&limit=5")
            #expect(found.body.array?.compactMap { $0["symbol"]?.string } == ["VNQ"])
            let first = try await api.send("GET", "/api/instruments", query: "search=v&limit=2")
            #expect(first.body.array?.compactMap { $0["symbol"]?.string } == ["VEA", "VIG"])
            let all = try await api.send("GET", "/api/instruments", query: "search=")
            #expect(all.body.array?.count == 22)
        }
    }
}
