import Finance
import Quantities
import Store

/// A household that a remote test makes for itself, and what is known of it beforehand.
package struct RemoteHousehold: Sendable, Equatable {
    /// No identity provider gives such an id to a person.
    static let idPrefix = "remote-test-"

    package struct PlannedAccount: Sendable, Equatable {
        package let name: String
        package let cashUSD: Decimal
        /// Only instruments that every deployment is seeded with.
        package let quantities: [Holding]
        /// Set when the account has been made.
        package var id: Account.ID?

        package init(name: String, cashUSD: Decimal, quantities: [Holding], id: Account.ID? = nil) {
            self.name = name
            self.cashUSD = cashUSD
            self.quantities = quantities
            self.id = id
        }
    }

    package struct Holding: Sendable, Equatable {
        package let symbol: String
        package let quantity: Decimal

        package init(_ symbol: String, _ quantity: Decimal) {
            self.symbol = symbol
            self.quantity = quantity
        }
    }

    package let id: Investor.ID
    package let name: String
    package let yearsUntilRetirement: Int
    package let incomeUSD: Decimal
    package var accounts: [PlannedAccount]

    package init(
        id: Investor.ID, name: String, yearsUntilRetirement: Int, incomeUSD: Decimal,
        accounts: [PlannedAccount]
    ) {
        self.id = id
        self.name = name
        self.yearsUntilRetirement = yearsUntilRetirement
        self.incomeUSD = incomeUSD
        self.accounts = accounts
    }

    package var positionCount: Int { accounts.reduce(0) { $0 + $1.quantities.count } }

    static func newID() -> Investor.ID {
        var random = SystemRandomNumberGenerator()
        return idPrefix + UUID(using: &random).description
    }
}

extension RemoteHousehold {
    /// Two accounts, one of cash alone, and half a dozen positions.
    static func family() -> RemoteHousehold {
        RemoteHousehold(
            id: newID(), name: "Remote Test Family", yearsUntilRetirement: 20, incomeUSD: 80_000,
            accounts: [
                PlannedAccount(
                    name: "Brokerage", cashUSD: 5000,
                    quantities: [
                        Holding("SPY", 100), Holding("QQQ", 50), Holding("BND", 200), Holding("VEA", 150),
                        Holding("GLD", 25), Holding("VNQ", 40),
                    ]),
                PlannedAccount(name: "Emergency Fund", cashUSD: 12_000, quantities: []),
            ])
    }

    /// Three accounts; one symbol is held in two of them.
    static func severalAccounts() -> RemoteHousehold {
        RemoteHousehold(
            id: newID(), name: "Remote Test Couple", yearsUntilRetirement: 25, incomeUSD: 150_000,
            accounts: [
                PlannedAccount(
                    name: "Taxable Brokerage", cashUSD: 5000,
                    quantities: [Holding("SPY", 100), Holding("QQQ", 50), Holding("BND", 200)]),
                PlannedAccount(
                    name: "Roth IRA", cashUSD: 2000,
                    quantities: [Holding("VTV", 75), Holding("EFA", 50), Holding("GLD", 25)]),
                PlannedAccount(
                    name: "Workplace Plan", cashUSD: 10_000,
                    quantities: [
                        Holding("VEA", 150), Holding("XLK", 10), Holding("VWO", 50), Holding("BND", 300),
                    ]),
            ])
    }

    /// Households of every size, over and over: cash alone, a few positions, many in three accounts.
    static func crowd(of count: Int) -> [RemoteHousehold] {
        let shapes = [(1, 0), (1, 3), (2, 5), (3, 10), (2, 7)]
        return (0..<count).map { index in
            let (accountCount, positionCount) = shapes[index % shapes.count]
            let accounts = (0..<accountCount).map { account in
                // Dealt out in turn.
                let dealt = (0..<positionCount).filter { $0 % accountCount == account }
                return PlannedAccount(
                    name: "Account \(account + 1)", cashUSD: Decimal(2500 * (account + 1)),
                    quantities: dealt.map {
                        Holding(symbols[($0 + index) % symbols.count], Decimal(10 + 5 * $0))
                    })
            }
            return RemoteHousehold(
                id: newID(), name: "Household \(index + 1)",
                yearsUntilRetirement: 45 - 5 * (index % shapes.count),
                incomeUSD: Decimal(60_000 + 10_000 * (index % shapes.count)), accounts: accounts)
        }
    }

    private static let symbols = [
        "SPY", "QQQ", "IWM", "VEA", "VWO", "AGG", "BND", "TLT", "VNQ", "GLD", "XLK", "VIG",
    ]
}
