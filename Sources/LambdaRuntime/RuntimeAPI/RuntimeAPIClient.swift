import Quantities
import Wire

/// The Lambda Runtime API, version 2018-06-01, over one connection that is kept from call to call.
///
/// Source: AWS, "Using the Lambda runtime API for custom runtimes".
package struct RuntimeAPIClient: ControlPlane, SnapshotControlPlane, ~Copyable {
    /// Lambda's limit for an answer: 6 MiB and 100 bytes.
    package static let largestResponseBytes = 6 * 1024 * 1024 + 100
    /// Lambda notes the first word as the release of the runtime.
    package static let userAgent = "aws-lambda-swift-alex/1.0"

    static let version = "/2018-06-01/runtime"

    var connection: RuntimeConnection
    /// The header lines of every request.
    let fields: String
    /// What of a streamed answer has still to be sent, a few chunks at most.
    var outgoing = Outgoing()

    /// - Parameter address: The value of `AWS_LAMBDA_RUNTIME_API`.
    package init(_ address: String) throws(ControlPlaneFailure) {
        guard let parsed = RuntimeAddress(address) else { throw .noAddress(address) }
        connection = RuntimeConnection(parsed)
        fields = "Host: \(address)\r\nUser-Agent: \(Self.userAgent)\r\n"
    }

    package mutating func next() throws(ControlPlaneFailure) -> Question {
        let head = "GET \(Self.version)/invocation/next HTTP/1.1\r\n\(fields)\r\n"
        let reply = try exchange("next", head, body: [])
        guard let invocation = Invocation(reply, receivedAt: systemTime(), .now) else {
            throw .malformedReply(call: "next", reason: "there is no request id")
        }
        return Question(invocation)
    }

    package mutating func respond(
        _ body: [UInt8], to question: consuming Question
    ) throws(ControlPlaneFailure) {
        try post("invocation/\(question.requestID)/response", body, attempt: question.invocation.invocationID)
    }

    package mutating func fail(
        _ failure: ReportedFailure, to question: consuming Question
    ) throws(ControlPlaneFailure) {
        try post(
            "invocation/\(question.requestID)/error", failure.json.bytes,
            attempt: question.invocation.invocationID, errorType: failure.errorType,
            cause: failure.xRayCause(workingDirectory: SystemCalls.workingDirectory))
    }

    package mutating func failInitialization(_ failure: ReportedFailure) throws(ControlPlaneFailure) {
        try post("init/error", failure.json.bytes, errorType: failure.errorType)
    }

    package mutating func awaitRestore() throws(ControlPlaneFailure) {
        let head = "GET \(Self.version)/restore/next HTTP/1.1\r\n\(fields)\r\n"
        _ = try exchange("restore", head, body: [])
        // The socket is the original's; each copy gets its own.
        connection.disconnect()
    }

    package mutating func failRestore(_ failure: ReportedFailure) throws(ControlPlaneFailure) {
        try post("restore/error", failure.json.bytes, errorType: failure.errorType)
    }

    private mutating func post(
        _ path: String, _ body: [UInt8], attempt: String? = nil, errorType: String? = nil,
        cause: String? = nil
    ) throws(ControlPlaneFailure) {
        var head = "POST \(Self.version)/\(path) HTTP/1.1\r\n\(fields)Content-Type: application/json\r\n"
        head += "Content-Length: \(body.count)\r\n"
        if let attempt { head += "Lambda-Runtime-Invocation-Id: \(attempt)\r\n" }
        if let errorType { head += "Lambda-Runtime-Function-Error-Type: \(errorType)\r\n" }
        if let cause { head += "Lambda-Runtime-Function-XRay-Error-Cause: \(cause)\r\n" }
        _ = try exchange(String(path.split(separator: "/").last ?? ""), head + "\r\n", body: body)
    }

    /// - Parameter call: The call's name in failures.
    private mutating func exchange(
        _ call: String, _ head: String, body: [UInt8]
    ) throws(ControlPlaneFailure) -> HTTPResponse {
        let reply: HTTPResponse
        do {
            reply = try connection.exchange(head: Array(head.utf8), body: body)
        } catch {
            throw ControlPlaneFailure(error, in: call)
        }
        if let failure = Self.failure(in: reply, to: call) { throw failure }
        return reply
    }

    static func failure(in reply: HTTPResponse, to call: String) -> ControlPlaneFailure? {
        switch reply.status {
        case 200..<300: nil
        case 500...: .containerError(call: call, status: reply.status)
        default: .refused(call: call, status: reply.status, reason: reason(of: reply))
        }
    }

    /// `{"errorMessage", "errorType"}` as Lambda writes it.
    private static func reason(of reply: HTTPResponse) -> String {
        do throws(JSONFailure) {
            let json = try JSONValue(reading: reply.body)
            let parts = [json["errorType"]?.string, json["errorMessage"]?.string].compactMap { $0 }
            return parts.isEmpty ? "no reason given" : parts.joined(separator: ": ")
        } catch {
            return "no reason given"
        }
    }
}

extension Question {
    var requestID: String { invocation.requestID }
}

extension ControlPlaneFailure {
    init(_ failure: ConnectionFailure, in call: String) {
        switch failure {
        case .broken(let reason): self = .brokenConnection(call: call, reason: reason)
        case .malformed(let reason): self = .malformedReply(call: call, reason: reason)
        }
    }
}
