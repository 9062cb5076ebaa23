import LocalCloud
import Synchronization
import Testing
import Wire

/// Against a small fake of the chat completions protocol.
@Suite struct OpenAIModelTests {
    private static let conversation: JSONValue =
        [
            "system": [["text": "Be brief."]],
            "messages": [
                ["role": "user", "content": [["text": "a"]]],
                [
                    "role": "assistant",
                    "content": [
                        ["text": "let me see"],
                        ["toolUse": ["toolUseId": "1", "name": "look", "input": ["at": "VTI"]]],
                    ],
                ],
                [
                    "role": "user",
                    "content": [
                        [
                            "toolResult": [
                                "toolUseId": "1", "content": [["json": ["price": 3]]], "status": "error",
                            ]
                        ],
                        ["text": "and now answer"],
                    ],
                ],
            ],
            "inferenceConfig": ["maxTokens": 100, "temperature": 0, "stopSequences": ["END"]],
            "toolConfig": [
                "tools": [
                    [
                        "toolSpec": [
                            "name": "look", "description": "d",
                            "inputSchema": ["json": ["type": "object"]],
                        ]
                    ]
                ],
                "toolChoice": ["tool": ["name": "look"]],
            ],
        ]

    @Test func `a conversation is translated, tools, calls and results`() async throws {
        let server = FakeChatServer(answering: completion(["content": "Hello", "role": "assistant"], "stop"))
        let reply = try await converse(
            server.model, Self.conversation)
        #expect(reply.answerText == "Hello")
        #expect(reply["stopReason"] == "end_turn")
        #expect(reply["usage"] == ["inputTokens": 7, "outputTokens": 3, "totalTokens": 10])
        let sent = try #require(server.requests.first)
        #expect(sent.url.description == "http://127.0.0.1:11434/v1/chat/completions")
        #expect(sent.headers["Authorization"] == "Bearer secret")
        #expect(
            try JSONValue(reading: sent.body) == [
                "model": "llama", "max_tokens": 100, "temperature": 0, "stop": ["END"],
                "messages": [
                    ["role": "system", "content": "Be brief."], ["role": "user", "content": "a"],
                    [
                        "role": "assistant", "content": "let me see",
                        "tool_calls": [
                            [
                                "id": "1", "type": "function",
                                "function": ["name": "look", "arguments": #"{"at":"VTI"}"#],
                            ]
                        ],
                    ],
                    ["role": "tool", "tool_call_id": "1", "content": #"Error: {"price":3}"#],
                    ["role": "user", "content": "and now answer"],
                ],
                "tools": [
                    [
                        "type": "function",
                        "function": ["name": "look", "description": "d", "parameters": ["type": "object"]],
                    ]
                ],
                "tool_choice": ["type": "function", "function": ["name": "look"]],
            ])
    }

    @Test func `tool calls become tool uses, whatever the server calls the end`() async throws {
        let call: JSONValue = ["id": "c1", "function": ["name": "look", "arguments": #"{"at":"VTI"}"#]]
        let server = FakeChatServer(answering: completion(["content": nil, "tool_calls": [call]], "stop"))
        let reply = try await converse(server.model, question)
        #expect(reply["stopReason"] == "tool_use")
        #expect(reply.content == [["toolUse": ["toolUseId": "c1", "name": "look", "input": ["at": "VTI"]]]])
    }

    @Test func `counts of tokens that cannot be are none`() async throws {
        let body: JSONValue = [
            "choices": [["message": ["content": "x"], "finish_reason": "stop"]],
            "usage": ["prompt_tokens": .number(Int.max), "completion_tokens": .number(Int.max)],
        ]
        let server = FakeChatServer(answering: HTTPResponse(status: 200, body: body.bytes))
        let reply = try await converse(server.model, question)
        #expect(reply["usage"] == ["inputTokens": 0, "outputTokens": 0, "totalTokens": 0])
    }

    @Test(arguments: [("length", "max_tokens"), ("content_filter", "content_filtered"), ("stop", "end_turn")])
    func `finish reasons are translated`(reason: String, stopReason: String) async throws {
        let server = FakeChatServer(answering: completion(["content": "x"], reason))
        #expect(try await converse(server.model, question)["stopReason"]?.string == stopReason)
    }

    @Test(arguments: [
        (401, 403), (403, 403), (404, 404), (408, 408), (429, 429), (400, 400), (422, 400), (500, 503),
        (502, 503),
    ])
    func `errors keep their meaning`(status: Int, bedrockStatus: Int) async throws {
        let body: JSONValue = ["error": ["message": "no luck"]]
        let server = FakeChatServer(answering: HTTPResponse(status: status, body: body.bytes))
        let (answer, message) = try await failure(server.model)
        #expect(answer == bedrockStatus)
        #expect(message?.contains("no luck") == true)
    }

    @Test func `a server that is not there is named`() async throws {
        let server = FakeChatServer(failing: .notConnected(host: "127.0.0.1", reason: "refused"))
        let (status, message) = try await failure(server.model)
        #expect(status == 503)
        #expect(message == "could not connect to 127.0.0.1: refused")
    }

    @Test func `arguments that are not JSON are the model's error`() async throws {
        let call: JSONValue = ["id": "c1", "function": ["name": "look", "arguments": "{at"]]
        let server = FakeChatServer(answering: completion(["tool_calls": [call]], "tool_calls"))
        let (status, message) = try await failure(server.model)
        #expect(status == 424)
        #expect(message?.hasPrefix("The model produced invalid sequence as part of ToolUse") == true)
    }

    @Test func `a stream of events is put together`() async throws {
        let body = """
            data: {"choices":[{"delta":{"role":"assistant","content":"Hel"}}]}

            data: {"choices":[{"delta":{"content":"lo"}}]}\r
            : a comment
            data: {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"c1","function":{"name":"look"}}]}}]}
            data: {"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\\"a"}}]}}]}
            data: {"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"\\":1}"}}]}}]}
            data: {"choices":[{"delta":{},"finish_reason":"tool_calls"}]}
            data: {"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":2}}
            data: [DONE]

            """
        let server = FakeChatServer(answering: stream(body))
        let reply = try await converse(server.model, question)
        #expect(reply.answerText == "Hello")
        #expect(reply.toolInput == ["a": 1])
        #expect(reply["usage"]?["totalTokens"] == 7)
    }

    @Test func `a stream that breaks off is no answer`() async throws {
        let server = FakeChatServer(
            answering: stream("data: {\"choices\":[{\"delta\":{\"content\":\"Hel\"}}]}\n"))
        #expect(try await failure(server.model).0 == 424)
    }

    private let question: JSONValue = ["messages": [["role": "user", "content": [["text": "hi"]]]]]

    private func failure(_ model: OpenAIModel) async throws -> (Int, String?) {
        let url = try #require(HTTPURL("http://127.0.0.1/model/test/converse"))
        let reply = await BedrockEndpoint(model).answer(HTTPRequest(.post, url, body: question.bytes))
        guard case .complete(let response) = reply else { return (0, nil) }
        return (response.status, try JSONValue(reading: response.body)["message"]?.string)
    }

    private func completion(_ message: JSONValue, _ reason: String) -> HTTPResponse {
        let body: JSONValue = [
            "choices": [["message": message, "finish_reason": .string(reason)]],
            "usage": ["prompt_tokens": 7, "completion_tokens": 3],
        ]
        return HTTPResponse(status: 200, headers: ["Content-Type": "application/json"], body: body.bytes)
    }

    private func stream(_ body: String) -> HTTPResponse {
        HTTPResponse(
            status: 200, headers: ["Content-Type": "text/event-stream; charset=utf-8"], body: Array(body.utf8)
        )
    }
}

/// Answers every request in the same way and remembers them.
final class FakeChatServer: HTTPTransport {
    private let answer: Result<HTTPResponse, TransportFailure>
    private let received = Mutex<[HTTPRequest]>([])

    init(answering response: HTTPResponse) { answer = .success(response) }
    init(failing failure: TransportFailure) { answer = .failure(failure) }

    var requests: [HTTPRequest] { received.withLock { $0 } }

    var model: OpenAIModel { model(named: "llama") }

    func model(named name: String) -> OpenAIModel {
        guard let base = HTTPURL("http://127.0.0.1:11434/v1") else { preconditionFailure("no address") }
        return OpenAIModel(base: base, model: name, key: "secret", transport: self)
    }

    func send(_ request: HTTPRequest, timeout: Duration) async throws(TransportFailure) -> HTTPResponse {
        received.withLock { $0.append(request) }
        return try answer.get()
    }
}
