import Quantities

/// What the rows of one file say together, account by account.
///
/// Here stands what no row can break alone: a symbol is in an account once, and an account has one amount of
/// cash and one purpose, however many rows repeat them.
package struct HoldingsLedger<Place: Hashable & Sendable>: Sendable, Equatable {
    /// How messages count: the lines of a file or the rows of a request.
    package enum Unit: Sendable {
        case line
        case row
    }

    package struct Position: Sendable, Equatable {
        /// Of its line or row, from 1.
        package let number: Int
        package let symbol: Symbol
        package let quantity: Decimal
        package let price: Decimal?
    }

    package struct Entry: Sendable, Equatable {
        package let place: Place
        package let name: String
        package private(set) var purpose: String?
        package private(set) var cash: Decimal?
        package private(set) var positions: [Position] = []

        init(place: Place, name: String) {
            self.place = place
            self.name = name
        }

        fileprivate mutating func take(_ row: HoldingsRow, number: Int) {
            purpose = row.purpose ?? purpose
            cash = row.cash ?? cash
            guard let symbol = row.symbol, let quantity = row.quantity else { return }
            positions.append(
                Position(number: number, symbol: symbol, quantity: quantity, price: row.price))
        }

        /// What of a row contradicts the rows before.
        fileprivate func contradictions(with row: HoldingsRow, _ unit: Unit) -> [String] {
            let earlier = unit == .line ? "on an earlier line" : "in an earlier row"
            var complaints: [String] = []
            if let purpose, let other = row.purpose, other != purpose {
                complaints.append("the purpose of \(name) was `\(purpose)` \(earlier)")
            }
            if let cash, let other = row.cash, other != cash {
                complaints.append("the cash of \(name) was \(cash) \(earlier)")
            }
            if let position = positions.first(where: { $0.symbol == row.symbol }) {
                let there = unit == .line ? "on line" : "in row"
                complaints.append("\(position.symbol) is already in \(name), \(there) \(position.number)")
            }
            return complaints
        }
    }

    /// In the order of the file.
    package private(set) var entries: [Entry] = []
    private var indexByPlace: [Place: Int] = [:]
    private let unit: Unit

    package init(countedBy unit: Unit) { self.unit = unit }

    /// - Returns: What is wrong with the row, also by itself; a row with which anything is wrong changes
    ///   nothing.
    package mutating func add(_ row: HoldingsRow, number: Int, to place: Place, called name: String)
        -> [String]
    {
        let index = indexByPlace[place]
        let contradictions = index.map { entries[$0].contradictions(with: row, unit) } ?? []
        let complaints = row.complaints + contradictions
        guard complaints.isEmpty else { return complaints }
        if index == nil {
            indexByPlace[place] = entries.endIndex
            entries.append(Entry(place: place, name: name))
        }
        entries[index ?? entries.endIndex - 1].take(row, number: number)
        return []
    }
}
