import Fakes
import Quantities
import TestDatabases
import Testing
import Wire

extension OverDatabase {
    /// The household's holdings as a whole, over a real database.
    @Suite struct PortfolioStoryTests {
        private func demo() async throws -> APIUnderTest {
            let api = try APIUnderTest(try await TestDatabase.seeded())
            #expect(try await api.send("GET", "/api/user").status == 200)
            #expect(try await api.send("POST", "/api/populate-test-data").status == 200)
            return api
        }

        private func sum(_ values: [JSONValue], _ name: String) -> Decimal {
            values.compactMap { $0[name]?.string.flatMap { Decimal($0) } }.reduce(0, +)
        }

        @Test func `the demo household is valued to the cent in one call`() async throws {
            let database = try await TestDatabase.seeded()
            let api = try APIUnderTest(database)
            _ = try await api.send("GET", "/api/user")
            _ = try await api.send("POST", "/api/populate-test-data")
            let calls = database.transport.count
            let portfolio = try await api.send("GET", "/api/portfolio")
            #expect(database.transport.count == calls + 1)
            #expect(portfolio.status == 200)
            #expect(portfolio["total"] == "248246.8")
            #expect(portfolio["cash"] == "17500")
            #expect(portfolio["invested"] == "230746.8")
            #expect(portfolio["holdings_count"] == 16)
            #expect(portfolio["positions_count"] == 17)
            #expect(portfolio["unpriced"] == [])
            #expect(portfolio["unclassified"] == [])
            #expect(portfolio["oldest_price_as_of"]?.string?.hasPrefix("2023-12-29") == true)
            let accounts = portfolio["accounts"]?.array ?? []
            #expect(accounts.map { $0["positions_count"]?.int } == [5, 6, 6])
            #expect(sum(accounts, "total") == Decimal("248246.80"))
            #expect(sum(accounts, "positions_value") == Decimal("230746.80"))
            let percent = accounts.compactMap { $0["percent"]?.double }.reduce(0, +)
            #expect(abs(percent - 100) < 1e-9)
            #expect(accounts.allSatisfy { $0["created_at"]?.string != nil && $0["unpriced"] == [] })
        }

        @Test func `allocations come most valuable first and sum to the whole, targets stand beside them`()
            async throws
        {
            let portfolio = try await demo().send("GET", "/api/portfolio")
            let classes = try #require(portfolio["allocations"]?["asset_class"])
            let parts = classes["parts"]?.array ?? []
            #expect(parts.first?["category"] == "equity")
            #expect(parts.first?["title"] == "Equity")
            #expect(sum(parts, "value") == Decimal("248246.80"))
            let values = parts.compactMap { $0["value"]?.string.flatMap { Decimal($0) } }
            #expect(values == values.sorted().reversed())
            #expect(classes["unclassified"] == "0")
            let sectors = portfolio["allocations"]?["sector"]?["parts"]?.array ?? []
            #expect(sum(sectors, "value") == Decimal("230746.80"))
            let targets = portfolio["targets"]?["asset_class"]?.array ?? []
            let equity = try #require(targets.first { $0["category"] == "equity" })
            let now = try #require(equity["now_percent"]?.double)
            #expect(equity["target_percent"] == 70)
            #expect(equity["difference_points"]?.double == now - 70)
            let regions = portfolio["targets"]?["region"]?.array ?? []
            #expect(Set(regions.compactMap { $0["category"]?.string }) == ["north_america", "international"])
        }

        @Test(arguments: [true, false]) func `a household without anything has an empty portfolio`(
            isKnown: Bool
        ) async throws {
            let api = try APIUnderTest(try await TestDatabase.migrated())
            if isKnown { _ = try await api.send("GET", "/api/user") }
            let portfolio = try await api.send("GET", "/api/portfolio")
            #expect(portfolio.status == 200)
            #expect(portfolio["total"] == "0")
            #expect(portfolio["accounts"] == [])
            #expect(portfolio["targets"] == ["asset_class": [], "region": []])
            #expect(portfolio["oldest_price_as_of"] == .some(.null))
            let nothing: JSONValue = ["parts": [], "unclassified": "0"]
            #expect(
                portfolio["allocations"] == ["asset_class": nothing, "region": nothing, "sector": nothing])
        }

        @Test func `what has no price or no class is named, and an account without value has no weight`()
            async throws
        {
            let api = try APIUnderTest(try await TestDatabase.seeded())
            _ = try await api.send("GET", "/api/user")
            let account = try await api.send("POST", "/api/accounts", body: ["account_name": "A"])
            let id = try #require(account["id"]?.string)
            _ = try await api.send(
                "POST", "/api/positions",
                body: ["account_id": .string(id), "symbol": "QQZZY", "quantity": 3])
            let portfolio = try await api.send("GET", "/api/portfolio")
            #expect(portfolio["unpriced"] == ["QQZZY"])
            #expect(portfolio["unclassified"] == ["QQZZY"])
            #expect(portfolio["accounts"]?.array?.first?["unpriced"] == ["QQZZY"])
            #expect(portfolio["accounts"]?.array?.first?["percent"] == .some(.null))
            let shown = try await api.send("GET", "/api/accounts/\(id)")
            let position = try #require(shown["positions"]?.array?.first)
            for name in ["price", "price_as_of", "price_source", "value", "percent", "instrument_type"] {
                #expect(position[name] == .some(.null), "\(name)")
            }
            #expect(position["is_classified"] == false)
        }

        @Test func `an account is shown with its positions, valued, in one call`() async throws {
            let database = try await TestDatabase.seeded()
            let api = try APIUnderTest(database)
            _ = try await api.send("GET", "/api/user")
            let populated = try await api.send("POST", "/api/populate-test-data")
            let roth = try #require(
                populated["accounts"]?.array?.first { $0["account_name"] == "Roth IRA" })
            let id = try #require(roth["id"]?.string)
            let calls = database.transport.count
            let account = try await api.send("GET", "/api/accounts/\(id)")
            #expect(database.transport.count == calls + 1)
            #expect(account["account_name"] == "Roth IRA")
            #expect(account["cash_balance"] == "2500")
            #expect(account["unpriced"] == [])
            #expect(account["created_at"] == roth["created_at"])
            let positions = account["positions"]?.array ?? []
            #expect(
                positions.compactMap { $0["symbol"]?.string } == ["GLD", "TLT", "VIG", "VNQ", "VTI", "VXUS"])
            let gold = try #require(positions.first)
            #expect(gold["name"] == "SPDR Gold Shares")
            #expect(gold["quantity"] == "25")
            #expect(gold["price"] == "195.7")
            #expect(gold["value"] == "4892.5")
            #expect(gold["price_source"] == "seed")
            #expect(gold["is_classified"] == true)
            let total = try #require(account["total"]?.string.flatMap { Decimal($0) })
            #expect(sum(positions, "value") + 2500 == total)
            #expect(account["positions_value"]?.string.flatMap { Decimal($0) } == total - 2500)
            let percent = positions.compactMap { $0["percent"]?.double }.reduce(0, +)
            #expect(abs(percent - (100 - 2500 / total.approximate * 100)) < 1e-9)
        }

        @Test func `the latest analysis is none at first`() async throws {
            let api = try await demo()
            #expect(try await api.send("POST", "/api/analyze").status == 202)
            let latest = try await api.send("GET", "/api/jobs/latest")
            #expect(latest.status == 200)
            #expect(latest.body == .null)
            #expect(latest.text == "null")
        }

        @Test func `the latest analysis comes with its results and names the one before it`() async throws {
            let database = try await TestDatabase.seeded()
            let api = try APIUnderTest(database)
            _ = try await api.send("GET", "/api/user")
            try await database.client.execute(
                """
                INSERT INTO jobs (clerk_user_id, job_type, status, completed_at, summary_payload, created_at)
                SELECT 'user_a', 'portfolio_analysis', 'completed', now(), jsonb_build_object('n', n),
                    now() - make_interval(mins => n) FROM generate_series(1, 2) AS n
                """)
            let latest = try await api.send("GET", "/api/jobs/latest")
            #expect(latest.status == 200)
            #expect(latest["summary_payload"] == ["n": 1])
            let id = try #require(latest["id"]?.string)
            #expect(try await api.send("GET", "/api/jobs/\(id)").body == latest.body)
            let previous = try #require(latest["previous"]?["id"]?.string)
            #expect(latest["previous"]?["completed_at"]?.string != nil)
            let first = try await api.send("GET", "/api/jobs/\(previous)")
            #expect(first["summary_payload"] == ["n": 2])
            #expect(first["previous"] == .some(.null))
        }
    }
}
