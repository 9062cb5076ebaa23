import Quantities

/// What a portfolio is worth at a moment: the only place where a price meets a quantity.
///
/// A holding without a price has no value: it is listed in ``unpricedSymbols`` and left out of every total.
package struct Valuation: Sendable, Equatable {
    package let asOf: Timestamp
    package let accounts: [AccountValuation]
    /// One entry for each symbol, over all accounts, most valuable first, unpriced last.
    package let holdings: [HoldingValuation]
    package let cashUSD: Decimal
    /// Cash and all priced holdings.
    package let totalUSD: Decimal
    package let assetClasses: Breakdown<AssetClass>
    package let regions: Breakdown<Region>
    package let sectors: Breakdown<Sector>

    package init(of portfolio: Portfolio, at now: Timestamp) {
        let accounts = portfolio.accounts.map { AccountValuation(of: $0, instruments: portfolio.instruments) }
        let holdings = HoldingValuation.merged(accounts.flatMap(\.holdings))
        let cashUSD = accounts.reduce(Decimal.zero) { $0 + $1.account.cashUSD }
        self.accounts = accounts
        self.holdings = holdings
        self.cashUSD = cashUSD
        asOf = now
        totalUSD = accounts.reduce(Decimal.zero) { $0 + $1.totalUSD }
        assetClasses = .byAssetClass(holdings, cashUSD: cashUSD)
        regions = .byRegion(holdings, cashUSD: cashUSD)
        sectors = .bySector(holdings)
    }

    package var investedUSD: Decimal { totalUSD - cashUSD }
    package var unpricedSymbols: [Symbol] { holdings.filter { $0.valueUSD == nil }.map(\.symbol).sorted() }
    package var unclassifiedSymbols: [Symbol] {
        holdings.filter { $0.classification == nil }.map(\.symbol).sorted()
    }

    /// The oldest price among the holdings; `nil` when none has a price.
    package var oldestPrice: Price? { holdings.compactMap(\.price).min { $0.asOf < $1.asOf } }

    /// Part of ``totalUSD``, 0...100; `nil` when the total is zero.
    package func percent(of valueUSD: Decimal) -> Double? { valueUSD.percent(of: totalUSD) }
}

package struct AccountValuation: Sendable, Equatable {
    package let account: Account
    /// One for each position, in the order of the positions.
    package let holdings: [HoldingValuation]
    /// Cash and all priced holdings.
    package let totalUSD: Decimal

    package init(of account: Account, instruments: [Symbol: Instrument]) {
        self.account = account
        holdings = account.positions.map { HoldingValuation(of: $0, instrument: instruments[$0.symbol]) }
        totalUSD = holdings.reduce(account.cashUSD) { $0 + ($1.valueUSD ?? 0) }
    }

    package var positionsUSD: Decimal { totalUSD - account.cashUSD }
    package var assetClasses: Breakdown<AssetClass> { .byAssetClass(holdings, cashUSD: account.cashUSD) }
    package var regions: Breakdown<Region> { .byRegion(holdings, cashUSD: account.cashUSD) }
    package var sectors: Breakdown<Sector> { .bySector(holdings) }
    package var unpricedSymbols: [Symbol] { holdings.filter { $0.valueUSD == nil }.map(\.symbol).sorted() }

    /// Part of ``totalUSD``, 0...100; `nil` when the total is zero.
    package func percent(of valueUSD: Decimal) -> Double? { valueUSD.percent(of: totalUSD) }
}

extension Decimal {
    /// A share of money, 0...100; `nil` when the whole is zero.
    func percent(of whole: Decimal) -> Double? {
        whole > 0 ? approximate / whole.approximate * 100 : nil
    }
}

package struct HoldingValuation: Sendable, Equatable {
    package let symbol: Symbol
    /// The symbol where no instrument is known.
    package let name: String
    package let quantity: Decimal
    package let price: Price?
    /// Quantity times price, to the cent; `nil` without a price.
    package let valueUSD: Decimal?
    package let classification: Classification?

    init(of position: Position, instrument: Instrument?) {
        self.init(
            symbol: position.symbol, name: instrument?.name ?? position.symbol.description,
            quantity: position.quantity,
            price: instrument?.price, classification: instrument?.classification)
    }

    private init(
        symbol: Symbol, name: String, quantity: Decimal, price: Price?, classification: Classification?
    ) {
        self.symbol = symbol
        self.name = name
        self.quantity = quantity
        self.price = price
        self.classification = classification
        valueUSD = price.map { (quantity * $0.usd).rounded(fractionDigits: 2) }
    }

    /// The same symbol in several accounts is one holding. The value is the sum of the accounts' values, so
    /// that totals agree to the cent.
    static func merged(_ holdings: [HoldingValuation]) -> [HoldingValuation] {
        Dictionary(grouping: holdings, by: \.symbol).values.map { same in
            HoldingValuation(sumOf: same, first: same[0])
        }.sorted { ($1.valueUSD ?? -1, $0.symbol) < ($0.valueUSD ?? -1, $1.symbol) }
    }

    private init(sumOf same: [HoldingValuation], first: HoldingValuation) {
        symbol = first.symbol
        name = first.name
        price = first.price
        classification = first.classification
        quantity = same.reduce(Decimal.zero) { $0 + $1.quantity }
        valueUSD = first.price.map { _ in same.reduce(Decimal.zero) { $0 + ($1.valueUSD ?? 0) } }
    }
}
