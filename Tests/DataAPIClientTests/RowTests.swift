import AWSClient
import DataAPIClient
import Fakes
import Quantities
import Testing
import Wire

/// Rows are what the client makes of an answer, so these tests go through it.
@Suite struct RowTests {
    @Test func `every kind of column is read by its type`() async throws {
        let row = try await goldenRow()
        #expect(try row.optional("nothing", as: String.self) == nil)
        #expect(try row.required("flag") == false)
        #expect(try row.required("small") == -7)
        #expect(try row.required("big") == Int.max)
        #expect(try row.required("serial") == 1)
        #expect(try row.required("ratio") == 0.1)
        #expect(try row.required("price") == #require(Decimal("1234567890.12345678")))
        #expect(try row.required("name") == "[not json")
        #expect(try row.required("document") == JSONValue(reading: #"{"a":[1,2.50]}"#))
        #expect(try row.required("id", as: UUID.self).description == "6f1c1f9e-3d86-4a5c-9a1e-2f5f0c9b7a10")
        #expect(try row.required("day") == #require(CalendarDate(year: 2026, month: 11, day: 21)))
        #expect(
            try row.required("moment", as: Timestamp.self).description == "2026-11-21T08:00:00.250Z")
        #expect(
            try row.required("whole_second", as: Timestamp.self).description == "2026-11-21T08:00:00.000Z")
        #expect(try row.required("status") == "pending")
        #expect(try row.bytes("bytes") == [0, 255])
        #expect(try row.array("words") == ["a", "b,c"])
        #expect(try row.array("no_words", of: String.self) == [])
        #expect(try row.array("numbers") == [1, -2])
        #expect(try row.array("ratios") == [0.5, 1.5])
        #expect(try row.array("flags") == [true, false])
    }

    @Test func `nested arrays keep their shape`() async throws {
        let row = try await goldenRow()
        #expect(row.fields.last == .array([.array([.long(1), .long(2)]), .array([])]))
        #expect(row.columns.last?.type == .array(of: .integer("int4")))
    }

    @Test func `the fixture holds every kind of field the service knows`() throws {
        let fixture = try GoldenFixture(service: "rds-data")
        let model = try #require(fixture.document["model"])
        let record = try #require(fixture.cases[1]["answer"]?["records"]?.array?.first?.array)
        let members = Set(record.compactMap { $0.object?.keys.first })
        #expect(members == Set(try #require(model["fieldMembers"]?.array).compactMap(\.string)))
        let arrays = Set(record.compactMap { $0["arrayValue"]?.object?.keys.first })
        #expect(arrays == Set(try #require(model["arrayMembers"]?.array).compactMap(\.string)))
    }

    @Test(arguments: ["123456789012345678", "-0.000000000000000001", "99999999999999.9999", "0", "100.00"])
    func `NUMERIC keeps all its digits`(digits: String) async throws {
        let row = try await row("numeric", ["stringValue": .string(digits)])
        #expect(try row.required("value", as: Decimal.self) == #require(Decimal(digits)))
    }

    @Test(arguments: [
        "2026-11-21 08:00:00.25", "2026-11-21 08:00:00.250000", "2026-11-21 08:00:00.25+00",
        "2026-11-21 10:00:00.25+02:00", "2026-11-21T08:00:00.250Z",
    ])
    func `a moment without an offset is in UTC, with one it is moved there`(text: String) async throws {
        let row = try await row("timestamptz", ["stringValue": .string(text)])
        #expect(try row.required("value", as: Timestamp.self).description == "2026-11-21T08:00:00.250Z")
    }

    @Test func `text that looks like a document stays text`() async throws {
        let row = try await row("text", ["stringValue": "{\"a\":1}"])
        #expect(try row.required("value") == "{\"a\":1}")
        #expect(throws: DataAPIFailure.self) { try row.required("value", as: JSONValue.self) }
    }

    @Test func `doubles without a number in JSON are read as AWS writes them`() async throws {
        #expect(try await row("float8", ["doubleValue": "NaN"]).required("value", as: Double.self).isNaN)
        #expect(try await row("float8", ["doubleValue": "-Infinity"]).required("value") == -Double.infinity)
    }

    @Test func `a failure names column, type and what was expected, and no value`() async throws {
        let row = try await row("uuid", ["stringValue": "6f1c1f9e-3d86-4a5c-9a1e-2f5f0c9b7a10"])
        #expect(
            description { try row.required("value", as: Decimal.self) }
                == "column value is uuid and holds a string, which cannot be read as Decimal")
        #expect(description { try row.required("valeu", as: Int.self) } == "no column valeu; there are value")
        let null = try await self.row("text", ["isNull": true])
        #expect(
            description { try null.required("value", as: String.self) }
                == "column value is NULL, expected String")
    }

    @Test func `an enumeration is read and bound as its word`() async throws {
        let row = try await row("text", ["stringValue": "low"])
        #expect(try row.required("value", as: Level.self) == .low)
        let statement: SQLStatement = "\(Level.low)"
        #expect(statement.parameters.first?.value == .string("low"))
        let stranger = try await self.row("text", ["stringValue": "medium"])
        #expect(throws: DataAPIFailure.self) { try stranger.required("value", as: Level.self) }
    }

    private enum Level: String, SQLValue { case low }

    @Test func `two columns of one name are not guessed between`() async throws {
        let answer: JSONValue = [
            "records": [[["longValue": 1], ["longValue": 2]]],
            "columnMetadata": [["label": "id", "typeName": "int4"], ["label": "id", "typeName": "int4"]],
        ]
        let client = DataAPIClient.scripted(ScriptedTransport([.json(answer)]))
        let row = try #require(try await client.query("SELECT").first)
        #expect(throws: DataAPIFailure.malformedRow(.ambiguousColumn("id"))) {
            try row.required("id", as: Int.self)
        }
    }

    @Test(arguments: [
        #"{"records":[[{"longValue":1}]],"x":["]"],"columnMetadata":[{"label":"a","typeName":"int4"}]}"#,
        #"{"columnMetadata":[{"typeName":"int4","x":{},"label":"a"}],"records":[[{"longValue":1}]]}"#,
        #" { "records" : [ [ { "longValue" : 1e0 } ] ] , "columnMetadata":[{"name":"a","typeName":"int4"}]}"#,
    ])
    func `members may come in any order, with others between them`(answer: String) async throws {
        let client = DataAPIClient.scripted(ScriptedTransport([.text(answer)]))
        #expect(try await client.query("SELECT").first?.required("a") == 1)
    }

    @Test(arguments: ["{}", #"{"records":null}"#, #"{"records":[],"columnMetadata":null}"#])
    func `no records are no rows`(answer: String) async throws {
        let client = DataAPIClient.scripted(ScriptedTransport([.text(answer)]))
        #expect(try await client.query("DELETE").isEmpty)
    }

    @Test(arguments: [
        #"{"records":[[{"longValue":1}]]}"#,
        #"{"records":[[{"longValue":"1"}]],"columnMetadata":[{"label":"a","typeName":"int4"}]}"#,
        #"{"records":[[{"imaginaryValue":1}]],"columnMetadata":[{"label":"a","typeName":"int4"}]}"#,
        #"{"records":[[{}]],"columnMetadata":[{"label":"a","typeName":"int4"}]}"#,
        #"{"records":[[{"blobValue":"%"}]],"columnMetadata":[{"label":"a","typeName":"bytea"}]}"#,
        #"{"records":[[]],"columnMetadata":[{"label":"a","typeName":"int4"}]}"#,
        #"{"records":[[{"longValue":1}]],"columnMetadata":[{"label":"a"}]}"#,
        #"{"records":[[{"longValue":1,"longValue":2}]],"columnMetadata":[{"label":"a","typeName":"int4"}]}"#,
        #"{"records":[[{"isNull":false}]],"columnMetadata":[{"label":"a","typeName":"int4"}]}"#,
        #"{"records":[[{"longValue":1.5}]],"columnMetadata":[{"label":"a","typeName":"int4"}]}"#,
        #"{"records":[[{"arrayValue":{}}]],"columnMetadata":[{"label":"a","typeName":"_int4"}]}"#,
        #"{"records":[[{"doubleValue":"nan"}]],"columnMetadata":[{"label":"a","typeName":"float8"}]}"#,
        #"{"records":{}}"#, "[]", "null", "{", #"{"records":[]}}"#, "<html>",
    ])
    func `an answer of another shape is a failure and no guess`(answer: String) async throws {
        let client = DataAPIClient.scripted(ScriptedTransport([.text(answer)]))
        let failure = await #expect(throws: DataAPIFailure.self) { try await client.query("SELECT") }
        guard case .service(let service) = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(service.kind == .malformedResponse)
    }

    private func goldenRow() async throws -> Row {
        let answer = try #require(try GoldenFixture(service: "rds-data").cases[1]["answer"])
        let client = DataAPIClient.scripted(ScriptedTransport([.json(answer)]))
        return try #require(try await client.query("SELECT * FROM samples").first)
    }

    /// A row of one column, `value`.
    private func row(_ typeName: String, _ field: JSONValue) async throws -> Row {
        let answer: JSONValue = [
            "records": [[field]], "columnMetadata": [["label": "value", "typeName": .string(typeName)]],
        ]
        let client = DataAPIClient.scripted(ScriptedTransport([.json(answer)]))
        return try #require(try await client.query("SELECT").first)
    }

    private func description<Value>(_ body: () throws -> Value) -> String? {
        let failure = #expect(throws: DataAPIFailure.self) { _ = try body() }
        if case .malformedRow(let failure) = failure { return failure.description }
        return failure?.description
    }
}
