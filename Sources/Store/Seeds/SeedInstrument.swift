import Finance
import Quantities
import Wire

/// An instrument that is shipped with the product.
struct SeedInstrument: Sendable {
    let symbol: String
    let name: String
    let type: InstrumentType
    let cents: Int
    let regions: [Region: Double]
    let sectors: [Sector: Double]
    let assetClasses: [AssetClass: Double]

    /// The day the shipped prices are taken to be of: an assumption, for their source names none and they lie
    /// near the closes of the end of 2023. They give a first analysis something to work with and are marked
    /// as seeds; market data replaces them.
    static let pricesAsOf = Timestamp(secondsSinceEpoch: 1_703_883_600)

    init(
        _ symbol: String, _ name: String, _ type: InstrumentType, cents: Int,
        regions: [Region: Double] = [.northAmerica: 100], sectors: [Sector: Double],
        assetClasses: [AssetClass: Double] = [.equity: 100]
    ) {
        self.symbol = symbol
        self.name = name
        self.type = type
        self.cents = cents
        self.regions = regions
        self.sectors = sectors
        self.assetClasses = assetClasses
    }

    var json: JSONValue {
        [
            "symbol": .string(symbol), "name": .string(name), "type": .string(type.rawValue),
            "usd": .number(Decimal(coefficient: Int128(cents), scale: 2)),
            "as_of": .string(Self.pricesAsOf.sqlText + "+00"), "regions": Self.json(regions),
            "sectors": Self.json(sectors), "asset_classes": Self.json(assetClasses),
        ]
    }

    private static func json<Category: AllocationCategory>(_ parts: [Category: Double]) -> JSONValue {
        .object(Dictionary(uniqueKeysWithValues: parts.map { ($0.key.rawValue, .number($0.value)) }))
    }
}
