import Wire

/// Reads HTTP/1.1 replies from bytes as they come: feed it what was received, get a reply when there is one.
package struct HTTPReplyReader: Sendable {
    package struct Reply: Sendable, Equatable {
        package var response: HTTPResponse
        /// Whether the connection can carry another request.
        package var keepsConnection: Bool
    }

    /// A guard against an endless head; Lambda's client context alone may take 3,583 bytes.
    package static let largestHeadBytes = 64 * 1024
    /// A guard against an endless body; Lambda's largest event has 6,291,556 bytes.
    package static let largestBodyBytes = 64 * 1024 * 1024

    private var reader = HTTPMessageReader(
        .reply, largestHeadBytes: Self.largestHeadBytes, largestBodyBytes: Self.largestBodyBytes)

    package init() {}

    /// - Returns: The reply, once it is complete. Then the reader is ready for the next one.
    /// - Throws: ``HTTPReplyFailure``; the connection is of no use after it.
    package mutating func receive(_ bytes: ArraySlice<UInt8>) throws(HTTPReplyFailure) -> Reply? {
        var rest = bytes
        do throws(HTTPMessageFailure) {
            guard let message = try reader.receive(&rest) else { return nil }
            var reply = Self.reply(message)
            // Nobody asked for what follows the reply, so it cannot be the answer to the next request.
            if !rest.isEmpty { reply.keepsConnection = false }
            return reply
        } catch {
            throw HTTPReplyFailure(error)
        }
    }

    /// The other side has closed the connection.
    package mutating func receiveEnd() throws(HTTPReplyFailure) -> Reply {
        do throws(HTTPMessageFailure) {
            return Self.reply(try reader.receiveEnd())
        } catch {
            throw HTTPReplyFailure(error)
        }
    }

    private static func reply(_ message: HTTPMessageReader.Message) -> Reply {
        let status = if case .status(let status) = message.head.startLine { status } else { 0 }
        return Reply(
            response: HTTPResponse(status: status, headers: message.head.headers, body: message.body),
            keepsConnection: message.head.keepsConnection)
    }
}

/// Why bytes are no HTTP reply.
package enum HTTPReplyFailure: Error, Equatable {
    case endOfConnection(isInsideReply: Bool)
    case malformed(String)

    fileprivate init(_ failure: HTTPMessageFailure) {
        self =
            switch failure {
            case .endOfConnection(let isInsideMessage): .endOfConnection(isInsideReply: isInsideMessage)
            case .malformed(let reason), .tooLarge(let reason): .malformed(reason)
            }
    }
}
