import Wire

/// An extension inside the runtime that does nothing. Where there is one, Lambda tells the runtime by SIGTERM
/// that the sandbox is coming to its end; where there is none, it ends it without a word.
///
/// Source: AWS, "Using the Lambda Extensions API to create extensions".
struct InternalExtension: ~Copyable {
    static let name = "alex-shutdown"
    private static let version = "/2020-01-01/extension"

    private var connection: RuntimeConnection
    private let host: String

    init(_ address: String) throws(ControlPlaneFailure) {
        guard let parsed = RuntimeAddress(address) else { throw .noAddress(address) }
        connection = RuntimeConnection(parsed)
        host = address
    }

    /// Registers for no events, and asks for the next one, for which nobody will ever wait. To be called
    /// before the first `next` of the runtime.
    consuming func park() throws(ControlPlaneFailure) {
        let identifier = try register()
        let head =
            "GET \(Self.version)/event/next HTTP/1.1\r\nHost: \(host)\r\n"
            + "Lambda-Extension-Identifier: \(identifier)\r\n\r\n"
        do throws(ConnectionFailure) {
            try connection.park(head: Array(head.utf8))
        } catch {
            throw ControlPlaneFailure(error, in: "extension/event/next")
        }
    }

    private mutating func register() throws(ControlPlaneFailure) -> String {
        let call = "extension/register"
        let body = Array(#"{"events":[]}"#.utf8)
        let head =
            "POST \(Self.version)/register HTTP/1.1\r\nHost: \(host)\r\n"
            + "Lambda-Extension-Name: \(Self.name)\r\nContent-Type: application/json\r\n"
            + "Content-Length: \(body.count)\r\n\r\n"
        let reply: HTTPResponse
        do throws(ConnectionFailure) {
            reply = try connection.exchange(head: Array(head.utf8), body: body)
        } catch {
            throw ControlPlaneFailure(error, in: call)
        }
        if let failure = RuntimeAPIClient.failure(in: reply, to: call) { throw failure }
        guard let identifier = reply.headers["Lambda-Extension-Identifier"] else {
            throw .malformedReply(call: call, reason: "there is no identifier")
        }
        return identifier
    }
}
