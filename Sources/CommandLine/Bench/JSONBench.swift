import AWSClient
import DataAPIClient
import SigV4
import Wire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Measures how fast the answer to a statement becomes rows: ours through the whole client but for the
/// network, botocore's through its parser alone. The same bytes, one thread each, in processor time, so that
/// other programs on the machine do not count.
enum JSONBench {
    static let rows = 10_000
    static let runs = 31
    /// botocore's time over ours has to be at least this.
    static let wantedRatio = 5.0
    static let witness = BenchScript(path: "scripts/rows_botocore.py", needs: "botocore")

    /// Prints medians, ratios and whether both sides have read the same.
    ///
    /// - Returns: Whether Alex is fast enough and reads what botocore reads.
    static func run() async throws -> Bool {
        let body = answer()
        let client = client(answering: body)
        var found: [Row] = []
        let rowsTime = try await median {
            found = try await client.query("SELECT * FROM positions", isRepeatable: true)
        }
        var tree = JSONValue.null
        let treeTime = try await median { tree = try JSONValue(reading: body) }
        let script = try witness.run(["body": .string(String(decoding: body, as: UTF8.self)), "runs": 11])
        guard let botocore = script["rows_milliseconds"]?.double,
            let python = script["tree_milliseconds"]?.double, let theirs = script["digest"]
        else { throw BenchScriptFailure.notUnderstood(witness, answer: script.text) }
        let ours = Digest(found)
        let ratio = botocore / rowsTime
        let megabytes = Double(body.count) / 1e6
        print("\(found.count) rows x 6 columns, \(rounded(megabytes)) MB of JSON, processor time, medians")
        print("  rows: Alex \(rounded(rowsTime)) ms, botocore's parser \(rounded(botocore)) ms")
        print("    Alex is \(rounded(ratio)) times as fast, \(wantedRatio) wanted")
        print("  a tree of the same bytes: Alex \(rounded(treeTime)) ms, Python's json \(rounded(python)) ms")
        let isSame = ours.json == theirs && tree["records"]?.array?.count == rows
        print("  both read \(isSame ? "the same values" : "DIFFERENT VALUES: \(ours.json.text)")")
        return ratio >= wantedRatio && isSame
    }

    /// What is left of the rows when their order and their form are taken away.
    private struct Digest {
        var nulls = 0
        var textBytes = 0
        var longs = 0
        var doubles = 0.0

        init(_ rows: [Row]) {
            for field in rows.lazy.flatMap(\.fields) {
                switch field {
                case .null: nulls += 1
                case .string(let text): textBytes += text.utf8.count
                case .long(let number): longs += Int(number)
                case .double(let number): doubles += number
                case .boolean, .blob, .array: break
                }
            }
        }

        var json: JSONValue {
            [
                "nulls": .number(nulls), "textBytes": .number(textBytes), "longs": .number(longs),
                "doubles": .number(doubles),
            ]
        }
    }

    /// What the Data API answers for a table of positions: a UUID, a name, an integer, a NUMERIC, a float and
    /// a moment that is sometimes NULL.
    static func answer() -> [UInt8] {
        let columns: [(String, String)] = [
            ("id", "uuid"), ("name", "varchar"), ("lot", "int8"), ("quantity", "numeric"),
            ("weight", "float8"), ("updated_at", "timestamptz"),
        ]
        let metadata = columns.map { name, type -> JSONValue in
            [
                "arrayBaseColumnType": 0, "isAutoIncrement": false, "isCaseSensitive": false,
                "isCurrency": false, "isSigned": true, "label": .string(name), "name": .string(name),
                "nullable": 1, "precision": 19, "scale": 0, "schemaName": "", "tableName": "positions",
                "type": 12, "typeName": .string(type),
            ]
        }
        let records = (0..<rows).map { JSONValue.array(record($0)) }
        let answer: JSONValue = [
            "columnMetadata": .array(metadata), "numberOfRecordsUpdated": 0, "records": .array(records),
        ]
        return answer.bytes
    }

    private static func record(_ row: Int) -> [JSONValue] {
        let hash = UInt64(row + 1) &* 0x9E37_79B9_7F4A_7C15
        let digits = String(hash, radix: 16)
        let id = String(repeating: "0", count: 16 - digits.count) + digits
        // Every tenth name needs escapes and more than ASCII.
        let name = row % 10 == 0 ? "Fonds \"Équilibre\" \(row)" : "Total Stock Market \(row)"
        return [
            ["stringValue": .string("6f1c1f9e-3d86-4a5c-\(id.prefix(4))-\(id.suffix(12))")],
            ["stringValue": .string(name)],
            ["longValue": .number(Int(hash >> 34))],
            ["stringValue": .string("\(hash >> 48).\(1_000_000 + hash % 8_999_999)")],
            // Sixteenths, so that every order of summing gives the same.
            ["doubleValue": .number(Double(hash >> 40) / 16 + 0.0625)],
            row % 7 == 0
                ? ["isNull": true] : ["stringValue": .string("2026-11-21 08:\(10 + row % 50):00.25")],
        ]
    }

    private static func client(answering body: [UInt8]) -> DataAPIClient {
        DataAPIClient(
            cluster: "arn:aws:rds:us-east-1:123456789012:cluster:bench",
            secret: "arn:aws:secretsmanager:us-east-1:123456789012:secret:bench", database: "bench",
            configuration: AWSConfiguration(
                region: "us-east-1",
                credentials: Credentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret"),
                transport: InstantTransport(response: HTTPResponse(status: 200, body: body)), retry: .never))
    }

    /// Milliseconds of processor time, of ``runs`` runs.
    private static func median(_ work: () async throws -> Void) async throws -> Double {
        try await work()
        var sample = Sample()
        for _ in 0..<runs {
            let start = processorMilliseconds
            try await work()
            sample.add(processorMilliseconds - start)
        }
        return sample.median
    }

    /// Of the whole process, for a task may change its thread.
    private static var processorMilliseconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1e6
    }

    private static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}

/// Has the answer before it is asked.
struct InstantTransport: HTTPTransport {
    let response: HTTPResponse

    func send(_ request: HTTPRequest, timeout: Duration) async throws(TransportFailure) -> HTTPResponse {
        response
    }
}
