import Quantities

/// An account at a bank or broker: cash and positions.
package struct Account: Sendable, Equatable {
    package typealias ID = UUID

    package let id: ID
    package let name: String
    package let purpose: String?
    /// At least zero.
    package let cashUSD: Decimal
    /// Yearly interest on cash, 0...1.
    package let cashInterestFraction: Decimal
    package let positions: [Position]

    package init(
        id: ID, name: String, purpose: String?, cashUSD: Decimal, cashInterestFraction: Decimal,
        positions: [Position]
    ) {
        self.id = id
        self.name = name
        self.purpose = purpose
        self.cashUSD = cashUSD
        self.cashInterestFraction = cashInterestFraction
        self.positions = positions
    }
}

package struct Position: Sendable, Equatable {
    package typealias ID = UUID

    package let id: ID
    package let symbol: Symbol
    /// Shares or units, above zero, up to eight decimals.
    package let quantity: Decimal
    package let asOf: CalendarDate

    package init(id: ID, symbol: Symbol, quantity: Decimal, asOf: CalendarDate) {
        self.id = id
        self.symbol = symbol
        self.quantity = quantity
        self.asOf = asOf
    }
}
