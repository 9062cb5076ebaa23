import AWSClient
import DataAPIClient
import SigV4
import Synchronization
import Transport
import Wire

/// Measures a round trip of the Data API client - text and parameters to JSON, signature, libcurl on its
/// thread, and rows again - against a bare libcurl call of the same bytes, both to one server on this
/// machine that answers at once.
enum DataAPIBench {
    static let rounds = 20
    static let callsPerRound = 100
    /// A round trip may take so much longer than the bare call, in milliseconds.
    static let allowedMilliseconds = 0.2

    /// Prints medians, their difference and where it goes.
    ///
    /// - Returns: Whether the difference is within what is allowed.
    static func run() async throws -> Bool {
        let server = try BenchLoopbackServer(answer: answer)
        defer { server.stop() }
        let transport = RecordingTransport(CurlTransport(certificateBundle: nil))
        let client = client(over: transport, at: server.url)
        let instant = Self.client(over: InstantTransport(response: answer), at: server.url)
        try await query(client)
        guard let request = transport.request else { throw DataAPIBenchFailure.nothingSent }
        let bare = try BenchBareCurl(request)
        try bare.send()

        var (whole, alone, carried, inside) = (Sample(), Sample(), Sample(), Sample())
        for _ in 0..<rounds {
            for _ in 0..<callsPerRound { whole.add(try await time { try await query(client) }) }
            for _ in 0..<callsPerRound { alone.add(try await time { try bare.send() }) }
            for _ in 0..<callsPerRound {
                carried.add(
                    try await time { _ = try await transport.send(request, timeout: .seconds(5)) })
            }
            for _ in 0..<callsPerRound { inside.add(try await time { try await query(instant) }) }
        }
        let difference = whole.median - alone.median
        print("\(rounds * callsPerRound) calls each to a server on this machine, ms (median / p95)")
        print(row("Alex: a statement with three parameters, two rows back", whole))
        print(row("libcurl, easy interface: the same bytes", alone))
        print(row("of Alex: the request through Transport", carried))
        print(row("of Alex: everything but Transport", inside))
        print("  Alex takes \(rounded(difference)) ms longer, \(allowedMilliseconds) allowed")
        return difference <= allowedMilliseconds
    }

    private static func query(_ client: DataAPIClient) async throws {
        let rows = try await client.query(
            """
            SELECT symbol, name, current_price FROM instruments
            WHERE symbol = \("VTI") AND current_price > \(12.5) LIMIT \(2)
            """)
        guard rows.count == 2, try rows[1].required("symbol") == "BND" else {
            throw DataAPIBenchFailure.otherRows
        }
    }

    private static let answer = HTTPResponse(
        status: 200, headers: ["Content-Type": "application/json"],
        body: Array(
            #"""
            {"columnMetadata":[{"label":"symbol","name":"symbol","typeName":"varchar"},
            {"label":"name","name":"name","typeName":"varchar"},
            {"label":"current_price","name":"current_price","typeName":"numeric"}],
            "numberOfRecordsUpdated":0,"records":[
            [{"stringValue":"VTI"},{"stringValue":"Total Stock Market"},{"stringValue":"300.25"}],
            [{"stringValue":"BND"},{"stringValue":"Total Bond Market"},{"stringValue":"72.5"}]]}
            """#.utf8))

    private static func client(over transport: some HTTPTransport, at url: HTTPURL) -> DataAPIClient {
        DataAPIClient(
            cluster: "arn:aws:rds:us-east-1:123456789012:cluster:bench",
            secret: "arn:aws:secretsmanager:us-east-1:123456789012:secret:bench", database: "bench",
            configuration: AWSConfiguration(
                region: "us-east-1",
                credentials: Credentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret"),
                endpoints: Endpoints(all: url), transport: transport, retry: .never))
    }

    private static func time(_ work: () async throws -> Void) async throws -> Double {
        let watch = Stopwatch()
        try await work()
        return watch.milliseconds
    }

    private static func row(_ name: String, _ sample: Sample) -> String {
        "  \(name): \(rounded(sample.median)) / \(rounded(sample.p95))"
    }

    private static func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
}

enum DataAPIBenchFailure: Error, CustomStringConvertible {
    case nothingSent
    case otherRows
    case curl(code: Int, reason: String)

    var description: String {
        switch self {
        case .nothingSent: "the client has sent nothing"
        case .otherRows: "the client has read other rows than the server has sent"
        case .curl(let code, let reason): "libcurl: \(reason) (\(code))"
        }
    }
}

/// Remembers the last request on its way. A class because the client and the bench share it.
private final class RecordingTransport: HTTPTransport {
    private let inner: CurlTransport
    private let last = Mutex<HTTPRequest?>(nil)

    init(_ inner: CurlTransport) { self.inner = inner }

    var request: HTTPRequest? { last.withLock { $0 } }

    func send(_ request: HTTPRequest, timeout: Duration) async throws(TransportFailure) -> HTTPResponse {
        last.withLock { $0 = request }
        return try await inner.send(request, timeout: timeout)
    }
}
