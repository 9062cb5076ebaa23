import Wire

/// Vector buckets, indexes and vectors as PostgreSQL keeps them: a database of its own beside the product's,
/// made with the first bucket.
///
/// Numbers are kept as they are in memory, and texts as their bytes, for a key may hold what PostgreSQL's
/// `text` may not.
actor VectorStore {
    static let defaultDatabase = "s3_vectors"

    private let address: DatabaseAddress
    private let database: String
    private var connection: PostgresConnection?

    /// - Parameter database: Its name; letters, digits and underscores.
    init(_ address: DatabaseAddress, database: String = defaultDatabase) {
        self.address = address
        self.database = database
    }

    /// Everything but the vectors; nothing when there is no such database yet.
    func load() async throws -> [VectorBucket] {
        guard try await exists() else { return [] }
        let connection = try await connected()
        let buckets = try await connection.rows("SELECT name, settings FROM vector_buckets", columns: 2)
        let indexes = try await connection.rows(
            "SELECT id, bucket, name, settings FROM vector_indexes", columns: 4)
        var found: [String: VectorBucket] = [:]
        for row in buckets {
            let settings = try JSONValue(reading: row[1])
            guard let bucket = VectorBucket(name: row[0], settings: settings) else {
                throw VectorStoreFailure.notUnderstood("the vector bucket \(row[0])")
            }
            found[bucket.name] = bucket
        }
        for row in indexes {
            let name = VectorIndexName(bucket: row[1], index: row[2])
            let settings = try JSONValue(reading: row[3])
            guard let id = Int64(row[0]), let index = VectorIndex(id: id, name: name, settings: settings)
            else { throw VectorStoreFailure.notUnderstood("the vector index \(name.arn)") }
            found[name.bucket]?.indexes[name.index] = index
        }
        return Array(found.values)
    }

    func save(_ bucket: VectorBucket) async throws {
        _ = try await connected().run(
            """
            INSERT INTO vector_buckets (name, settings) VALUES ($1, $2)
            ON CONFLICT (name) DO UPDATE SET settings = excluded.settings
            """, [SQLParameter(text: bucket.name), SQLParameter(text: bucket.settings.text)])
    }

    func deleteBucket(_ name: String) async throws {
        _ = try await connected().run(
            "DELETE FROM vector_buckets WHERE name = $1", [SQLParameter(text: name)])
    }

    /// - Returns: The index's number.
    func save(_ index: VectorIndex) async throws -> Int64 {
        let rows = try await connected().rows(
            """
            INSERT INTO vector_indexes (bucket, name, settings) VALUES ($1, $2, $3)
            ON CONFLICT (bucket, name) DO UPDATE SET settings = excluded.settings
            RETURNING id
            """,
            [
                SQLParameter(text: index.name.bucket), SQLParameter(text: index.name.index),
                SQLParameter(text: index.settings.text),
            ], columns: 1)
        guard let id = rows.first.flatMap({ Int64($0[0]) }) else {
            throw VectorStoreFailure.notUnderstood("the vector index \(index.name.arn)")
        }
        return id
    }

    func deleteIndex(_ id: Int64) async throws {
        _ = try await connected().run("DELETE FROM vector_indexes WHERE id = \(id)")
    }

    /// All of them or, when it throws, none.
    func put(_ vectors: [StoredVector], in index: Int64) async throws {
        let document = JSONValue.array(vectors.map(\.json))
        _ = try await connected().run(
            """
            INSERT INTO vectors (index_id, serial, key, numbers, metadata)
            SELECT \(index), serial, decode(key, 'base64'), decode(numbers, 'base64'),
                decode(metadata, 'base64')
            FROM json_to_recordset($1::json) AS new (serial bigint, key text, numbers text, metadata text)
            ON CONFLICT (index_id, serial) DO UPDATE
            SET numbers = excluded.numbers, metadata = excluded.metadata
            """, [SQLParameter(text: document.text)])
    }

    func delete(_ serials: [Int64], from index: Int64) async throws {
        let list = serials.map(String.init).joined(separator: ", ")
        guard !list.isEmpty else { return }
        _ = try await connected().run("DELETE FROM vectors WHERE index_id = \(index) AND serial IN (\(list))")
    }

    func table(of index: VectorIndex) async throws -> VectorTable {
        try await connected().table(of: index)
    }

    func close() { connection = nil }

    /// A connection that has broken is replaced.
    private func connected() async throws -> PostgresConnection {
        if let connection, await connection.isUsable { return connection }
        if try await !exists() { try await create() }
        let opened = try await PostgresConnection.open(address, database: database, settings: [:])
        for statement in Self.schema { _ = try await opened.run(statement) }
        connection = opened
        return opened
    }

    private func exists() async throws -> Bool {
        let server = try await PostgresConnection.open(address, database: "postgres", settings: [:])
        return try await !server.rows(
            "SELECT datname FROM pg_database WHERE datname = $1", [SQLParameter(text: database)], columns: 1
        ).isEmpty
    }

    private func create() async throws {
        let server = try await PostgresConnection.open(address, database: "postgres", settings: [:])
        _ = try await server.run("CREATE DATABASE \"\(database)\"")
    }

    private static let schema = [
        "SET client_min_messages = warning",
        "CREATE TABLE IF NOT EXISTS vector_buckets (name text PRIMARY KEY, settings text NOT NULL)",
        """
        CREATE TABLE IF NOT EXISTS vector_indexes (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            bucket text NOT NULL REFERENCES vector_buckets, name text NOT NULL, settings text NOT NULL,
            UNIQUE (bucket, name))
        """,
        """
        CREATE TABLE IF NOT EXISTS vectors (
            index_id bigint NOT NULL REFERENCES vector_indexes ON DELETE CASCADE, serial bigint NOT NULL,
            key bytea NOT NULL, numbers bytea NOT NULL, metadata bytea NOT NULL,
            PRIMARY KEY (index_id, serial))
        """,
    ]
}

/// A vector on its way to the database or back.
struct StoredVector: Sendable {
    let key: String
    let serial: Int64
    let numbers: [Float]
    let metadata: [String: JSONValue]?

    fileprivate var json: JSONValue {
        let metadata = metadata.map { JSONValue.object($0).bytes } ?? []
        return [
            "serial": .number(Int(serial)), "key": .string(Base64.encode(key.utf8)),
            "numbers": .string(numbers.withUnsafeBytes { Base64.encode($0) }),
            "metadata": .string(Base64.encode(metadata)),
        ]
    }
}

extension StoredVector {
    /// From serial number, key, numbers and metadata, the last three in hexadecimal; `nil` when they are not.
    fileprivate init?(_ row: PostgresRow) {
        guard let serial = row.text(0).flatMap({ Int64($0) }), let key = Hexadecimal.bytes(row.text(1)),
            let numbers = Hexadecimal.bytes(row.text(2)), let metadata = Hexadecimal.bytes(row.text(3)),
            numbers.count % MemoryLayout<Float>.size == 0
        else { return nil }
        self.key = String(decoding: key, as: UTF8.self)
        self.serial = serial
        self.numbers = numbers.withUnsafeBytes { bytes in
            (0..<bytes.count / MemoryLayout<Float>.size).map { index in
                bytes.loadUnaligned(fromByteOffset: index * MemoryLayout<Float>.size, as: Float.self)
            }
        }
        guard !metadata.isEmpty else {
            self.metadata = nil
            return
        }
        do {
            self.metadata = try JSONValue(reading: metadata).object
        } catch {
            return nil
        }
    }
}

private enum Hexadecimal {
    /// `nil` for what is not a row of pairs of digits.
    static func bytes(_ text: String?) -> [UInt8]? {
        guard let text else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count / 2)
        var high: UInt8?
        for character in text.utf8 {
            let digit: UInt8
            switch character {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = character - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = character - UInt8(ascii: "a") + 10
            default: return nil
            }
            if let first = high {
                bytes.append(first << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        return high == nil ? bytes : nil
    }
}

extension SQLParameter {
    /// A text whose type the statement says.
    init(text: String) {
        name = ""
        type = 0
        self.text = text
    }
}

extension PostgresConnection {
    /// The rows of a statement; NULL is an empty text.
    fileprivate func rows(_ sql: String, _ parameters: [SQLParameter] = [], columns: Int) throws -> [[String]]
    {
        var rows: [[String]] = []
        _ = try run(sql, parameters) { row in rows.append((0..<columns).map { row.text($0) ?? "" }) }
        return rows
    }

    /// Row by row, for all of them in hexadecimal would take as much memory again, and twice.
    fileprivate func table(of index: VectorIndex) throws -> VectorTable {
        var table = VectorTable(dimension: index.dimension, metric: index.metric)
        var isUnderstood = true
        _ = try run(
            """
            SELECT serial, substr(key::text, 3), substr(numbers::text, 3), substr(metadata::text, 3)
            FROM vectors WHERE index_id = \(index.id) ORDER BY serial
            """
        ) { row in
            guard let vector = StoredVector(row), vector.numbers.count == index.dimension else {
                isUnderstood = false
                return
            }
            table.put(vector.key, serial: vector.serial, vector.numbers, metadata: vector.metadata)
        }
        guard isUnderstood else { throw VectorStoreFailure.notUnderstood("a vector of \(index.name.arn)") }
        return table
    }
}

/// Why the vectors of the database cannot be read.
enum VectorStoreFailure: Error, Hashable, CustomStringConvertible {
    case notUnderstood(String)

    var description: String {
        switch self {
        case .notUnderstood(let what): "\(what) is not as this version writes it"
        }
    }
}
