import Quantities
import Wire

/// A streamed answer is one request with a chunked body. Its trailers say how it ended, and the connection is
/// closed after it.
///
/// Source: AWS, "Building a custom runtime for AWS Lambda", response streaming.
extension RuntimeAPIClient {
    private static let trailer =
        "Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body"

    package mutating func beginStream(
        contentType: String, to question: consuming Question
    ) throws(ControlPlaneFailure) {
        var head = "POST \(Self.version)/invocation/\(question.requestID)/response HTTP/1.1\r\n\(fields)"
        head += "Content-Type: \(contentType)\r\nLambda-Runtime-Function-Response-Mode: streaming\r\n"
        head += "Transfer-Encoding: chunked\r\nTrailer: \(Self.trailer)\r\n"
        if let attempt = question.invocation.invocationID {
            head += "Lambda-Runtime-Invocation-Id: \(attempt)\r\n"
        }
        do throws(ConnectionFailure) {
            try connection.open()
        } catch {
            throw ControlPlaneFailure(error, in: Self.call)
        }
        outgoing = Outgoing()
        outgoing.append((head + "\r\n").utf8)
    }

    package mutating func append(_ part: ArraySlice<UInt8>) {
        // A chunk without bytes would be the last one.
        guard !part.isEmpty else { return }
        outgoing.append((String(part.count, radix: 16) + "\r\n").utf8)
        outgoing.append(part)
        outgoing.append("\r\n".utf8)
    }

    package mutating func flush() throws(ControlPlaneFailure) -> Int32? {
        while !outgoing.isEmpty {
            if connection.hasEarlyReply { throw earlyEnd() }
            do throws(ConnectionFailure) {
                let count = try connection.sendWithoutWaiting(outgoing.rest)
                if count == 0 { return connection.descriptor }
                outgoing.drop(count)
            } catch {
                throw earlyEnd()
            }
        }
        return nil
    }

    package mutating func endStream(
        _ failure: ReportedFailure?, by deadline: Timestamp
    ) throws(ControlPlaneFailure) {
        outgoing.append("0\r\n".utf8)
        if let failure {
            outgoing.append("Lambda-Runtime-Function-Error-Type: \(failure.errorType)\r\n".utf8)
            let body = Base64.encode(failure.json.bytes)
            outgoing.append("Lambda-Runtime-Function-Error-Body: \(body)\r\n".utf8)
        }
        outgoing.append("\r\n".utf8)
        while let descriptor = try flush() {
            guard systemTime() < deadline else {
                connection.disconnect()
                throw .streamCutOff(reason: "its end was not taken before the deadline")
            }
            SystemCalls.wait(for: descriptor, or: -1, until: deadline)
        }
        if let failure = try Self.failure(in: lastReply(), to: Self.call) { throw failure }
    }

    private mutating func lastReply() throws(ControlPlaneFailure) -> HTTPResponse {
        do throws(ConnectionFailure) {
            return try connection.receiveAndDisconnect()
        } catch {
            throw Self.cutOff(error)
        }
    }

    /// Lambda has spoken, or closed the connection, before the answer was complete.
    private mutating func earlyEnd() -> ControlPlaneFailure {
        outgoing = Outgoing()
        do throws(ConnectionFailure) {
            let reply = try connection.receiveAndDisconnect()
            return Self.failure(in: reply, to: Self.call)
                ?? .streamCutOff(reason: "Lambda answered \(reply.status) before its end")
        } catch {
            return Self.cutOff(error)
        }
    }

    private static func cutOff(_ failure: ConnectionFailure) -> ControlPlaneFailure {
        switch failure {
        case .broken(let reason): .streamCutOff(reason: "the connection broke: \(reason)")
        case .malformed(let reason): .malformedReply(call: call, reason: reason)
        }
    }

    private static let call = "response"
}

/// Bytes in the order in which they leave.
struct Outgoing {
    private var bytes: [UInt8] = []
    private var sentCount = 0

    var isEmpty: Bool { bytes.isEmpty }
    var rest: ArraySlice<UInt8> { bytes[sentCount...] }

    mutating func append(_ more: some Collection<UInt8>) { bytes += more }

    mutating func drop(_ count: Int) {
        sentCount += count
        guard sentCount == bytes.count else { return }
        bytes.removeAll(keepingCapacity: true)
        sentCount = 0
    }
}
