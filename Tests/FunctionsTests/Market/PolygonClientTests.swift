import AWSClient
import Fakes
import Finance
import Functions
import Quantities
import SigV4
import Testing
import Wire

@Suite struct PolygonClientTests {
    let time = ManualTime()
    static let close = 1_795_122_000_000  // 19 November 2026, 21:00 UTC

    private func client(_ plan: PolygonClient.Plan, _ transport: ScriptedTransport) throws -> PolygonClient {
        PolygonClient(
            address: try #require(HTTPURL("https://polygon.example")), key: .text("key"), plan: plan,
            transport: transport, pause: { [time] in time.sleep($0) })
    }

    private func symbols(_ names: [String]) throws -> [Symbol] { try names.map { try Household.symbol($0) } }

    private let lastDay = ScriptedTransport.Answer.json(["results": [["t": .number(close)]]])

    @Test func `the free plan takes two calls, whatever the number of symbols`() async throws {
        let transport = ScriptedTransport(
            lastDay,
            .json([
                "results": [
                    ["T": "SPY", "c": 601.23456, "t": .number(Self.close)],
                    ["T": "BRK.B", "c": 480, "t": .number(Self.close)],
                    ["T": "NOTASKED", "c": 1, "t": .number(Self.close)],
                ]
            ]))
        let names = (0..<600).map { "S\($0)" } + ["SPY", "BRK.B"]
        let prices = try await client(.free, transport).prices(of: symbols(names))
        #expect(
            transport.paths == [
                "/v2/aggs/ticker/SPY/prev", "/v2/aggs/grouped/locale/us/market/stocks/2026-11-19",
            ])
        #expect(transport.requests.allSatisfy { $0.headers["authorization"] == "Bearer key" })
        #expect(prices.count == 2)
        let price = try #require(prices[try Household.symbol("SPY")])
        #expect(price.usd == Decimal("601.2346"))
        #expect(price.source == .polygon)
        #expect(price.asOf == Timestamp(millisecondsSinceEpoch: Int64(Self.close)))
    }

    @Test func `the paid plan asks for batches of 250`() async throws {
        let updated = Self.close * 1_000_000
        func ticker(_ name: String, _ more: [String: JSONValue]) -> JSONValue {
            .object(["ticker": .string(name), "updated": .number(updated)].merging(more) { $1 })
        }
        let transport = ScriptedTransport(
            .json(["tickers": [ticker("S0", ["min": ["c": 10], "prevDay": ["c": 9]])]]),
            .json(["tickers": [ticker("S250", ["min": ["c": 0], "prevDay": ["c": 8.5]])]]),
            .json(["tickers": []]))
        let prices = try await client(.paid, transport).prices(of: symbols((0..<501).map { "S\($0)" }))
        let counts = transport.requests.map { $0.url.query?.split(separator: ",").count }
        #expect(counts == [250, 250, 1])
        #expect(prices[try Household.symbol("S0")]?.usd == 10)
        #expect(prices[try Household.symbol("S250")]?.usd == Decimal("8.5"))
        #expect(prices.count == 2)
    }

    @Test func `no symbols, no call`() async throws {
        #expect(try await client(.free, ScriptedTransport()).prices(of: []).isEmpty)
    }

    @Test(arguments: [429, 500, 503]) func `a passing refusal is tried again after a pause`(status: Int)
        async throws
    {
        let transport = ScriptedTransport(
            .text("", status: status), lastDay,
            .failure(.timedOut(host: "polygon.example", after: .seconds(10))),
            .text("", status: status), .json(["results": []]))
        #expect(try await client(.free, transport).prices(of: symbols(["SPY"])).isEmpty)
        #expect(time.sleeps == [.seconds(1), .seconds(1), .seconds(2)])
    }

    @Test func `after three refusals it gives up`() async throws {
        let transport = ScriptedTransport(Array(repeating: .text("", status: 429), count: 3))
        await #expect(throws: MarketFailure.refused(status: 429)) {
            try await client(.free, transport).prices(of: symbols(["SPY"]))
        }
        #expect(transport.requests.count == 3)
    }

    @Test(arguments: [401, 403, 404]) func `a refusal for good is not tried again`(status: Int) async throws {
        let transport = ScriptedTransport(.text("", status: status))
        await #expect(throws: MarketFailure.refused(status: status)) {
            try await client(.paid, transport).prices(of: symbols(["SPY"]))
        }
    }

    @Test func `a cancelled call is not tried again`() async throws {
        await #expect(throws: TransportFailure.cancelled) {
            try await client(.paid, ScriptedTransport(.failure(.cancelled))).prices(of: symbols(["SPY"]))
        }
    }

    @Test(arguments: [
        "<html>", "{}", "[]", #"{"results":[]}"#, #"{"results":[{"t":"x"}]}"#, #"{"results":[{"t":-1}]}"#,
        #"{"results":[{"t":9223372036854775807}]}"#, #"{"results":[{"t":1e300}]}"#,
    ]) func `an answer without a day is malformed`(text: String) async throws {
        await #expect(throws: MarketFailure.malformedAnswer) {
            try await client(.free, ScriptedTransport(.text(text))).prices(of: symbols(["SPY"]))
        }
    }

    @Test(arguments: [
        #"{"T":"SPY","c":0}"#, #"{"T":"SPY","c":-5}"#, #"{"T":"SPY","c":null}"#, #"{"T":"SPY"}"#,
        #"{"T":"SPY","c":"601"}"#, #"{"T":"SPY","c":1e300}"#, #"{"T":"SPY","c":0.00001}"#,
        #"{"T":"SPY","c":5,"t":9223372036854775807}"#, #"{"T":7,"c":5}"#, "null", "7",
        #"{"T":"SPY","c":123456789.5}"#,
    ]) func `a bar without a usable price leaves the symbol out`(bar: String) async throws {
        let transport = ScriptedTransport(lastDay, .text("{\"results\":[\(bar)]}"))
        #expect(try await client(.free, transport).prices(of: symbols(["SPY"])).isEmpty)
    }

    @Test func `the key may lie in a secret, and is read for each question`() async throws {
        let aws = ScriptedTransport(
            .json(["SecretString": "{\"POLYGON_API_KEY\":\"first\"}"]),
            .json(["SecretString": "{\"POLYGON_API_KEY\":\"second\"}"]))
        let polygon = ScriptedTransport(.json(["tickers": []]), .json(["tickers": []]))
        let client = PolygonClient(
            address: try #require(HTTPURL("https://polygon.example")), key: key(in: aws), plan: .paid,
            transport: polygon)
        for _ in 0..<2 { _ = try await client.prices(of: symbols(["SPY"])) }
        #expect(polygon.requests.map { $0.headers["authorization"] } == ["Bearer first", "Bearer second"])
        #expect(try aws.bodies().first?["SecretId"]?.string == "arn:secret")
    }

    @Test func `a secret without a key asks nobody`() async throws {
        let polygon = ScriptedTransport()
        let client = PolygonClient(
            address: try #require(HTTPURL("https://polygon.example")),
            key: key(in: ScriptedTransport(.json(["SecretString": "{}"]))), plan: .free, transport: polygon)
        await #expect(throws: MarketFailure.noKey) { try await client.prices(of: symbols(["SPY"])) }
    }

    private func key(in aws: ScriptedTransport) -> MarketKey {
        .secret(
            arn: "arn:secret",
            SecretsClient(
                AWSConfiguration(
                    region: "us-east-1", credentials: Credentials(accessKeyID: "k", secretAccessKey: "s"),
                    transport: aws)))
    }
}
