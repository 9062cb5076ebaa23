import Agents
import Fakes
import Finance
import Quantities
import Testing
import Wire

@Suite struct FactDocumentTests {
    private static let equity = Fact(
        id: "allocation.equity.percent", subject: "Equity", metric: "share by asset class",
        value: Decimal("62.041237") ?? 0, unit: .percent,
        asOf: Timestamp("2026-11-27T10:00:00Z"), method: "a part of a whole",
        inputs: ["allocation.equity.usd"])

    @Test func `a fact is written with all its members`() {
        let document = FactDocument(
            FactTable([Self.equity]), names: ["Roth IRA"], asOf: Timestamp("2026-11-27T10:00:00Z"))
        #expect(
            document.json == [
                "version": 1, "as_of": "2026-11-27T10:00:00Z", "names": ["Roth IRA"],
                "facts": [
                    [
                        "id": "allocation.equity.percent", "subject": "Equity",
                        "metric": "share by asset class", "value": "62.041237", "unit": "percent",
                        "currency": nil, "as_of": "2026-11-27T10:00:00Z", "method": "a part of a whole",
                        "inputs": ["allocation.equity.usd"], "text": "62.0%",
                    ]
                ],
            ])
    }

    @Test func `money has a currency and a moment keeps its microseconds`() throws {
        let fact = Fact(
            id: "a.usd", subject: "a", metric: "b", value: 5, unit: .usd,
            asOf: Timestamp(microsecondsSinceEpoch: 1_500_000), method: "")
        let json = FactDocument(FactTable([fact]), names: [], asOf: nil).json
        #expect(json["facts"]?.array?[0]["currency"] == "USD")
        #expect(json["facts"]?.array?[0]["as_of"] == "1970-01-01T00:00:01.5Z")
        #expect(json["as_of"] == .null)
        #expect(try FactDocument(json).table.facts == [fact])
    }

    @Test func `what is written is read as it was, and equal households give equal bytes`() throws {
        let document = try ReporterAgentTests.brief(.small()).factDocument
        #expect(try FactDocument(JSONValue(reading: document.json.bytes)) == document)
        #expect(document.json.bytes == (try ReporterAgentTests.brief(.small()).factDocument.json.bytes))
        #expect(
            document.names == [
                "401(k)", "Retirement", "Roth IRA", "AAPL", "AAPL instrument", "BND", "BND instrument", "SPY",
                "SPY instrument",
            ])
    }

    @Test func `names and subjects have no hidden characters, and each name is there once`() throws {
        var household = try Household.empty()
        household.accounts = [
            try Household.account(
                1, "Ro\u{202E}th\u{200B} `IRA`", purpose: "\u{200B}", cashUSD: 1, holding: []),
            try Household.account(2, "Roth 'IRA'", purpose: "{{f:x}}", cashUSD: 1, holding: []),
        ]
        let document = try ReporterAgentTests.brief(household).factDocument
        #expect(document.names == ["Roth 'IRA'", "{(f:x})"])
        let id = "account.\(try Household.id(1)).cash.usd"
        #expect(document.table[id]?.subject == "Roth 'IRA'")
    }

    @Test func `a bare list with numbers and few members is enough`() throws {
        let document = try FactDocument(
            JSONValue(
                reading: """
                    [{"id": "a.usd", "subject": "a", "metric": "total", "value": 12.50, "unit": "usd"},
                     {"id": "b.year", "subject": "b", "metric": "birth", "value": "1980", "unit": "year"}]
                    """))
        #expect(document.asOf == nil && document.names == [])
        #expect(document.table["a.usd"]?.value == Decimal("12.5"))
        #expect(document.table["a.usd"]?.method == "")
        #expect(document.table["a.usd"]?.inputs == [])
        #expect(document.table["b.year"]?.text == "1980")
    }

    @Test(arguments: [
        (#"{"id": 7}"#, "facts[1]: `id` is a number instead of text"),
        (#"{"subject": "s"}"#, "facts[1]: `id` is missing"),
        (#"{"id": "x y", "unit": "usd"}"#, "facts[1] (x y): `id` is empty or holds blanks or braces"),
        (
            #"{"id": "x", "unit": "eur"}"#,
            "facts[1] (x): `unit` is none of usd, percent, points, years, count,"
        ),
        (#"{"id": "x", "unit": "usd", "currency": "EUR"}"#, "`currency` does not go with the unit usd"),
        (#"{"id": "x", "unit": "days", "currency": "USD"}"#, "`currency` does not go with the unit days"),
        (#"{"id": "x", "unit": "usd", "subject": "s"}"#, "facts[1] (x): `metric` is missing"),
        (#"{"id": "x", "unit": "usd", "subject": "s", "metric": "m"}"#, "facts[1] (x): `value` is missing"),
        (
            #"{"id": "x", "unit": "usd", "subject": "s", "metric": "m", "value": "$5"}"#,
            "`value` is no decimal number"
        ),
        (
            #"{"id": "x", "unit": "usd", "subject": "s", "metric": "m", "value": 1e30}"#,
            "`value` has too many digits"
        ),
        (
            #"{"id": "x", "unit": "date", "subject": "s", "metric": "m", "value": 1e20}"#,
            "`value` is no date"
        ),
        (#"{"id": "x", "unit": "year", "subject": "s", "metric": "m", "value": 0}"#, "`value` is no year"),
        (
            #"{"id": "x", "unit": "usd", "subject": "s", "metric": "m", "value": 1, "as_of": "today"}"#,
            "`as_of` is no time"
        ),
        (
            #"{"id": "x", "unit": "usd", "subject": "s", "metric": "m", "value": 1, "inputs": [1]}"#,
            "`inputs` holds a number"
        ),
        (#"{"id": "x", "asof": "2026"}"#, "facts[1] (x): `asof` is not known"),
        (
            #"{"id": "a.usd", "unit": "usd", "subject": "s", "metric": "m", "value": 1}"#,
            "facts[1] (a.usd): `id` is that of an earlier fact, too"
        ),
        ("[]", "facts[1]: `1` is an array instead of an object"),
    ])
    func `a failure says which fact and which member is wrong`(_ fact: String, _ words: String) throws {
        let good = #"{"id": "a.usd", "subject": "a", "metric": "m", "value": 1, "unit": "usd"}"#
        let json = try JSONValue(reading: "[\(good), \(fact)]")
        let failure = #expect(throws: FactDocumentFailure.self) { try FactDocument(json) }
        #expect(failure?.description.contains(words) == true, "\(failure?.description ?? "")")
    }

    @Test(arguments: [
        ("7", "`facts` the document is a number"), (#"{"version": 2, "facts": []}"#, "`version` is not 1"),
        (#"{"version": 1}"#, "`facts` is no array"),
        (#"{"version": 1, "facts": [], "names": [1]}"#, "`names` holds a number"),
        (#"{"version": 1, "facts": [], "as_of": 5}"#, "`as_of` is no time such as"),
        (#"{"version": 1, "facts": [], "fact": 5}"#, "`fact` is not known"),
    ])
    func `a failure says which member of the document is wrong`(_ text: String, _ words: String) throws {
        let failure = #expect(throws: FactDocumentFailure.self) {
            try FactDocument(JSONValue(reading: text))
        }
        #expect(failure?.description.hasPrefix(words) == true, "\(failure?.description ?? "")")
    }
}
