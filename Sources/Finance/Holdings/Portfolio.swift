/// All accounts of one household and the instruments they hold.
package struct Portfolio: Sendable, Equatable {
    package let accounts: [Account]
    package let instruments: [Symbol: Instrument]

    /// - Parameter instruments: At least those that occur in `accounts`; a symbol without one is an
    ///   instrument nobody knows yet.
    package init(accounts: [Account], instruments: [Symbol: Instrument]) {
        self.accounts = accounts
        self.instruments = instruments
    }

    /// The symbols held, each once, in order.
    package var symbols: [Symbol] { Set(accounts.flatMap { $0.positions.map(\.symbol) }).sorted() }

    package var isEmpty: Bool { accounts.allSatisfy { $0.positions.isEmpty && $0.cashUSD == 0 } }

    /// What the tagger has to do: held instruments that nobody has classified.
    package var unclassifiedSymbols: [Symbol] { symbols.filter { instruments[$0]?.classification == nil } }
}
