import Quantities
import Wire

/// One event and what Lambda says about it.
package struct Invocation: Sendable {
    package var requestID: String
    package var functionARN: String
    /// When Lambda ends this invocation. On the monotonic clock, so that it can be handed on as the deadline of a remote call.
    package var deadline: ContinuousClock.Instant
    package var event: [UInt8]
    /// The value of `X-Amzn-Trace-Id`; not every region and emulator sends one.
    package var traceID: String?
    /// JSON that a mobile client sent along.
    package var clientContext: String?
    /// JSON: `{cognitoIdentityId, cognitoIdentityPoolId}`.
    package var cognitoIdentity: String?
    package var tenantID: String?
    /// Which attempt at the request this is; echoed with the answer, so that a late one is not taken for another attempt's.
    package var invocationID: String?
    package var contentType: String
    /// Carries the request id.
    package var log: Logger

    package init(
        event: [UInt8], requestID: String, functionARN: String = "",
        deadline: ContinuousClock.Instant = .now + Self.longestRun, traceID: String? = nil,
        log: Logger = Logger()
    ) {
        self.requestID = requestID
        self.functionARN = functionARN
        self.deadline = deadline
        self.event = event
        self.traceID = traceID
        self.contentType = "application/json"
        self.log = log
    }

    /// Time left before Lambda ends this invocation; negative when it is over.
    package var remainingTime: Duration { deadline - .now }

    /// The longest run Lambda allows, hence a true bound when no deadline was sent.
    package static let longestRun: Duration = .seconds(15 * 60)
}

extension Invocation {
    /// Reads the reply to `GET /runtime/invocation/next`.
    ///
    /// Only the request id is required. The deadline comes as wall time; the two readings of `now` bring it to the monotonic clock.
    ///
    /// - Returns: `nil` without a request id, for such an event cannot be answered.
    init?(_ reply: HTTPResponse, receivedAt wallTime: Timestamp, _ instant: ContinuousClock.Instant) {
        guard let requestID = reply.headers["Lambda-Runtime-Aws-Request-Id"], !requestID.isEmpty else {
            return nil
        }
        func header(_ name: String) -> String? {
            reply.headers[name].flatMap { $0.isEmpty ? nil : $0 }
        }
        let deadline = header("Lambda-Runtime-Deadline-Ms").flatMap { Int64($0) }
            .map { instant + (Timestamp(millisecondsSinceEpoch: $0) - wallTime) }
        self.init(
            event: reply.body, requestID: requestID,
            functionARN: header("Lambda-Runtime-Invoked-Function-Arn") ?? "",
            deadline: deadline ?? instant + Self.longestRun, traceID: header("Lambda-Runtime-Trace-Id"))
        clientContext = header("Lambda-Runtime-Client-Context")
        cognitoIdentity = header("Lambda-Runtime-Cognito-Identity")
        tenantID = header("Lambda-Runtime-Aws-Tenant-Id")
        invocationID = header("Lambda-Runtime-Invocation-Id")
        contentType = header("Content-Type") ?? "application/json"
    }
}
