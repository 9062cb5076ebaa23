import Fakes
import Testing
import Wire

/// Invalid bodies, each through its route; the database must not be asked.
@Suite struct FieldTests {
    static let account = "00000000-0000-4000-8000-000000000001"
    static let text10k = String(repeating: "x", count: 10_000)

    struct Case: Sendable, CustomTestStringConvertible {
        let method: String
        let path: String
        let body: JSONValue
        /// Field, and a part of its complaint.
        let complaints: [String: String]

        var testDescription: String { "\(method) \(path) \(body.text.prefix(80))" }
    }

    private static func user(_ name: String, _ value: JSONValue, _ complaint: String) -> Case {
        Case(method: "PUT", path: "/api/user", body: [name: value].json, complaints: [name: complaint])
    }

    private static func position(_ changes: [String: JSONValue?], _ complaints: [String: String]) -> Case {
        var body: [String: JSONValue] = ["account_id": .string(account), "symbol": "SPY", "quantity": 1]
        for (name, value) in changes { body[name] = value }
        return Case(method: "POST", path: "/api/positions", body: .object(body), complaints: complaints)
    }

    private static func newAccount(_ changes: [String: JSONValue?], _ complaints: [String: String]) -> Case {
        var body: [String: JSONValue] = ["account_name": "401k"]
        for (name, value) in changes { body[name] = value }
        return Case(method: "POST", path: "/api/accounts", body: .object(body), complaints: complaints)
    }

    private static func rows(_ rows: JSONValue, _ complaint: String) -> Case {
        Case(
            method: "POST", path: "/api/import-positions", body: ["rows": rows],
            complaints: ["rows": complaint])
    }

    static let cases: [Case] = [
        rows(.null, "is missing"), rows("a,SPY,1", "must be a list of rows, not a string"),
        rows([], "must hold at least one row"),
        rows(.array(Array(repeating: [:], count: 1001)), "holds 1001 rows; send at most 1000 at once"),
        rows([[:], 7], "must hold objects, but row 2 is a number"),
        rows([["symbol": "SPY", "quantity": 1]], "must hold texts, but quantity of row 1 is a number"),
        rows([["isin": "US"]], "has an unknown member in row 1; a row has account, symbol, quantity"),
        Case(
            method: "POST", path: "/api/import-positions",
            body: ["rows": [[:]], "dry_run": "yes", "account_id": "1"],
            complaints: ["dry_run": "must be true or false, not a string", "account_id": "must be an id"]),
        user("display_name", "", "must not be empty"),
        user("display_name", .string(text10k), "is too long: 10000 characters, at most 255"),
        user("display_name", 7, "must be text, not a number"),
        user("display_name", nil, "must not be null"),
        user("display_name", "a\u{0}b", "must not contain control characters"),
        user("display_name", "a\nb", "must not contain control characters"),
        // 100 families of five code points each: what the column counts.
        user("display_name", .string(String(repeating: "👩‍👩‍👧", count: 100)), "is too long: 500"),
        user("years_until_retirement", -1, "must lie between 0 and 100"),
        user("years_until_retirement", 101, "must lie between 0 and 100"),
        user("years_until_retirement", 1.5, "must be a whole number"),
        user("years_until_retirement", "20", "must be a whole number, not a string"),
        user("years_until_retirement", true, "must be a whole number, not a boolean"),
        user("target_retirement_income", -1, "must lie between 0"),
        user("target_retirement_income", 1.234, "has more than 2 decimals"),
        user("target_retirement_income", "NaN", "must be a number"),
        user("target_retirement_income", "Infinity", "must be a number"),
        user("target_retirement_income", 10_000_000_000, "must lie between 0"),
        user("target_retirement_income", [1], "must be a number, not an array"),
        user("asset_class_targets", ["equity": 60, "fixed_income": 30], "is not a whole"),
        user("asset_class_targets", ["equity": 150, "fixed_income": -50], "is not a whole"),
        user("asset_class_targets", ["equity": 50, "stocks": 50], "has an unknown member"),
        user("asset_class_targets", ["equity": "100"], "must hold numbers"),
        user("asset_class_targets", [:], "is not a whole"),
        user("asset_class_targets", 100, "must be an object of percentages"),
        user("region_targets", ["north_america": 99.9], "is not a whole"),
        user("region_targets", ["equity": 100], "has an unknown member"),
        user("birth_year", 1899, "must lie between 1900 and 2100"),
        user("retirement_years", 71, "must lie between 1 and 70"),
        user("yearly_contribution", -0.01, "must lie between 0"),
        user("nickname", "x", "is not a member of this request"),
        newAccount(["account_name": nil], ["account_name": "is missing"]),
        newAccount(["account_name": .some(.null)], ["account_name": "is missing"]),
        newAccount(["cash_balance": -5], ["cash_balance": "must lie between 0"]),
        newAccount(["cash_balance": .some(.null)], ["cash_balance": "must not be null"]),
        newAccount(["cash_balance": "NaN"], ["cash_balance": "must be a number"]),
        newAccount(["cash_balance": 1.005], ["cash_balance": "has more than 2 decimals"]),
        newAccount(["cash_interest": 1.01], ["cash_interest": "must lie between 0 and 1"]),
        newAccount(["account_purpose": ""], ["account_purpose": "must not be empty"]),
        newAccount(
            ["account_name": "", "cash_balance": "x"],
            ["account_name": "must not be empty", "cash_balance": "must be a number"]),
        position(["quantity": 0], ["quantity": "must be above 0"]),
        position(["quantity": -3], ["quantity": "must be above 0"]),
        position(["quantity": 0.123456789], ["quantity": "has more than 8 decimals"]),
        position(["quantity": "0.123456789"], ["quantity": "has more than 8 decimals"]),
        position(["quantity": "1e999999999"], ["quantity": "must be a number"]),
        position(["quantity": 1_000_000_000_000], ["quantity": "must be above 0 and at most"]),
        position(["quantity": nil], ["quantity": "is missing"]),
        position(["symbol": "ignore all instructions"], ["symbol": "must be a ticker symbol"]),
        position(["symbol": "ABCDEFGHIJKLMNOPQRSTU"], ["symbol": "must be a ticker symbol"]),
        position(["symbol": 7], ["symbol": "must be a ticker symbol"]),
        position(["symbol": ""], ["symbol": "must be a ticker symbol"]),
        position(["account_id": "1"], ["account_id": "must be an id"]),
        position(["as_of_date": "2026-02-30"], ["as_of_date": "must be a date"]),
        position(["as_of_date": "yesterday"], ["as_of_date": "must be a date"]),
        position(["price": 0], ["price": "must be above 0"]),
        position(["price": 1.23456], ["price": "has more than 4 decimals"]),
        Case(
            method: "PUT", path: "/api/positions/\(account)", body: ["quantity": -1],
            complaints: ["quantity": "must be above 0"]),
        Case(
            method: "PUT", path: "/api/positions/\(account)", body: [:],
            complaints: ["quantity": "is missing"]),
        Case(
            method: "PUT", path: "/api/accounts/\(account)", body: ["cash_balance": -1],
            complaints: ["cash_balance": "must lie between"]),
        Case(
            method: "POST", path: "/api/analyze", body: ["options": [1]],
            complaints: ["options": "must be an object, not an array"]),
        Case(
            method: "POST", path: "/api/analyze", body: ["job_id": "x", text10k: 1].json,
            complaints: ["job_id": "is not a member", String(text10k.prefix(40)): "is not a member"]),
    ]

    @Test(arguments: cases) func `an invalid body is 422 with a message for each field`(example: Case)
        async throws
    {
        let reply = try await APIUnderTest().send(example.method, example.path, body: example.body)
        #expect(reply.status == 422)
        #expect(reply["code"]?.string == "invalid")
        let fields = try #require(reply["fields"]?.object)
        #expect(fields.keys.sorted() == example.complaints.keys.sorted())
        for (name, part) in example.complaints {
            let complaint = fields[name]?.string ?? ""
            #expect(complaint.contains(part), "\(name) \(complaint)")
            #expect(reply["detail"]?.string?.contains("\(name) \(complaint)") == true)
        }
        #expect(reply.text.utf8.count < 2000)
    }

    @Test func `a number beyond all bounds is refused and does not crash`() async throws {
        for number in [
            "1e400", "-1e400", "1e-400", "1E+99999999999999999999", String(repeating: "9", count: 400),
        ] {
            let text = "{\"target_retirement_income\": \(number), \"years_until_retirement\": \(number)}"
            let reply = try await APIUnderTest().send("PUT", "/api/user", text: text)
            #expect(reply.status == 422 || reply.status == 400, "\(number.prefix(20))")
        }
    }
}

extension Dictionary where Key == String, Value == JSONValue {
    var json: JSONValue { .object(self) }
}
