import CPostgres
import NIOPosix

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One connection to PostgreSQL over libpq.
///
/// libpq blocks, so every connection has a thread of its own, which is this actor's executor: neither the
/// event loops nor Swift's concurrency pool ever wait for the database.
actor PostgresConnection {
    private nonisolated let thread = ConnectionThread()
    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    nonisolated let database: String
    private var link: Link?
    private var handle: OpaquePointer? { link?.handle }
    private var typesByOID = PostgresType.byOID

    private init(database: String) { self.database = database }

    /// - Parameter settings: Connection options beside the address, such as `-c statement_timeout=45000`.
    static func open(_ address: DatabaseAddress, database: String, settings: [String: String])
        async throws(PostgresFailure) -> PostgresConnection
    {
        let connection = PostgresConnection(database: database)
        try await connection.connect(address, settings)
        return connection
    }

    private func connect(_ address: DatabaseAddress, _ settings: [String: String]) throws(PostgresFailure) {
        let options = settings.sorted { $0.key < $1.key }.map { "-c \($0.key)=\($0.value)" }.joined(
            separator: " ")
        let parameters = [
            ("host", address.host), ("port", String(address.port)), ("user", address.user),
            ("dbname", database),
            ("client_encoding", "UTF8"), ("connect_timeout", "5"), ("options", options),
        ]
        link = Self.withCStrings(parameters.map(\.0)) { names in
            Self.withCStrings(parameters.map(\.1)) { values in Link(PQconnectdbParams(names, values, 0)) }
        }
        guard PQstatus(handle) == CONNECTION_OK else {
            throw .notConnected(Self.text(PQerrorMessage(handle)))
        }
    }

    /// Runs one statement and hands each row to `receive` as it arrives.
    ///
    /// - Parameter receive: Throws to stop: the statement is cancelled then, and the failure passed on.
    func run(
        _ sql: String, _ parameters: [SQLParameter] = [],
        receive: (PostgresRow) throws(ServiceFailure) -> Void = { _ in }
    ) throws -> PostgresOutcome {
        try send(sql, parameters)
        var outcome = PostgresOutcome()
        var refusal: ServiceFailure?
        var failure: PostgresFailure?
        while let result = PQgetResult(handle) {
            defer { PQclear(result) }
            switch PQresultStatus(result) {
            case PGRES_SINGLE_TUPLE where refusal == nil:
                outcome.describe(result)
                do throws(ServiceFailure) {
                    try receive(PostgresRow(result: result))
                } catch {
                    refusal = error
                    cancel()
                }
            case PGRES_TUPLES_OK, PGRES_COMMAND_OK:
                outcome.describe(result)
                outcome.finish(result)
            case PGRES_SINGLE_TUPLE, PGRES_EMPTY_QUERY: break
            case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
                failure = .copyNotSupported
                // The protocol has no way back from here but a new connection.
                link = nil
            default: failure = PostgresFailure(result)
            }
            if link == nil { break }
        }
        if let refusal { throw refusal }
        if let failure { throw failure }
        return outcome
    }

    var isUsable: Bool { PQstatus(handle) == CONNECTION_OK }
    var isInTransaction: Bool { PQtransactionStatus(handle) != PQTRANS_IDLE }

    /// The types of a result's columns; enumerations and other types of the database's own are looked up
    /// once.
    func types(of oids: [UInt32]) throws -> [PostgresType] {
        for oid in Set(oids) where typesByOID[oid] == nil {
            var found = PostgresType.unsupported("oid \(oid)")
            _ = try run(
                "SELECT t.typname, t.typtype, e.typname, e.typtype FROM pg_type t "
                    + "LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A' WHERE t.oid = \(oid)"
            ) { row in
                let name = row.text(0) ?? ""
                if row.text(1) == "e" {
                    found = .enumeration(name)
                } else if row.text(3) == "e", let element = row.text(2) {
                    found = PostgresType(name: name, jdbcType: 2003, shape: .array(of: .enumeration(element)))
                } else {
                    found = .unsupported(name)
                }
            }
            typesByOID[oid] = found
        }
        return oids.map { typesByOID[$0] ?? .unsupported("oid \($0)") }
    }

    private func send(_ sql: String, _ parameters: [SQLParameter]) throws(PostgresFailure) {
        let types = parameters.map(\.type)
        let sent = Self.withCStrings(parameters.map(\.text)) { values in
            PQsendQueryParams(handle, sql, Int32(parameters.count), types, values, nil, nil, 0)
        }
        guard sent == 1 else { throw .interrupted(Self.text(PQerrorMessage(handle))) }
        PQsetSingleRowMode(handle)
    }

    private func cancel() {
        guard let cancellation = PQgetCancel(handle) else { return }
        var reason = [CChar](repeating: 0, count: 256)
        PQcancel(cancellation, &reason, Int32(reason.count))
        PQfreeCancel(cancellation)
    }

    /// Closes the connection when nobody holds it any more; a class for the sake of its `deinit`.
    private final class Link {
        let handle: OpaquePointer?

        init(_ handle: OpaquePointer?) { self.handle = handle }

        deinit { PQfinish(handle) }
    }

    static func text(_ pointer: UnsafePointer<CChar>?) -> String {
        pointer.map { String(cString: $0) } ?? ""
    }

    /// A C array of C strings that ends with a null pointer; valid during `body`.
    private static func withCStrings<Result>(
        _ strings: [String?], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Result
    ) -> Result {
        let copies = strings.map { $0.map { strdup($0) } ?? nil }
        defer { copies.forEach { free($0) } }
        let pointers = copies.map { $0.map { UnsafePointer($0) } } + [nil]
        return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
    }
}

/// Where PostgreSQL listens, and as whom to come.
package struct DatabaseAddress: Sendable, Hashable {
    package let host: String
    package let port: Int
    package let user: String

    package static let defaultUser = "alex"

    package init(host: String = "127.0.0.1", port: Int, user: String = defaultUser) {
        self.host = host
        self.port = port
        self.user = user
    }
}

/// Runs one actor's jobs on one thread.
private final class ConnectionThread: SerialExecutor {
    private let pool = NIOThreadPool(numberOfThreads: 1)

    init() { pool.start() }

    deinit { pool.shutdownGracefully { _ in } }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = asUnownedSerialExecutor()
        pool.submit { _ in job.runSynchronously(on: executor) }
    }
}
