import LocalCloud
import Quantities
import Testing
import Wire

@Suite(.timeLimit(.minutes(2))) struct DataAPIFieldTests {
    static let values: [(sql: String, field: JSONValue)] = [
        ("SELECT NULL::text", ["isNull": true]),
        ("SELECT true", ["booleanValue": true]),
        ("SELECT 7::int2", ["longValue": 7]),
        ("SELECT 9007199254740993::int8", ["longValue": 9_007_199_254_740_993]),
        ("SELECT 0.1::float8", ["doubleValue": 0.1]),
        ("SELECT 'NaN'::float8", ["doubleValue": "NaN"]),
        ("SELECT 1234567890.12345678::numeric(20,8)", ["stringValue": "1234567890.12345678"]),
        ("SELECT 'é \"quoted\"'::text", ["stringValue": "é \"quoted\""]),
        ("SELECT '\\x00ff'::bytea", ["blobValue": "AP8="]),
        (
            "SELECT '6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b'::uuid",
            ["stringValue": "6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b"]
        ),
        ("SELECT '{\"a\":1}'::jsonb", ["stringValue": "{\"a\": 1}"]),
        ("SELECT '2026-11-21'::date", ["stringValue": "2026-11-21"]),
        ("SELECT '2026-11-21 10:00:00.25+02'::timestamptz", ["stringValue": "2026-11-21 08:00:00.25"]),
        ("SELECT '2026-11-21 08:00:00'::timestamp", ["stringValue": "2026-11-21 08:00:00"]),
        ("SELECT ARRAY[1,2]", ["arrayValue": ["longValues": [1, 2]]]),
        ("SELECT ARRAY['a,b','\"c\"','NULL']", ["arrayValue": ["stringValues": ["a,b", "\"c\"", "NULL"]]]),
        ("SELECT '{}'::bool[]", ["arrayValue": ["booleanValues": []]]),
        ("SELECT ARRAY[0.5::float8]", ["arrayValue": ["doubleValues": [0.5]]]),
    ]

    @Test(arguments: values) func `a value of PostgreSQL becomes its kind of field`(
        sql: String, field: JSONValue
    ) async throws {
        #expect(try await LocalDataAPI().value(sql) == field)
    }

    static let parameters: [(sql: String, parameter: JSONValue, field: JSONValue)] = [
        ("SELECT :x", parameter("x", ["stringValue": "it's; --"]), ["stringValue": "it's; --"]),
        ("SELECT :x + 1", parameter("x", ["longValue": 41]), ["longValue": 42]),
        ("SELECT :x", parameter("x", ["doubleValue": 0.1]), ["doubleValue": 0.1]),
        ("SELECT NOT :x", parameter("x", ["booleanValue": true]), ["booleanValue": false]),
        ("SELECT :x::text", parameter("x", ["isNull": true]), ["isNull": true]),
        ("SELECT :x", parameter("x", ["blobValue": "AP8="]), ["blobValue": "AP8="]),
        ("SELECT :x", parameter("x", ["stringValue": "1.50"], hint: "DECIMAL"), ["stringValue": "1.50"]),
        (
            "SELECT :x->>'a'", parameter("x", ["stringValue": "{\"a\":\"b\"}"], hint: "JSON"),
            ["stringValue": "b"]
        ),
        (
            "SELECT :x", parameter("x", ["stringValue": "2026-02-01"], hint: "DATE"),
            ["stringValue": "2026-02-01"]
        ),
        (
            "SELECT :x", parameter("x", ["stringValue": "08:00:00.5"], hint: "TIME"),
            ["stringValue": "08:00:00.5"]
        ),
        (
            "SELECT :x", parameter("x", ["stringValue": "2026-02-01 08:00:00.123456"], hint: "TIMESTAMP"),
            ["stringValue": "2026-02-01 08:00:00.123456"]
        ),
    ]

    @Test(arguments: parameters) func `a parameter arrives with its type`(
        sql: String, parameter: JSONValue, field: JSONValue
    ) async throws {
        #expect(try await LocalDataAPI().value(sql, [parameter]) == field)
    }

    @Test func `a string is not a uuid until a hint or a cast says so`() async throws {
        let api = try await LocalDataAPI()
        let id: JSONValue = ["stringValue": "6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b"]
        let plain = try await api.execute("SELECT gen_random_uuid() = :id", [parameter("id", id)])
        #expect(plain.code == "DatabaseErrorException")
        #expect(plain.body["message"]?.string?.hasSuffix("SQLState: 42883") == true)
        #expect(
            try await api.value("SELECT gen_random_uuid() = :id::uuid", [parameter("id", id)]) == [
                "booleanValue": false
            ])
        #expect(
            try await api.value("SELECT gen_random_uuid() = :id", [parameter("id", id, hint: "UUID")])
                == ["booleanValue": false])
    }

    @Test func `decimals and longs travel as the call wishes`() async throws {
        let api = try await LocalDataAPI()
        let options: JSONValue = ["decimalReturnType": "DOUBLE_OR_LONG", "longReturnType": "STRING"]
        let answer = try await api.execute(
            "SELECT 1.5::numeric, 2::numeric, 3::int8", [], ["resultSetOptions": options])
        #expect(answer.body["records"] == [[["doubleValue": 1.5], ["longValue": 2], ["stringValue": "3"]]])
    }

    @Test func `columns are described as JDBC describes them`() async throws {
        let api = try await LocalDataAPI()
        let transaction = try await api.begin()
        _ = try await api.execute(
            "CREATE TABLE described (id serial, price numeric(12,4) NOT NULL, tags text[])", [],
            ["transactionId": transaction])
        let answer = try await api.execute(
            "SELECT id, price AS cost, tags, now() FROM described", [],
            ["transactionId": transaction, "includeResultMetadata": true])
        _ = try await api.post("/RollbackTransaction", ["transactionId": transaction])
        let columns = try required(answer.body["columnMetadata"]?.array)
        #expect(columns.map { $0["typeName"] } == ["serial", "numeric", "_text", "timestamptz"])
        #expect(columns.map { $0["type"] } == [4, 2, 2003, 93])
        #expect(columns.map { $0["label"] } == ["id", "cost", "tags", "now"])
        #expect(columns.map { $0["tableName"] } == ["described", "described", "described", ""])
        #expect(columns.map { $0["nullable"] } == [0, 0, 1, 2])
        #expect(columns[1]["precision"] == 12 && columns[1]["scale"] == 4)
        #expect(columns[2]["arrayBaseColumnType"] == 12)
    }

    @Test func `records can be had as one JSON text`() async throws {
        let api = try await LocalDataAPI()
        let answer = try await api.execute(
            "SELECT 1 AS a, ARRAY['x'] AS b, NULL AS c", [], ["formatRecordsAs": "JSON"])
        #expect(answer.body["formattedRecords"] == #"[{"a":1,"b":["x"],"c":null}]"#)
        #expect(answer.body["records"] == nil)
        let twice = try await api.execute("SELECT 1 AS a, 2 AS a", [], ["formatRecordsAs": "JSON"])
        #expect(twice.code == "UnsupportedResultException")
    }

    @Test(arguments: ["SELECT '1'::money", "SELECT point(1,2)", "SELECT ARRAY[[1],[2]]"])
    func `a type the service does not know is refused`(sql: String) async throws {
        #expect(try await LocalDataAPI().execute(sql).code == "UnsupportedResultException")
    }
}
