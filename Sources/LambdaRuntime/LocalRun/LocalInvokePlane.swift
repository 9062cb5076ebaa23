import Quantities
import Wire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A function without Lambda: events come by HTTP, answers go back the same way.
///
/// `POST /invoke`, or the path of Lambda's own Invoke, so that an AWS client whose endpoint for Lambda is
/// this address can be used, too. One event at a time; other callers wait. There is no time limit but the
/// function's own, `AWS_LAMBDA_FUNCTION_TIMEOUT` in seconds.
package struct LocalInvokePlane: ControlPlane, ~Copyable {
    /// Where to listen: `127.0.0.1:7000`.
    package static let variable = "ALEX_LOCAL_RUN"
    /// How many callers may be connected; then the one that has been silent for longest without a whole
    /// request goes.
    package static let mostConnections = 64

    private let listener: LocalListener
    private let functionARN: String
    private let timeout: Duration
    private let log: Logger
    private let requestID: @Sendable () -> String

    /// From whom no whole request has come yet.
    private var connections: [LocalConnection] = []
    /// Who has had its answer and may have sent the next request already.
    private var resuming: [LocalConnection] = []
    private var waiting: [(call: LocalCall, caller: LocalCaller?)] = []
    /// Who waits for the answer to the event that is being handled.
    private var caller: LocalCaller?
    /// The answer that is going out part by part.
    private var stream: LocalStream?

    /// - Parameter requestID: Makes the identifier of each invocation.
    package init(
        _ listener: LocalListener, environment: [String: String], log: Logger,
        requestID: @escaping @Sendable () -> String = Self.randomID
    ) {
        self.listener = listener
        self.log = log
        self.requestID = requestID
        let region = environment["AWS_REGION"] ?? environment["AWS_DEFAULT_REGION"] ?? "us-east-1"
        let name = environment["AWS_LAMBDA_FUNCTION_NAME"] ?? "function"
        functionARN = "arn:aws:lambda:\(region):123456789012:function:\(name)"
        timeout =
            environment["AWS_LAMBDA_FUNCTION_TIMEOUT"].flatMap { Int($0) }.map { .seconds($0) }
            ?? Invocation.longestRun
    }

    @Sendable package static func randomID() -> String {
        var random = SystemRandomNumberGenerator()
        return UUID(using: &random).description
    }

    // MARK: Events

    package mutating func next() throws(ControlPlaneFailure) -> Question {
        // An invocation that nobody answered, because its answer could not be handed in.
        (caller, stream) = (nil, nil)
        while waiting.isEmpty { try waitForArrivals() }
        let (call, caller) = waiting.removeFirst()
        self.caller = caller
        var invocation = Invocation(
            event: call.event, requestID: requestID(), functionARN: functionARN, deadline: .now + timeout,
            traceID: call.traceID)
        invocation.clientContext = call.clientContext
        invocation.tenantID = call.tenantID
        return Question(invocation)
    }

    private mutating func waitForArrivals() throws(ControlPlaneFailure) {
        guard resuming.isEmpty else {
            let connection = resuming.removeFirst()
            receive(connection.next(), from: connection)
            return
        }
        var states = [pollfd(fd: listener.descriptor, events: Int16(POLLIN), revents: 0)]
        states += connections.map { pollfd(fd: $0.socket, events: Int16(POLLIN), revents: 0) }
        guard poll(&states, nfds_t(states.count), -1) >= 0 || errno == EINTR else {
            throw .brokenConnection(call: "next", reason: SystemCalls.lastError)
        }
        let ready = zip(connections, states.dropFirst()).filter { $1.revents != 0 }.map(\.0)
        for connection in ready { receive(connection.receive(), from: connection) }
        if states[0].revents != 0, let connection = listener.accept() {
            if connections.count == Self.mostConnections { connections.removeFirst() }
            connections.append(connection)
        }
    }

    private mutating func receive(_ arrival: LocalConnection.Arrival, from connection: LocalConnection) {
        connections.removeAll { $0 === connection }
        switch arrival {
        case .part:
            connections.append(connection)
        case .expectsContinue:
            if connection.send(LocalReply.goOn) { connections.append(connection) }
        case .failure(.endOfConnection(let isInsideMessage)):
            if isInsideMessage { log.warn("a caller has gone before its request was complete") }
        case .failure(.malformed(let reason)):
            refuse(.malformed(reason), connection)
        case .failure(.tooLarge(let reason)):
            refuse(.tooLarge(reason), connection)
        case .request(let request):
            receive(request, from: connection)
        }
    }

    private mutating func receive(_ request: HTTPMessageReader.Message, from connection: LocalConnection) {
        var caller = LocalCaller(connection, request.head)
        do throws(LocalRefusal) {
            let call = try LocalCall(request)
            caller.isLambdaInvoke = call.isLambdaInvoke
            switch call.kind {
            case .requestResponse:
                waiting.append((call, caller))
            case .event:
                waiting.append((call, nil))
                send(LocalReply(status: 202), to: caller)
            case .dryRun:
                send(LocalReply(status: 204), to: caller)
            }
        } catch {
            log.warn("a request was refused", ["reason": .string(error.message)])
            send(error.reply, to: caller)
        }
    }

    // MARK: Answers

    package mutating func respond(
        _ body: [UInt8], to question: consuming Question
    ) throws(ControlPlaneFailure) {
        answer(LocalReply(status: 200, body: body), to: question)
    }

    package mutating func fail(
        _ failure: ReportedFailure, to question: consuming Question
    ) throws(ControlPlaneFailure) {
        var reply = LocalReply(status: 500, body: failure.json.bytes)
        if caller?.isLambdaInvoke == true { reply.status = 200 }
        reply.headers["X-Amz-Function-Error"] = "Unhandled"
        answer(reply, to: question)
    }

    /// The runtime has said so in the log; nobody else waits for it.
    package mutating func failInitialization(_ failure: ReportedFailure) throws(ControlPlaneFailure) {}

    private mutating func answer(_ reply: LocalReply, to question: consuming Question) {
        guard let caller = caller.take() else { return }
        var reply = reply
        for (name, value) in Self.headers(question.invocation).fields { reply.headers[name] = value }
        reply.headers["Content-Type"] = "application/json"
        send(reply, to: caller)
    }

    private static func headers(_ invocation: Invocation) -> HTTPHeaders {
        ["X-Amzn-RequestId": invocation.requestID, "X-Amz-Executed-Version": "$LATEST"]
    }

    private mutating func send(_ reply: LocalReply, to caller: LocalCaller) {
        guard caller.connection.send(reply.bytes(keepsConnection: caller.keepsConnection)) else {
            log.warn("a caller has gone before it had its answer")
            return
        }
        if caller.keepsConnection { resuming.append(caller.connection) }
    }

    // MARK: Answers part by part

    package mutating func beginStream(
        contentType: String, to question: consuming Question
    ) throws(ControlPlaneFailure) {
        guard let caller = caller.take() else { return }
        stream = LocalStream(to: caller, contentType: contentType, Self.headers(question.invocation))
    }

    package mutating func append(_ part: ArraySlice<UInt8>) { stream?.append(part) }

    package mutating func flush() throws(ControlPlaneFailure) -> Int32? { try stream?.flush() }

    package mutating func endStream(
        _ failure: ReportedFailure?, by deadline: Timestamp
    ) throws(ControlPlaneFailure) {
        stream?.end(failure)
        while let descriptor = try stream?.flush() {
            guard systemTime() < deadline else {
                throw .streamCutOff(reason: "its end was not taken before the deadline")
            }
            SystemCalls.wait(for: descriptor, or: -1, until: deadline)
        }
        guard let caller = stream.take()?.caller else { return }
        if caller.keepsConnection { resuming.append(caller.connection) }
    }

    private func refuse(_ refusal: LocalRefusal, _ connection: LocalConnection) {
        log.warn("a request was refused", ["reason": .string(refusal.message)])
        if connection.send(refusal.reply.bytes(keepsConnection: false)) { connection.hangUp() }
    }
}
