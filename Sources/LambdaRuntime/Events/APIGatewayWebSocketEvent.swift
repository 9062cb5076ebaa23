import Quantities
import Wire

/// What happens on a connection of an API Gateway WebSocket API.
///
/// Source: AWS, "Set up WebSocket API integration requests", and the `requestContext` variables of its
/// mapping templates.
package struct APIGatewayWebSocketEvent: Sendable {
    package enum Kind: Sendable, Equatable {
        /// Somebody wants to connect; an answer that is not 2xx refuses. Headers and query come with this
        /// event alone.
        case connect
        /// A frame that a client has sent, at most 128 KiB.
        case message([UInt8])
        /// The connection is gone. Best effort: API Gateway may not say so.
        ///
        /// - Parameter code: As in RFC 6455, such as 1001; `nil` when it was not said.
        case disconnect(code: Int?, reason: String)
    }

    package var kind: Kind
    /// `$connect`, `$disconnect`, `$default`, or a route of the API's own.
    package var routeKey: String
    /// The name to send to; ends with `=`, so it has to be encoded in paths.
    package var connectionID: String
    package var connectedAt: Timestamp?
    package var receivedAt: Timestamp?
    package var requestID: String
    /// Of messages.
    package var messageID: String?
    package var headers: HTTPHeaders
    /// Decoded pairs; a name may occur more than once.
    package var query: [(name: String, value: String)]
    package var sourceIP: String
    package var domainName: String
    package var stage: String
    /// What a Lambda authorizer of `$connect` has said; API Gateway repeats it with each event.
    package var authorizer: [String: JSONValue]

    package init(
        _ kind: Kind, connectionID: String, routeKey: String = "$default", domainName: String = "",
        stage: String = "", headers: HTTPHeaders = [:], query: [(name: String, value: String)] = []
    ) {
        self.kind = kind
        self.routeKey = routeKey
        self.connectionID = connectionID
        connectedAt = nil
        receivedAt = nil
        requestID = ""
        messageID = nil
        self.headers = headers
        self.query = query
        sourceIP = ""
        self.domainName = domainName
        self.stage = stage
        authorizer = [:]
    }

    package init(reading event: [UInt8]) throws(EventFailure) {
        let json: JSONValue
        do { json = try JSONValue(reading: event) } catch { throw .notJSON(error) }
        try self.init(json)
    }

    package init(_ json: JSONValue) throws(EventFailure) {
        func malformed(_ member: String) -> EventFailure {
            .malformed(event: "API Gateway, WebSocket", member: member)
        }
        guard let context = json["requestContext"], context.object != nil else {
            throw malformed("requestContext")
        }
        guard let connectionID = context["connectionId"]?.string, !connectionID.isEmpty else {
            throw malformed("requestContext.connectionId")
        }
        switch context["eventType"]?.string {
        case "CONNECT":
            kind = .connect
        case "MESSAGE":
            guard let body = EventBody.bytes(of: json) else { throw malformed("body") }
            kind = .message(body)
        case "DISCONNECT":
            kind = .disconnect(
                code: context["disconnectStatusCode"]?.int, reason: context["disconnectReason"]?.string ?? "")
        default:
            throw malformed("requestContext.eventType")
        }
        self.connectionID = connectionID
        routeKey = context["routeKey"]?.string ?? "$default"
        connectedAt = Self.moment(context["connectedAt"])
        receivedAt = Self.moment(context["requestTimeEpoch"])
        requestID = context["requestId"]?.string ?? ""
        messageID = context["messageId"]?.string
        headers = HTTPHeaders(HTTPHeaders.pairs(json["multiValueHeaders"], otherwise: json["headers"]))
        query = HTTPHeaders.pairs(
            json["multiValueQueryStringParameters"], otherwise: json["queryStringParameters"])
        sourceIP = context["identity"]?["sourceIp"]?.string ?? ""
        domainName = context["domainName"]?.string ?? ""
        stage = context["stage"]?.string ?? ""
        authorizer = context["authorizer"]?.object ?? [:]
    }

    /// Whether an event is one of these and not of another kind.
    package static func isOne(_ json: JSONValue) -> Bool {
        json["requestContext"]?["connectionId"]?.string != nil
            && json["requestContext"]?["eventType"]?.string != nil
    }

    /// Where the management API of this connection answers: below it, `/@connections/{id}`. A domain of the
    /// API's own has a base path in the place of the stage, which the event does not say.
    package var managementAddress: String { "https://\(domainName)/\(stage)" }

    private static func moment(_ milliseconds: JSONValue?) -> Timestamp? {
        milliseconds?.int.map { Timestamp(millisecondsSinceEpoch: Int64($0)) }
    }
}

/// What a function behind a WebSocket API answers.
package struct APIGatewayWebSocketResponse: Sendable, Equatable {
    /// To `$connect`, anything but 2xx refuses the connection.
    package var status: Int
    /// To `$connect` alone, such as `Sec-WebSocket-Protocol`.
    package var headers: HTTPHeaders
    /// To a message, sent to the client where the route has a route response.
    package var body: [UInt8]

    package init(status: Int = 200, headers: HTTPHeaders = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    package var json: JSONValue {
        var members: [String: JSONValue] = ["statusCode": .number(status)]
        let headers = Dictionary(headers.fields.map { ($0.name, JSONValue.string($0.value)) }) { $1 }
        if !headers.isEmpty { members["headers"] = .object(headers) }
        if !body.isEmpty { members.merge(EventBody.members(body, headers: [:])) { $1 } }
        return .object(members)
    }

    package var bytes: [UInt8] { json.bytes }
}
