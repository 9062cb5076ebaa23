import CommandLine
import Finance
import Quantities
import Testing

@Suite struct HoldingsMessagesTests {
    @Test func `columns may come in any order, with quotes, marks and Windows line ends`() throws {
        let text =
            "\u{FEFF}quantity,symbol,account,cash,price\r\n"
            + "1.5,spy,\"My, \"\"own\"\"\",10,\r\n2,VTI,B,,7.25\r\n"
        let accounts = try HoldingsFile(text).accounts
        #expect(accounts.map(\.name) == ["My, \"own\"", "B"])
        #expect(accounts[0].positions.map(\.symbol.description) == ["SPY"])
        #expect(accounts[0].positions[0].quantity == Decimal("1.5"))
        #expect(accounts[0].cash == 10)
        #expect(accounts[1].positions[0].price == Decimal("7.25"))
    }

    @Test func `an account may hold only cash`() throws {
        let accounts = try HoldingsFile("account,symbol,quantity,cash,purpose\nSavings,,,500,Rainy days\n")
            .accounts
        #expect(accounts.count == 1 && accounts[0].positions.isEmpty)
        #expect(accounts[0].cash == 500 && accounts[0].purpose == "Rainy days")
    }

    @Test func `the file that the web app exports is read as what it came from`() throws {
        let id = try #require(UUID("00000000-0000-4000-8000-000000000001"))
        let symbol = try #require(Symbol("-X"))
        let position = Position(
            id: id, symbol: symbol, quantity: try #require(Decimal("0.00000001")),
            asOf: CalendarDate(daysSinceEpoch: 20_777))
        let account = Account(
            id: id, name: "=1+1, \"own\"", purpose: "@home", cashUSD: 5, cashInterestFraction: 0,
            positions: [position])
        let sheet = try HoldingsSheet(of: Portfolio(accounts: [account], instruments: [:]))
        let read = try HoldingsFile(sheet.text).accounts
        #expect(read.map(\.name) == [account.name])
        #expect(read[0].cash == 5 && read[0].purpose == "@home")
        #expect(read[0].positions.map(\.symbol) == [symbol])
        #expect(read[0].positions.map(\.quantity) == [position.quantity])
    }

    static let head = "account,symbol,quantity,cash,price\n"

    /// A file, and what is said about it.
    static let wrong: [(text: String, message: String)] = [
        ("", "line 1: the file is empty"),
        ("\(head)", "line 1: the header is followed by no line"),
        ("symbol,quantity\nSPY,1\n", "line 1: the header has no column `account`"),
        ("account,symbol,quantity,colour\nA,SPY,1,red\n", "line 1: the column `colour` is not known"),
        ("\(head)A,SPY,1\nA,SPY,2\n", "line 3: SPY is already in A, on line 2"),
        ("\(head)A,SPY,-1\n", "line 2: quantity `-1` is not a number above 0 with at most 8 decimals"),
        ("\(head)A,SPY,NaN\n", "line 2: quantity `NaN` is not a number above 0 with at most 8 decimals"),
        ("\(head)A,SPY,\n", "line 2: there is no quantity"),
        ("\(head)A,,3\n", "line 2: there is no symbol"),
        ("\(head)A,,\n", "line 2: there is neither a symbol with a quantity nor cash"),
        ("\(head)A,HELLO WORLD,3\n", "line 2: `HELLO WORLD` is not a ticker symbol such as SPY"),
        ("\(head),SPY,3\n", "line 2: there is no account"),
        ("\(head)A,SPY,1,ten\n", "line 2: cash `ten` is not an amount of dollars such as 1250.00"),
        ("\(head)A,SPY,1,,0\n", "line 2: price `0` is not a price above 0 with at most 4 decimals"),
        (
            "\(head)A,SPY,1,,,,\n",
            "line 2: 7 fields, but the header names 5; does a comma stand in a number or a "
                + "name? Put it in quotes"
        ),
        ("\(head)\"A,SPY,1\n", "line 2: a quote is opened and never closed"),
    ]

    @Test(arguments: wrong.indices)
    func `what is wrong is said with its line`(_ index: Int) {
        let (text, message) = Self.wrong[index]
        let failures = #expect(throws: HoldingsFailures.self) { try HoldingsFile(text) }
        #expect(failures?.description == message)
    }

    @Test func `everything that is wrong is said at once`() {
        let failures = #expect(throws: HoldingsFailures.self) {
            try HoldingsFile(Self.head + "A,SPY,0\nB,VTI,1\nC,!,2\n")
        }
        #expect(failures?.failures.map(\.line) == [2, 4])
    }

    @Test func `a long wrong value is cut`() {
        let failures = #expect(throws: HoldingsFailures.self) {
            try HoldingsFile(Self.head + "A,\(String(repeating: "X", count: 10_000)),1\n")
        }
        #expect((failures?.description.count ?? 0) < 120)
    }
}
