import DataAPIClient
import Finance
import Quantities
import Store
import TestDatabases
import Testing

@Suite struct InstrumentStoreTests {
    private let classification: Classification

    init() {
        classification = Classification(
            assetClasses: .entirely(.equity), regions: .entirely(.europe), sectors: .entirely(.energy))
    }

    private func price(_ usd: Decimal, day: Int64, _ source: PriceSource) throws -> Price {
        try #require(
            Price(usd: usd, asOf: Timestamp(secondsSinceEpoch: 1_800_000_000 + day * 86_400), source: source))
    }

    @Test func `pages follow each other by symbol`() async throws {
        let database = try await TestDatabase.seeded()
        var symbols: [Symbol] = []
        while true {
            let page = try await database.instruments.instruments(after: symbols.last, limit: 5)
            symbols += page.map(\.symbol)
            if page.count < 5 { break }
        }
        #expect(symbols.count == 22)
        #expect(symbols == symbols.sorted())
    }

    @Test(arguments: [
        ("spy", ["SPY"]), ("gold", ["GLD"]), ("REAL estate", ["VNQ"]), ("20+", ["TLT"]), ("%", []),
        ("A'--", []),
    ]) func `a search finds what begins with it, and what contains it in its name`(
        text: String, expected: [String]
    ) async throws {
        let database = try await TestDatabase.seeded()
        let found = try await database.instruments.instruments(matching: text).map(\.symbol.description)
        #expect(found == expected)
    }

    @Test func `symbols come before names, and no more than asked for`() async throws {
        let database = try await TestDatabase.seeded()
        let found = try await database.instruments.instruments(matching: "v").map(\.symbol.description)
        #expect(found.prefix(6) == ["VEA", "VIG", "VNQ", "VTV", "VUG", "VWO"])
        #expect(found.count > 6)
        let few = try await database.instruments.instruments(matching: "v", limit: 2)
        #expect(few.map(\.symbol.description) == ["VEA", "VIG"])
    }

    @Test func `an added instrument is neither classified nor priced, and adding it again is nothing`()
        async throws
    {
        let database = try await TestDatabase.seeded()
        let symbol = try #require(Symbol("ASML"))
        try await database.instruments.add(symbol)
        try await database.instruments.add(symbol, name: "Another")
        #expect(
            try await database.instruments.instrument(symbol)
                == Instrument(symbol: symbol, name: "ASML", type: nil, price: nil, classification: nil))
        #expect(try await database.instruments.instrument(try #require(Symbol("NONE"))) == nil)
    }

    @Test func `the tagger classifies what nobody has classified, in one call`() async throws {
        let database = try await TestDatabase.seeded()
        let symbol = try #require(Symbol("ASML"))
        let seed = try #require(Symbol("SPY"))
        let absent = try #require(Symbol("NONE"))
        try await database.instruments.add(symbol)
        let taggings = [symbol, seed, absent].map {
            Tagging(symbol: $0, name: "ASML Holding", type: .stock, classification: classification)
        }
        let before = database.transport.count
        #expect(try await database.instruments.save(classifications: taggings) == [symbol])
        #expect(database.transport.count == before + 1)
        let saved = try #require(try await database.instruments.instrument(symbol))
        #expect(saved.classification == classification)
        #expect(saved.type == .stock)
        #expect(saved.name == "ASML Holding")
        #expect(saved.price == nil)
        let kept = try #require(try await database.instruments.instrument(seed))
        #expect(kept.classification?.assetClasses == .entirely(.equity))
        #expect(kept.classification?.sectors[.technology] == 28)
        #expect(try await database.instruments.save(classifications: []) == [])
    }

    @Test func `an older price never replaces a newer one`() async throws {
        let database = try await TestDatabase.seeded()
        let symbol = try #require(Symbol("SPY"))
        let store = database.instruments
        #expect(try await store.save(prices: [symbol: try price(500, day: 2, .polygon)]) == 1)
        #expect(try await store.save(prices: [symbol: try price(400, day: 1, .polygon)]) == 0)
        #expect(try await store.save(prices: [symbol: try price(300, day: 3, .household)]) == 0)
        #expect(try await store.save(prices: [symbol: try price(600, day: 3, .polygon)]) == 1)
        #expect(try await store.instrument(symbol)?.price == (try price(600, day: 3, .polygon)))
    }

    @Test func `a household's price stands until the market has one`() async throws {
        let database = try await TestDatabase.seeded()
        let symbol = try #require(Symbol("CASTLE"))
        let store = database.instruments
        try await store.add(symbol)
        let exact = try #require(Decimal("12345678.1234"))
        #expect(try await store.save(prices: [symbol: try price(exact, day: 5, .household)]) == 1)
        #expect(try await store.instrument(symbol)?.price == (try price(exact, day: 5, .household)))
        // Another household sees the same instrument.
        #expect(try await store.save(prices: [symbol: try price(1, day: 6, .household)]) == 0)
        #expect(try await store.save(prices: [symbol: try price(2, day: 1, .polygon)]) == 1)
        #expect(try await store.instrument(symbol)?.price == (try price(2, day: 1, .polygon)))
        #expect(try await store.save(prices: [:]) == 0)
    }

    @Test func `the schema knows every case that the code knows`() async throws {
        let database = try await TestDatabase.migrated()
        for (index, type) in InstrumentType.allCases.enumerated() {
            let symbol = try #require(Symbol("T\(index)"))
            try await database.instruments.add(symbol)
            let tagging = Tagging(symbol: symbol, type: type, classification: classification)
            #expect(try await database.instruments.save(classifications: [tagging]) == [symbol])
        }
        let symbol = try #require(Symbol("ALL"))
        try await database.instruments.add(symbol)
        let all = Classification(
            assetClasses: try even(AssetClass.self), regions: try even(Region.self),
            sectors: try even(Sector.self))
        let tagging = Tagging(symbol: symbol, type: .etf, classification: all)
        #expect(try await database.instruments.save(classifications: [tagging]) == [symbol])
        #expect(try await database.instruments.instrument(symbol)?.classification == all)
    }

    private func even<Category>(_ category: Category.Type) throws -> Allocation<Category> {
        let percent = 100 / Double(Category.allCases.count)
        return try Allocation(Dictionary(uniqueKeysWithValues: Category.allCases.map { ($0, percent) }))
    }
}
