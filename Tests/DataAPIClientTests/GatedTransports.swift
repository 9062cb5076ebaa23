import AWSClient
import Quantities
import SigV4
import Wire

/// Holds back the answer to the first statement until it is opened.
actor GatedTransport: HTTPTransport {
    private(set) var paths: [String] = []
    private var isOpen = false
    private var waitingForStatement: [CheckedContinuation<Void, Never>] = []
    private var waitingForGate: [CheckedContinuation<Void, Never>] = []

    func send(_ request: HTTPRequest, timeout: Duration) async throws(TransportFailure) -> HTTPResponse {
        let isFirst = !paths.contains("/Execute")
        paths.append(request.url.path)
        if request.url.path == "/Execute" && isFirst {
            waitingForStatement.forEach { $0.resume() }
            waitingForStatement = []
            if !isOpen { await withCheckedContinuation { waitingForGate.append($0) } }
        }
        return .transactional
    }

    func waitForStatement() async {
        if paths.contains("/Execute") { return }
        await withCheckedContinuation { waitingForStatement.append($0) }
    }

    func open() {
        isOpen = true
        waitingForGate.forEach { $0.resume() }
        waitingForGate = []
    }
}

/// Fails in a cancelled task, as the live transport does.
actor CancellableTransport: HTTPTransport {
    private(set) var answered: [String] = []

    func send(_ request: HTTPRequest, timeout: Duration) async throws(TransportFailure) -> HTTPResponse {
        if Task.isCancelled { throw .cancelled }
        answered.append(request.url.path)
        return .transactional
    }
}

extension HTTPResponse {
    /// Answers every operation of a transaction.
    static let transactional = HTTPResponse(
        status: 200,
        body: JSONValue.object(["transactionId": "t1", "numberOfRecordsUpdated": 1]).bytes)
}

extension AWSConfiguration {
    static func gated(_ transport: some HTTPTransport) -> AWSConfiguration {
        AWSConfiguration(
            region: "us-east-1",
            credentials: Credentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret"),
            transport: transport, retry: .never, now: { Timestamp(secondsSinceEpoch: 0) })
    }
}
