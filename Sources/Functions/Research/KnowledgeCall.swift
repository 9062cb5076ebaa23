import Knowledge
import LambdaRuntime
import Wire

/// A call to the knowledge base, whichever way it came: through the REST API, or by another function.
///
/// A program with a key sends a request, and gets an HTTP status. A function sends the members themselves,
/// alone or as `body`, and gets the answer alone; what is refused is a failure, ``KnowledgeRefusal``.
struct KnowledgeCall {
    let members: [String: JSONValue]

    /// Reads an event, has it answered, and gives the answer the form in which whoever has sent it waits.
    ///
    /// - Parameter result: The member of an answer that is worth a word in the log.
    /// - Throws: ``KnowledgeRefusal`` to a function.
    static func handle(
        _ invocation: Invocation, as title: String, result: String,
        _ answer: (KnowledgeCall) async throws(KnowledgeAnswer) -> KnowledgeAnswer
    ) async throws -> [UInt8] {
        let json = try JSONValue(reading: invocation.event)
        let reply: KnowledgeAnswer
        do throws(KnowledgeAnswer) {
            reply = try await answer(KnowledgeCall(json))
        } catch {
            reply = error
        }
        var fields: [String: JSONValue] = ["status": .number(reply.status)]
        fields[result] = reply.members[result]
        fields["reason"] = reply.members["error"]
        invocation.log.info(title, fields)
        return try reply.bytes(isRequest: APIGatewayV1Request.isOne(json))
    }

    /// - Throws: ``KnowledgeAnswer`` for what cannot be read.
    private init(_ json: JSONValue) throws(KnowledgeAnswer) {
        let body: JSONValue
        if APIGatewayV1Request.isOne(json) {
            body = try Self.body(of: json)
        } else if let text = json["body"]?.string {
            body = try Self.json(Array(text.utf8))
        } else {
            body = json["body"] ?? json
        }
        guard let members = body.object else {
            throw KnowledgeAnswer(status: 400, error: "the body must be a JSON object, not \(body.kind)")
        }
        self.members = members
    }

    private static func body(of json: JSONValue) throws(KnowledgeAnswer) -> JSONValue {
        let request: APIGatewayV1Request
        do {
            request = try APIGatewayV1Request(json)
        } catch {
            throw KnowledgeAnswer(status: 400, error: error.description)
        }
        return try Self.json(request.body)
    }

    private static func json(_ bytes: [UInt8]) throws(KnowledgeAnswer) -> JSONValue {
        guard !bytes.isEmpty else {
            throw KnowledgeAnswer(status: 400, error: "the request has no body: send a JSON object")
        }
        do {
            return try JSONValue(reading: bytes)
        } catch {
            throw KnowledgeAnswer(status: 400, error: "the body is \(error)")
        }
    }

    /// The text of a member; a member that is absent or no text is a mistake.
    func text(_ name: String) throws(KnowledgeAnswer) -> String {
        guard let value = members[name], !value.isNull else {
            throw KnowledgeAnswer(status: 400, error: "`\(name)` is missing")
        }
        guard let text = value.string else {
            throw KnowledgeAnswer(status: 400, error: "`\(name)` must be text, not \(value.kind)")
        }
        return text
    }
}

/// What the knowledge base answers: an HTTP status and a document.
struct KnowledgeAnswer: Error, Equatable {
    var status: Int
    var members: [String: JSONValue]
    var retryAfterSeconds: Int?

    init(status: Int = 200, _ members: [String: JSONValue]) {
        self.status = status
        self.members = members
    }

    init(status: Int, error: String) {
        self.init(status: status, ["error": .string(error)])
    }

    init(_ failure: KnowledgeFailure) {
        let status =
            switch failure {
            case .invalid: 400
            case .tooLarge: 413
            case .outOfTime: 504
            case .embedding, .noVectors, .vectors, .model: failure.isThrottling ? 429 : 502
            }
        self.init(status: status, error: failure.description)
        if failure.isThrottling { retryAfterSeconds = Self.pauseSeconds }
    }

    private static let pauseSeconds = 5

    fileprivate func bytes(isRequest: Bool) throws(KnowledgeRefusal) -> [UInt8] {
        guard isRequest else {
            if let reason = members["error"]?.string {
                throw KnowledgeRefusal(status: status, reason: reason)
            }
            return JSONValue.object(members).bytes
        }
        var response = APIGatewayV1Response.json(.object(members), status: status)
        if let retryAfterSeconds { response.headers["retry-after"] = String(retryAfterSeconds) }
        return response.bytes
    }
}

/// What another function is told when the knowledge base does not do what it asks for.
package struct KnowledgeRefusal: Error, Equatable, CustomStringConvertible {
    /// As over HTTP: 429 and what is above may be worth another try.
    let status: Int
    let reason: String

    package var description: String { "\(reason) (status \(status))" }
}
