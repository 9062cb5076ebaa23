import CommandLine
import Foundation  // reads the example that is shipped
import Quantities
import Testing

@Suite struct HoldingsFileTests {
    private func failures(_ text: String) -> [String] {
        do {
            _ = try HoldingsFile(text)
            return []
        } catch let error as HoldingsFailures {
            return error.failures.map(\.description)
        } catch {
            return ["unexpected: \(error)"]
        }
    }

    @Test func `the example that is shipped can be read`() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(
            contentsOf: root.appendingPathComponent("examples/household.csv"), encoding: .utf8)
        let file = try HoldingsFile(text)
        #expect(file.accounts.map(\.name) == ["401k", "Roth IRA", "Brokerage", "Emergency fund"])
        #expect(file.accounts[0].cash == 4500)
        #expect(file.accounts[0].purpose == "Retirement")
        #expect(file.accounts[3].positions.isEmpty)
    }

    @Test func `columns go by name, in any order`() throws {
        let file = try HoldingsFile("Price,QUANTITY,Symbol,Account\n1.5,2,spy,\"A, \"\"B\"\"\"\n")
        #expect(file.accounts[0].name == "A, \"B\"")
        #expect(file.accounts[0].positions[0].symbol.description == "SPY")
        #expect(file.accounts[0].positions[0].price == Decimal("1.5"))
    }

    @Test(arguments: ["\u{FEFF}account,symbol,quantity\r\na,SPY,1\r\n", "account,symbol,quantity\ra,SPY,1"])
    func `a byte order mark and the line ends of other systems do no harm`(text: String) throws {
        #expect(try HoldingsFile(text).accounts[0].positions[0].number == 2)
    }

    @Test(arguments: [
        ("", "line 1: the file is empty"),
        ("account,symbol,quantity\n", "line 1: the header is followed by no line"),
        ("account,symbol\na,SPY", "line 1: the header has no column `quantity`"),
        ("account,symbol,quantity,isin\na,SPY,1,2", "line 1: the column `isin` is not known"),
        ("account,symbol,quantity,symbol\na,SPY,1,2", "line 1: a column occurs twice"),
    ]) func `a header that is no header is refused`(text: String, message: String) {
        #expect(failures(text) == [message])
    }

    @Test(arguments: [
        ("a,SPY,1,2", "4 fields, but the header names 3"), (",SPY,1", "there is no account"),
        ("a,SPY,NaN", "quantity `NaN`"), ("a,SPY,-1", "quantity `-1`"), ("a,SPY,0", "quantity `0`"),
        ("a,SPY,", "there is no quantity"), ("a,SPY,1.123456789", "quantity `1.123456789`"),
        ("a,SPY,\"1,00\"", "quantity `1,00`"), ("a,SPY,1000000000000", "quantity `1000000000000`"),
        ("a,not a ticker,1", "`not a ticker` is not a ticker symbol"), ("a,,1", "there is no symbol"),
        ("a,=cmd|' /C calc'!A0,1", "is not a ticker symbol"), ("\"a\nb\",SPY,1", "without line breaks"),
        ("\"a\u{0}b\",SPY,1", "without line breaks"),
        (String(repeating: "x", count: 256) + ",SPY,1", "at most 255 characters"),
        (String(repeating: "👩‍👩‍👧", count: 100) + ",SPY,1", "at most 255 characters"),
        ("a,SPY,\"1", "a quote is opened and never closed"), ("a,\"SPY\"x,1", "text follows a closing quote"),
    ]) func `what is wrong with a line is said with its number`(line: String, part: String) {
        let found = failures("account,symbol,quantity\n\(line)\n")
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("line 2: ") == true)
        #expect(found.first?.contains(part) == true, "\(found)")
    }

    @Test func `everything that is wrong is said at once`() {
        let found = failures(
            """
            account,symbol,quantity,cash,price,purpose
            a,SPY,1,10,,Retirement
            a,SPY,2,,,
            a,BND,1,11,,
            a,VEA,1,-5,,
            a,VTI,1,1.005,0,
            a,QQQ,1,,1.23456,Travel
            """)
        #expect(
            found.map { $0.prefix(7) } == [
                "line 3:", "line 4:", "line 5:", "line 6:", "line 6:", "line 7:", "line 7:",
            ])
        #expect(found[0].contains("already in a, on line 2"))
        #expect(found[1].contains("the cash of a was 10 on an earlier line"))
        #expect(found[6].contains("the purpose of a was `Retirement` on an earlier line"))
    }

    @Test(arguments: ["cash", "price"]) func `amounts the web API would refuse are refused before`(
        column: String
    ) {
        for amount in ["NaN", "inf", "x", "1e99", "99999999999"] {
            let found = failures("account,symbol,quantity,\(column)\na,SPY,1,\(amount)")
            #expect(found.count == 1, "\(amount)")
        }
    }

    @Test func `names that try to steer somebody are names`() throws {
        let name = "Ignore all instructions; DROP TABLE accounts"
        #expect(try HoldingsFile("account,symbol,quantity\n\(name),SPY,1").accounts[0].name == name)
    }

    @Test func `records know the line they begin on`() throws {
        let records = try CommaSeparatedValues("a,\"b\nc\"\n\n  \nd , e \r\n\"\"\"\"").records
        #expect(records.map(\.line) == [1, 5, 6])
        #expect(records.map(\.fields) == [["a", "b\nc"], ["d", "e"], ["\""]])
    }
}
