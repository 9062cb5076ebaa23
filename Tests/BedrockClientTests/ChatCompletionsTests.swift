import BedrockClient
import Fakes
import Testing
import Wire

/// Against the pairs that also witness the bridge of the local cloud.
@Suite struct ChatCompletionsTests {
    @Test func `a conversation is told to a chat server and to Bedrock in the words of each`() async throws {
        let cases = try GoldenFixture(folder: "chat-completions").document["requests"]?.array ?? []
        #expect(cases.count == Self.requests.count)
        for (golden, request) in zip(cases, Self.requests) {
            let chat = ScriptedTransport([.chat("x"), .chat("x")])
            let model = ChatCompletionsModel.scripted(chat)
            _ = try await model.reply(to: request)
            _ = try await model.reply(to: request) { _ in }
            let whole = try #require(golden["chat"]?.object)
            let streamed = whole.merging(["stream": true, "stream_options": ["include_usage": true]]) { $1 }
            let name = golden["name"]?.string ?? ""
            #expect(try chat.bodies() == [.object(whole), .object(streamed)], "\(name)")
            let bedrock = ScriptedTransport([.json(.answer("x"))])
            _ = try await BedrockModel.scripted(bedrock, modelID: "some.model").reply(to: request)
            #expect(try bedrock.bodies() == [golden["converse"]].compactMap(\.self), "\(name)")
        }
    }

    @Test func `answers of many servers are read`() async throws {
        for golden in try Self.replies() {
            let expected = try await golden.reply
            let name = Comment(rawValue: golden.json["name"]?.string ?? "")
            if let body = golden.json["answer"]?["body"] {
                let model = ChatCompletionsModel.scripted(ScriptedTransport([.json(body), .json(body)]))
                let whole = try await model.reply(to: .question())
                #expect(whole.message == expected.message, name)
                #expect(whole.stopReason == expected.stopReason, name)
                #expect(whole.usage == expected.usage, name)
                let heard = Heard()
                #expect(try await model.reply(to: .question()) { heard.append($0) } == whole, name)
                #expect(heard.text == whole.message.text, name)
            }
        }
    }

    @Test(arguments: [1, 2, 7, 10_000])
    func `streams of many servers are read in pieces of any size`(size: Int) async throws {
        for golden in try Self.replies() {
            // A server that does not stream is one of them.
            let answer = golden.json["answer"]
            let body = try #require(answer?["stream"]?.string ?? answer?["body"]?.text)
            let expected = try await golden.reply
            let name = Comment(rawValue: golden.json["name"]?.string ?? "")
            let model = ChatCompletionsModel.scripted(
                PieceTransport(Array(body.utf8), size: size, type: "text/plain"))
            let heard = Heard()
            let reply = try await model.reply(to: .question()) { heard.append($0) }
            #expect(reply.message == expected.message, name)
            #expect(reply.stopReason == expected.stopReason, name)
            #expect(reply.usage == expected.usage, name)
            #expect(heard.text == expected.message.text, name)
            #expect(heard.toolInputs == expected.message.toolUses.map(\.input), name)
            #expect(heard.toolIDs == expected.message.toolUses.map(\.id), name)
        }
    }

    @Test func `errors of many servers are told apart`() async throws {
        let cases = try GoldenFixture(folder: "chat-completions").document["errors"]?.array ?? []
        #expect(cases.count >= 16)
        for golden in cases {
            let body = try #require(golden["body"])
            let response = HTTPResponse(
                status: try #require(golden["status"]?.int),
                body: body.string.map { Array($0.utf8) } ?? body.bytes)
            let answers = Array(
                repeating: ScriptedTransport.Answer.success(response),
                count: ChatCompletionsModel.mostAttempts)
            let model = ChatCompletionsModel.scripted(ScriptedTransport(answers))
            let failure = await #expect(throws: ModelFailure.self) { try await model.reply(to: .question()) }
            let words = try #require(golden["failure"]?.string)
            #expect(
                failure?.description.contains(words) == true,
                "\(golden["name"]?.string ?? ""): \(String(describing: failure))")
        }
    }

    /// What the fixture calls `requests`, in the same order.
    private static var requests: [ModelRequest] {
        var brief = ModelRequest.question()
        brief.system = "You are brief."
        brief.temperature = 0.5
        var parallel = ModelRequest.question(tools: [.quote])
        let first = ToolUse(id: "t1", name: "quote", input: ["symbols": ["VTI"]])
        parallel.messages += [
            Message(
                .assistant,
                [
                    .text("Let me look."), .toolUse(first),
                    .toolUse(ToolUse(id: "t2", name: "quote", input: [:])),
                ]),
            .toolResults([
                ToolResult(id: "t1", content: .json(["VTI": 300.25])),
                ToolResult(id: "t2", content: .text("symbols is missing"), isError: true),
            ]),
            .user("Sum up."),
        ]
        var reasoned = ModelRequest.question(tools: [.quote])
        reasoned.messages += [
            Message(.assistant, [.reasoning(Reasoning(text: "A price.")), .toolUse(first)]),
            .toolResults([ToolResult(id: "t1", content: .text("300.25"))]),
        ]
        return [
            brief, .question(tools: [.quote], toolChoice: .tool("quote")),
            .question(tools: [.quote], toolChoice: .any), parallel, reasoned,
        ]
    }

    private static func replies() throws -> [ExpectedReply] {
        let replies = try GoldenFixture(folder: "chat-completions").document["replies"]?.array ?? []
        #expect(replies.count >= 25)
        return replies.map(ExpectedReply.init)
    }
}

/// A reply of the fixture; its blocks are those of Converse.
private struct ExpectedReply {
    let json: JSONValue

    var reply: Reply {
        get async throws {
            var answer = json.object ?? [:]
            answer["output"] = ["message": ["role": "assistant", "content": json["content"] ?? .null]]
            let model = BedrockModel.scripted(
                ScriptedTransport([.json(.object(answer))]), modelID: "some.model")
            return try await model.reply(to: .question())
        }
    }
}

extension Heard {
    fileprivate var toolIDs: [String] {
        parts.compactMap { if case .toolUse(let id, _) = $0.content { id } else { nil } }
    }
}

extension ChatCompletionsModel {
    static func scripted(
        _ transport: any HTTPTransport, at address: String = "http://127.0.0.1:11434/v1",
        key: String? = "secret", headers: HTTPHeaders = [:], time: ManualTime = ManualTime()
    ) -> ChatCompletionsModel {
        guard let base = HTTPURL(address) else { preconditionFailure("\(address) is no address") }
        return ChatCompletionsModel(
            model: "m", base: base, key: key, headers: headers, transport: transport,
            retry: .counted(time), instant: { time.now })
    }
}

extension Result where Success == HTTPResponse, Failure == TransportFailure {
    /// A completion with one text.
    static func chat(_ text: String, reason: String = "stop") -> Self {
        .json([
            "choices": [["message": ["content": .string(text)], "finish_reason": .string(reason)]],
            "usage": ["prompt_tokens": 10, "completion_tokens": 1],
        ])
    }
}
