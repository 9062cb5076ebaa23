import DataAPIClient
import Finance
import Quantities
import Wire

/// Table `instruments`, shared by all households.
package struct InstrumentStore: Sendable {
    package static let pageLimit = 200

    private let database: DataAPIClient

    package init(database: DataAPIClient) {
        self.database = database
    }

    /// A page, by symbol.
    ///
    /// - Parameters:
    ///   - after: The last symbol of the page before.
    ///   - limit: At most ``pageLimit``.
    package func instruments(after: Symbol? = nil, limit: Int = Self.pageLimit) async throws(StoreFailure)
        -> [Instrument]
    {
        let rows = try await database.tableRows(
            """
            SELECT 'instrument' AS kind, to_jsonb(instruments) - '{created_at,updated_at}'::text[] AS body
            FROM instruments WHERE symbol COLLATE "C" > \(after?.description ?? "")
            ORDER BY symbol COLLATE "C" LIMIT \(min(max(limit, 0), Self.pageLimit))
            """, isRepeatable: true)
        return try rows.map { row throws(StoreFailure) in try Instrument(row) }
    }

    /// Instruments whose symbol begins with a text, then those whose name contains it, any case.
    ///
    /// - Parameter limit: At most ``pageLimit``.
    package func instruments(matching text: String, limit: Int = Self.pageLimit) async throws(StoreFailure)
        -> [Instrument]
    {
        let rows = try await database.tableRows(
            """
            WITH wanted AS (SELECT upper(\(text)::text) AS symbol, lower(\(text)::text) AS name)
            SELECT 'instrument' AS kind, to_jsonb(instruments) - '{created_at,updated_at}'::text[] AS body
            FROM instruments, wanted
            WHERE starts_with(instruments.symbol, wanted.symbol)
                OR position(wanted.name IN lower(instruments.name)) > 0
            ORDER BY NOT starts_with(instruments.symbol, wanted.symbol), instruments.symbol COLLATE "C"
            LIMIT \(min(max(limit, 0), Self.pageLimit))
            """, isRepeatable: true)
        return try rows.map { row throws(StoreFailure) in try Instrument(row) }
    }

    package func instrument(_ symbol: Symbol) async throws(StoreFailure) -> Instrument? {
        let rows = try await database.tableRows(
            """
            SELECT 'instrument' AS kind, to_jsonb(instruments) AS body
            FROM instruments WHERE symbol = \(symbol.description)
            """, isRepeatable: true)
        return try rows.first.map { row throws(StoreFailure) in try Instrument(row) }
    }

    /// Adds an instrument about which nothing is known; the tagger classifies it. One that is there stays as
    /// it is.
    package func add(_ symbol: Symbol, name: String? = nil) async throws(StoreFailure) {
        try await database.change(
            """
            INSERT INTO instruments (symbol, name)
            VALUES (\(symbol.description), \(name ?? symbol.description)) ON CONFLICT DO NOTHING
            """)
    }

    /// Writes what the tagger found out, all in one statement. What a seed or a household has classified
    /// stays as it is, and so does a symbol that is not there.
    ///
    /// - Returns: The symbols that were classified.
    package func save(classifications: [Tagging]) async throws(StoreFailure) -> Set<Symbol> {
        let rows = try await database.tableRows(
            """
            UPDATE instruments SET
                name = CASE WHEN instruments.name = symbol THEN coalesce(tagging.name, symbol)
                    ELSE instruments.name END,
                instrument_type = coalesce(instrument_type, tagging.type), classification_source = 'tagger',
                allocation_asset_class = asset_classes, allocation_regions = regions,
                allocation_sectors = sectors
            FROM jsonb_to_recordset(\(json: .array(classifications.map(\.json)))::jsonb) AS tagging(
                tagged text, name text, type text, asset_classes jsonb, regions jsonb, sectors jsonb)
            WHERE symbol = tagged AND coalesce(classification_source, 'tagger') = 'tagger'
            RETURNING 'instrument' AS kind, jsonb_build_object('symbol', symbol) AS body
            """, isRepeatable: true)
        return Set(try rows.map { row throws(StoreFailure) in try row.required("symbol", as: Symbol.self) })
    }

    /// Writes prices, all in one statement. An older price never replaces a newer one of the same worth, and
    /// a household's own price never one from the market.
    ///
    /// - Returns: How many prices were written.
    @discardableResult
    package func save(prices: [Symbol: Price]) async throws(StoreFailure) -> Int {
        let quotes = prices.sorted { $0.key < $1.key }.map { symbol, price -> JSONValue in
            [
                "quoted": .string(symbol.description), "usd": .number(price.usd),
                "as_of": .string(price.asOf.sqlText + "+00"), "source": .string(price.source.rawValue),
            ]
        }
        return try await database.change(
            """
            UPDATE instruments SET current_price = usd, price_as_of = as_of, price_source = source
            FROM jsonb_to_recordset(\(json: .array(quotes))::jsonb) AS quote(
                quoted text, usd numeric, as_of timestamptz, source text)
            WHERE symbol = quoted AND (current_price IS NULL
                OR (source = 'polygon' AND (price_source <> 'polygon' OR price_as_of <= as_of))
                OR (source = price_source AND source <> 'household' AND price_as_of <= as_of))
            """)
    }
}

/// What the tagger found out about one instrument.
package struct Tagging: Sendable, Equatable {
    package let symbol: Symbol
    /// Replaces a name that is only the symbol.
    package let name: String?
    package let type: InstrumentType
    package let classification: Classification

    package init(symbol: Symbol, name: String? = nil, type: InstrumentType, classification: Classification) {
        self.symbol = symbol
        self.name = name
        self.type = type
        self.classification = classification
    }

    fileprivate var json: JSONValue {
        [
            "tagged": .string(symbol.description), "name": .optional(name), "type": .string(type.rawValue),
            "asset_classes": classification.assetClasses.json, "regions": classification.regions.json,
            "sectors": classification.sectors.json,
        ]
    }
}
