import DataAPIClient
import Quantities
import Testing
import Wire

@Suite struct SQLStatementTests {
    @Test func `a value becomes a parameter and never text`() {
        let symbol = "VTI"
        let statement: SQLStatement = "SELECT name FROM instruments WHERE symbol = \(symbol) AND id > \(7)"
        #expect(statement.text == "SELECT name FROM instruments WHERE symbol = :p1 AND id > :p2")
        #expect(statement.parameters.map(\.value) == [.string("VTI"), .long(7)])
        #expect(statement.parameters.map(\.typeHint) == [nil, nil])
    }

    @Test(arguments: [
        "'; DROP TABLE users; --", "$1", ":p2", "\\'; SELECT pg_sleep(9)", "x'::text || (SELECT secret)",
        "\u{0}",
        "{\"a\":1}", "${user}", "%s", "\\(name)",
    ])
    func `hostile text stays a value`(hostile: String) {
        let statement: SQLStatement =
            "SELECT * FROM users WHERE name = \(hostile) AND tags && \(array: [hostile])::text[] AND x = \(7)"
        #expect(statement.text == "SELECT * FROM users WHERE name = :p1 AND tags && :p2::text[] AND x = :p3")
        #expect(statement.parameters.first?.value == .string(hostile))
    }

    @Test func `an inlined statement brings its values, numbered anew`() {
        let owner: SQLStatement = "user_id = \("u1") AND kind = \("cash")"
        let statement: SQLStatement = "SELECT * FROM accounts WHERE id <> \(1) AND (\(owner)) LIMIT \(5)"
        #expect(
            statement.text
                == "SELECT * FROM accounts WHERE id <> :p1 AND (user_id = :p2 AND kind = :p3) LIMIT :p4")
        #expect(statement.parameters.map(\.value) == [.long(1), .string("u1"), .string("cash"), .long(5)])
    }

    @Test func `statements are joined, such as the assignments of an update`() {
        let assignments: [SQLStatement] = ["name = \("a")", "cash = \(Decimal(5))"]
        let statement: SQLStatement = "UPDATE accounts SET \(assignments.joined(separator: ", "))"
        #expect(statement.text == "UPDATE accounts SET name = :p1, cash = :p2")
        #expect([SQLStatement]().joined(separator: ", ").text.isEmpty)
    }

    @Test func `nil binds a NULL of its type`() {
        let statement: SQLStatement =
            """
            \(UUID?.none) \(Decimal?.none) \(Timestamp?.none) \(CalendarDate?.none) \(json: nil)
            \(Bool?.none)
            """
        #expect(statement.parameters.allSatisfy { $0.value == .null })
        #expect(statement.parameters.map(\.typeHint) == [.uuid, .decimal, .timestamp, .date, .json, nil])
    }

    @Test func `the word null of a document is not SQL's NULL`() {
        let statement: SQLStatement = "\(json: .null) \(json: nil)"
        #expect(statement.parameters.map(\.value) == [.string("null"), .null])
    }

    @Test(arguments: [
        "123456789012345678", "-1234567890.12345678", "0.000000000000000001", "99999999999999.9999",
    ])
    func `a decimal is sent digit by digit`(digits: String) throws {
        let number = try #require(Decimal(digits))
        let statement: SQLStatement = "\(number)"
        #expect(statement.parameters.first?.value == .string(digits))
        #expect(statement.parameters.first?.typeHint == .decimal)
    }

    @Test func `an array is text that PostgreSQL reads back element by element`() {
        let words: [String?] = ["VTI", "a,b", "say \"hi\"", "back\\slash", "NULL", "", "{}", nil]
        let statement: SQLStatement = "symbol = ANY(\(array: words)::text[])"
        let expected = #"{"VTI","a,b","say \"hi\"","back\\slash","NULL","","{}",NULL}"#
        #expect(statement.parameters.first?.value == .string(expected))
        let numbers: SQLStatement = "\(array: [1, -2]) \(array: [true, false]) \(array: [Int]())"
        #expect(numbers.parameters.map(\.value) == [.string("{1,-2}"), .string("{t,f}"), .string("{}")])
    }

    @Test func `the description holds no values`() {
        let statement: SQLStatement = "SELECT \("secret")"
        #expect(statement.description == "SELECT :p1")
    }
}
