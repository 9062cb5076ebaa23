import Quantities

/// Something a household can hold, shared by all households.
package struct Instrument: Sendable, Equatable {
    package let symbol: Symbol
    package let name: String
    /// `nil` until somebody knows.
    package let type: InstrumentType?
    /// `nil` when no price was ever had; never a default.
    package let price: Price?
    /// `nil` until the tagger or a seed has classified it.
    package let classification: Classification?

    package init(
        symbol: Symbol, name: String, type: InstrumentType?, price: Price?, classification: Classification?
    ) {
        self.symbol = symbol
        self.name = name
        self.type = type
        self.price = price
        self.classification = classification
    }
}

package enum InstrumentType: String, Sendable, Hashable, CaseIterable {
    case etf
    case mutualFund = "mutual_fund"
    case stock
    case bond
    case bondFund = "bond_fund"
    case commodity
    case reit
}

/// A price somebody really quoted, with its time.
package struct Price: Sendable, Equatable {
    /// Above zero.
    package let usd: Decimal
    package let asOf: Timestamp
    package let source: PriceSource

    /// `nil` unless the price is above zero.
    package init?(usd: Decimal, asOf: Timestamp, source: PriceSource) {
        guard usd > 0 else { return nil }
        self.usd = usd
        self.asOf = asOf
        self.source = source
    }
}

package enum PriceSource: String, Sendable, Hashable, CaseIterable {
    /// Shipped with the product, as of a stated day.
    case seed
    /// Polygon's previous close or snapshot.
    case polygon
    /// Typed or imported by a household.
    case household
}

/// What an instrument consists of, from three points of view.
package struct Classification: Sendable, Equatable {
    package let assetClasses: Allocation<AssetClass>
    package let regions: Allocation<Region>
    package let sectors: Allocation<Sector>

    package init(
        assetClasses: Allocation<AssetClass>, regions: Allocation<Region>, sectors: Allocation<Sector>
    ) {
        self.assetClasses = assetClasses
        self.regions = regions
        self.sectors = sectors
    }
}
