import Finance
import Quantities
import Wire

/// Accounts and positions for people who want to look around.
struct SampleHousehold: Sendable {
    struct SampleAccount: Sendable {
        let name: String
        let purpose: String
        let cashUSD: Decimal
        var cashInterestFraction: Decimal = 0
        let quantities: [String: Int]
    }

    let accounts: [SampleAccount]

    /// 17 positions in three accounts; two of the symbols are held twice.
    static let demo = SampleHousehold(accounts: [
        SampleAccount(
            name: "401k Long-term", purpose: "Retirement savings through the employer", cashUSD: 5000,
            quantities: ["SPY": 150, "VTI": 100, "BND": 200, "QQQ": 75, "IWM": 50]),
        SampleAccount(
            name: "Roth IRA", purpose: "Retirement savings that are withdrawn free of tax", cashUSD: 2500,
            quantities: ["VTI": 80, "VXUS": 60, "VNQ": 40, "GLD": 25, "TLT": 30, "VIG": 45]),
        SampleAccount(
            name: "Brokerage Account", purpose: "Single shares, taxed", cashUSD: 10000,
            quantities: ["TSLA": 15, "AAPL": 50, "AMZN": 10, "NVDA": 25, "MSFT": 30, "GOOGL": 20]),
    ])

    static let test = SampleHousehold(accounts: [
        SampleAccount(
            name: "401(k)", purpose: "Primary retirement savings", cashUSD: 5000,
            cashInterestFraction: Decimal(coefficient: 45, scale: 3),
            quantities: ["SPY": 100, "QQQ": 50, "BND": 200, "VEA": 150, "GLD": 25]),
        SampleAccount(
            name: "Roth IRA", purpose: "Retirement savings free of tax", cashUSD: 1000,
            cashInterestFraction: Decimal(coefficient: 4, scale: 2), quantities: [:]),
        SampleAccount(
            name: "Taxable Brokerage", purpose: "General investments", cashUSD: 2500,
            cashInterestFraction: Decimal(coefficient: 35, scale: 3), quantities: [:]),
    ])

    /// All shipped instruments that are held.
    var instruments: [SeedInstrument] {
        let symbols = Set(accounts.flatMap(\.quantities.keys))
        return (SeedInstrument.all + SeedInstrument.demo).filter { symbols.contains($0.symbol) }
    }

    var json: JSONValue {
        .array(
            accounts.map { account in
                [
                    "name": .string(account.name), "purpose": .string(account.purpose),
                    "cash": .number(account.cashUSD), "interest": .number(account.cashInterestFraction),
                    "positions": .object(account.quantities.mapValues { .number($0) }),
                ]
            })
    }
}
