import LocalCloud
import Testing
import Wire

/// One call of Converse through the endpoint, as a client would make it.
func converse(_ model: some ModelBackend, _ body: JSONValue) async throws -> JSONValue {
    let url = try #require(HTTPURL("http://127.0.0.1/model/test/converse"))
    let reply = await BedrockEndpoint(model).answer(HTTPRequest(.post, url, body: body.bytes))
    guard case .complete(let response) = reply else { return .null }
    return try JSONValue(reading: response.body)
}

extension JSONValue {
    var content: [JSONValue] { self["output"]?["message"]?["content"]?.array ?? [] }
    var toolInput: JSONValue { content.first { $0["toolUse"] != nil }?["toolUse"]?["input"] ?? .null }
    var answerText: String { content.compactMap { $0["text"]?.string }.joined() }
}
