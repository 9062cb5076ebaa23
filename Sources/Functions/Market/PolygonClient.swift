import Finance
import Quantities
import Wire

/// Market prices from Polygon.
///
/// The free plan answers with the previous close of every US stock in one grouped call; the paid plan with
/// snapshots of the symbols asked for. What Polygon does not know is left out: a symbol without an answer
/// keeps its last known price.
package struct PolygonClient: Sendable {
    package enum Plan: String, Sendable {
        case free
        case paid
    }

    static let timeout = Duration.seconds(10)
    static let attempts = 3
    static let symbolsOfSnapshot = 250
    /// What the column of prices holds.
    static let highestUSD: Decimal = 99_999_999
    /// Of the years 1970 to 9999: a time beyond them is no time.
    static let milliseconds = 1..<253_402_300_800_000
    static let defaultAddress = "https://api.polygon.io"

    let address: HTTPURL
    let key: MarketKey
    let plan: Plan
    let transport: any HTTPTransport
    let pause: @Sendable (Duration) async throws -> Void

    package init(
        address: HTTPURL, key: MarketKey, plan: Plan, transport: any HTTPTransport,
        pause: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.address = address
        self.key = key
        self.plan = plan
        self.transport = transport
        self.pause = pause
    }

    /// - Returns: A price with its time for each symbol that Polygon knows.
    /// - Throws: ``MarketFailure`` after ``attempts`` tries.
    package func prices(of symbols: [Symbol]) async throws -> [Symbol: Price] {
        guard !symbols.isEmpty else { return [:] }
        let key = try await key.text()
        switch plan {
        case .free: return try await previousCloses(of: Set(symbols), key: key)
        case .paid: return try await snapshots(of: symbols, key: key)
        }
    }

    private func previousCloses(of symbols: Set<Symbol>, key: String) async throws -> [Symbol: Price] {
        // The previous close of a fund that trades every day tells which day was the last trading day.
        let lastDay = try await get("/v2/aggs/ticker/SPY/prev", query: [("adjusted", "true")], key: key)
        guard let milliseconds = lastDay["results"]?.array?.first?["t"]?.int,
            Self.milliseconds.contains(milliseconds)
        else {
            throw MarketFailure.malformedAnswer
        }
        let day = Timestamp(millisecondsSinceEpoch: Int64(milliseconds)).date
        let grouped = try await get(
            "/v2/aggs/grouped/locale/us/market/stocks/\(day)",
            query: [("adjusted", "true"), ("include_otc", "false")], key: key)
        var prices: [Symbol: Price] = [:]
        for bar in grouped["results"]?.array ?? [] {
            guard let symbol = bar["T"]?.string.flatMap({ Symbol($0) }), symbols.contains(symbol) else {
                continue
            }
            prices[symbol] = price(bar["c"], milliseconds: bar["t"]?.int ?? milliseconds)
        }
        return prices
    }

    private func snapshots(of symbols: [Symbol], key: String) async throws -> [Symbol: Price] {
        var prices: [Symbol: Price] = [:]
        var rest = symbols[...]
        while !rest.isEmpty {
            let batch = rest.prefix(Self.symbolsOfSnapshot)
            rest = rest.dropFirst(batch.count)
            let answer = try await get(
                "/v2/snapshot/locale/us/markets/stocks/tickers",
                query: [("tickers", batch.map(\.description).joined(separator: ","))], key: key)
            for ticker in answer["tickers"]?.array ?? [] {
                guard let symbol = ticker["ticker"]?.string.flatMap({ Symbol($0) }) else { continue }
                let milliseconds = (ticker["updated"]?.int ?? 0) / 1_000_000
                let close = [ticker["min"], ticker["prevDay"]].compactMap { $0?["c"] }.first {
                    ($0.decimal ?? 0) > 0
                }
                prices[symbol] = price(close, milliseconds: milliseconds)
            }
        }
        return prices
    }

    private func price(_ close: JSONValue?, milliseconds: Int) -> Price? {
        guard let usd = close?.decimal, usd <= Self.highestUSD, Self.milliseconds.contains(milliseconds)
        else {
            return nil
        }
        return Price(
            usd: usd.rounded(fractionDigits: 4), asOf: Timestamp(millisecondsSinceEpoch: Int64(milliseconds)),
            source: .polygon)
    }

    private static func document(_ body: [UInt8]) throws(MarketFailure) -> JSONValue {
        do {
            return try JSONValue(reading: body)
        } catch {
            throw .malformedAnswer
        }
    }

    private func get(_ path: String, query: [(String, String)], key: String) async throws -> JSONValue {
        var url = address.appending(path: path)
        url.query = query.map { "\($0)=\(PercentEncoding.encode($1, keeping: ","))" }.joined(separator: "&")
        let request = HTTPRequest(.get, url, headers: ["Authorization": "Bearer \(key)"])
        for attempt in 1...Self.attempts {
            do {
                let response = try await transport.send(request, timeout: Self.timeout)
                if response.status == 200 { return try Self.document(response.body) }
                let failure = MarketFailure.refused(status: response.status)
                guard failure.isRetryable, attempt < Self.attempts else { throw failure }
            } catch let failure as TransportFailure {
                guard failure != .cancelled, attempt < Self.attempts else { throw failure }
            }
            try await pause(.seconds(1 << (attempt - 1)))
        }
        throw MarketFailure.malformedAnswer
    }
}

package enum MarketFailure: Error, Equatable, CustomStringConvertible {
    case noKey
    case refused(status: Int)
    case malformedAnswer

    package var isRetryable: Bool {
        switch self {
        case .refused(let status): status == 429 || status >= 500
        case .malformedAnswer, .noKey: false
        }
    }

    package var description: String {
        switch self {
        case .noKey: "the secret of the market data service holds no POLYGON_API_KEY"
        case .refused(401), .refused(403): "the market data service refused the key"
        case .refused(let status): "the market data service answered with status \(status)"
        case .malformedAnswer: "the market data service sent an answer that could not be read"
        }
    }
}
