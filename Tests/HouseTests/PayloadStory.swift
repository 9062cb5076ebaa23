import LocalCloud
import Quantities
import Testing
import Wire

extension SharedHouse {
    @Suite struct PayloadStory {
        static let chartTypes = ["pie", "donut", "bar", "horizontalBar", "line"]

        @Test func `every payload has the shape that web app and tools know`() async throws {
            let house = try SharedHouse.house
            let visitor = try await house.demoHousehold()
            let job = try await house.analysis(of: visitor).job

            for (payload, words, agent) in [
                ("report_payload", "content", "reporter"), ("retirement_payload", "analysis", "retirement"),
            ] {
                let document = try #require(job[payload])
                #expect((document[words]?.string ?? "").count > 200, "\(payload)")
                #expect(document["agent"]?.string == agent)
                #expect(document["generated_at"]?.string.flatMap { Timestamp($0) } != nil)
            }
            let charts = try #require(job["charts_payload"]?.object)
            #expect(charts.count >= 4)
            for (key, chart) in charts {
                #expect(chart["title"]?.string?.isEmpty == false, "\(key)")
                #expect(chart["description"]?.string != nil, "\(key)")
                #expect(Self.chartTypes.contains(chart["type"]?.string ?? ""), "\(key)")
                let data = chart["data"]?.array ?? []
                #expect(!data.isEmpty, "\(key)")
                for point in data {
                    #expect(point["name"]?.string?.isEmpty == false, "\(key)")
                    #expect(point["value"]?.decimal != nil, "\(key)")
                    let color = point["color"]?.string ?? ""
                    #expect(color.hasPrefix("#") && color.count == 7, "\(key)")
                }
            }
        }

        @Test func `the parts of a whole sum to the value of the household`() async throws {
            let house = try SharedHouse.house
            let visitor = try await house.demoHousehold()
            let charts = try #require(try await house.analysis(of: visitor).job["charts_payload"]?.object)
            let total = try await Self.value(of: visitor)

            for key in ["asset_classes", "accounts"] {
                let parts = charts[key]?["data"]?.array ?? []
                let sum = parts.compactMap { $0["value"]?.decimal }.reduce(0, +)
                #expect(sum == total, "\(key)")
            }
        }

        /// From accounts and positions as the web API shows them, in dollars and cents.
        static func value(of visitor: Visitor) async throws -> Decimal {
            var total: Decimal = 0
            for account in try await visitor.get("/api/accounts").array ?? [] {
                total += try #require(account["cash_balance"]?.string.flatMap { Decimal($0) })
                let id = try #require(account["id"]?.string)
                let held = try await visitor.get("/api/accounts/\(id)/positions")["positions"]?.array ?? []
                for position in held {
                    let quantity = try #require(position["quantity"]?.string.flatMap { Decimal($0) })
                    let price = try #require(position["current_price"]?.string.flatMap { Decimal($0) })
                    total += quantity * price
                }
            }
            return total
        }
    }
}
