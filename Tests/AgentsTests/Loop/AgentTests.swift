import Agents
import BedrockClient
import Fakes
import Testing
import Wire

@Suite struct AgentTests {
    static let spec = ToolSpec(
        name: "look_up", description: "Looks something up.",
        inputSchema: .object([
            .required("what", .string("What to look up")), .optional("limit", .integer(in: 1...5)),
        ]))

    static func tool(
        _ name: String = "look_up", run: @escaping @Sendable (ToolArguments) async throws -> JSONValue
    )
        -> Tool
    {
        Tool(
            ToolSpec(name: name, description: spec.description, inputSchema: spec.inputSchema), run: run)
    }

    /// The text of the answer, or what is wrong with it.
    static func run(
        _ model: ScriptedModel, tools: [Tool] = [], limits: AgentLimits = AgentLimits(),
        by deadline: ContinuousClock.Instant? = nil
    ) async throws(AgentFailure) -> Agent.Outcome<String> {
        try await Agent(model: model, system: "system", tools: tools, limits: limits).run(
            "question", form: .text, by: deadline, startingFrom: ""
        ) { answer, before in
            switch answer {
            case .text(let text, _): Agent.Reading(text)
            case .arguments: Agent.Reading(before, violations: ["no text"])
            case .unusable(let violations): Agent.Reading(before, violations: violations)
            }
        }
    }

    @Test func `an answer comes with what it cost`() async throws {
        let model = ScriptedModel([.call("look_up", ["what": "x"]), .text("found")])
        let outcome = try await Self.run(model, tools: [Self.tool { _ in "value" }])
        #expect(outcome.value == "found")
        #expect(outcome.effort.turns == 2)
        #expect(outcome.effort.usage == TokenUsage(inputTokens: 200, outputTokens: 20))
        #expect(outcome.effort.model == ScriptedModel.name)
    }

    @Test(.timeLimit(.minutes(1)))
    func `all tool calls of a turn run at once and are answered in order`() async throws {
        let rendezvous = Rendezvous(of: 2)
        let model = ScriptedModel([
            .calls([
                ToolUse(id: "a", name: "first", input: ["what": "1"]),
                ToolUse(id: "b", name: "second", input: ["what": "2"]),
            ]), .text("done"),
        ])
        let tools = ["first", "second"].map { name in
            Self.tool(name) { arguments in
                await rendezvous.meet()
                return .string(try arguments.required("what"))
            }
        }
        _ = try await Self.run(model, tools: tools)
        let results = try #require(await model.requests.last).lastToolResults
        #expect(results.map(\.id) == ["a", "b"])
        #expect(results.map(\.content) == [.json("1"), .json("2")])
    }

    @Test func `a tool that throws is told in words and does not end the run`() async throws {
        struct Broken: Error, CustomStringConvertible { let description = "the shelf is empty" }
        let model = ScriptedModel([.call("look_up", ["what": "x"]), .text("went on without")])
        let outcome = try await Self.run(model, tools: [Self.tool { _ in throw Broken() }])
        let result = try #require(await model.requests.last?.lastToolResults.first)
        #expect(outcome.value == "went on without")
        #expect(result.isError)
        #expect(result.text.hasPrefix("look_up failed: the shelf is empty."))
    }

    @Test func `an unknown tool is answered with those there are`() async throws {
        let model = ScriptedModel([.call("transfer_money", ["usd": 5]), .text("sorry")])
        _ = try await Self.run(model, tools: [Self.tool { _ in "value" }])
        let result = try #require(await model.requests.last?.lastToolResults.first)
        #expect(result.isError)
        #expect(result.text == "There is no tool named transfer_money. Tools: look_up.")
    }

    @Test(arguments: [[:], ["what": nil], ["what": ""], ["what": 7]] as [JSONValue])
    func `arguments that do not fit are sent back and the tool is not run`(_ input: JSONValue) async throws {
        let model = ScriptedModel([.call("look_up", input), .text("sorry")])
        let tool = Self.tool { _ in
            Issue.record("the tool was run")
            return nil
        }
        _ = try await Self.run(model, tools: [tool])
        let result = try #require(await model.requests.last?.lastToolResults.first)
        #expect(result.isError)
        #expect(result.text.hasPrefix("The arguments of look_up do not fit: `what`"))
    }

    @Test(
        arguments: [["what": "x"], ["what": "x", "limit": nil], ["what": "x", "limit": ""]] as [JSONValue])
    func `an optional argument that is absent, null or empty is not given`(_ input: JSONValue) async throws {
        let model = ScriptedModel([.call("look_up", input), .text("fine")])
        let tool = Self.tool { arguments in
            let limit: Int? = try arguments.optional("limit")
            return .bool(limit == nil)
        }
        _ = try await Self.run(model, tools: [tool])
        #expect(try #require(await model.requests.last?.lastToolResults.first).content == .json(true))
    }

    @Test func `a model that never stops calling tools is stopped after the last turn`() async throws {
        let model = ScriptedModel([], afterwards: .call("look_up", ["what": "x"]))
        var limits = AgentLimits()
        limits.turns = 4
        let outcome = try await Self.run(model, tools: [Self.tool { _ in "value" }], limits: limits)
        #expect(outcome.violations == ["the model was still calling tools after 4 turns"])
        #expect(outcome.effort.turns == 4)
        let requests = await model.requests
        #expect(requests.count == 4)
        #expect(requests.last?.messages.last?.text == Conversation.lastTurnNotice)
    }

    @Test func `calls beyond the limit of a turn are not run`() async throws {
        let calls = (0..<3).map { ToolUse(id: "\($0)", name: "look_up", input: ["what": "x"]) }
        var limits = AgentLimits()
        limits.toolCallsPerTurn = 2
        let model = ScriptedModel([.calls(calls), .text("done")])
        _ = try await Self.run(model, tools: [Self.tool { _ in "value" }], limits: limits)
        let results = try #require(await model.requests.last).lastToolResults
        #expect(results.map(\.isError) == [false, false, true])
    }

    @Test func `a tool's result is cut off at its limit and says so`() async throws {
        var limits = AgentLimits()
        limits.toolResultBytes = 20
        let model = ScriptedModel([.call("look_up", ["what": "x"]), .text("done")])
        let tool = Self.tool { _ in .string(String(repeating: "y", count: 1000)) }
        _ = try await Self.run(model, tools: [tool], limits: limits)
        let text = try #require(await model.requests.last?.lastToolResults.first).text
        #expect(text == "\"" + String(repeating: "y", count: 19) + "\n[Longer than 20 bytes; it ends here.]")
    }

    @Test func `a text beyond its limit is cut off and marked`() async throws {
        var limits = AgentLimits()
        limits.answerCharacters = 5
        let outcome = try await Self.run(ScriptedModel([.text("1234567")]), limits: limits)
        #expect(outcome.value == "12345" + Conversation.truncationMark)
    }

    @Test(arguments: ["", "  \n "])
    func `an empty answer is sent back once`(_ silence: String) async throws {
        let model = ScriptedModel([.text(silence), .text(silence)])
        let outcome = try await Self.run(model)
        #expect(outcome.violations == ["the answer is empty"])
        #expect(outcome.effort.repairs == 1)
        #expect(await model.requests.count == 2)
    }

    @Test func `a model that cannot be asked is a failure that says whether to try again`() async throws {
        let busy = await #expect(throws: AgentFailure.self) {
            try await Self.run(ScriptedModel([.failure(.throttled)]))
        }
        #expect(busy == .model(.throttled))
        #expect(try #require(busy).isRetryable)
        let denied = await #expect(throws: AgentFailure.self) {
            try await Self.run(ScriptedModel([.failure(ScriptedModel.unexpected)]))
        }
        #expect(!(try #require(denied).isRetryable))
    }

    @Test func `a model that declines is an outcome without a value`() async throws {
        let outcome = try await Self.run(ScriptedModel([.failure(.refused(message: "blocked"))]))
        #expect(outcome.value == "")
        #expect(outcome.violations == ["the language model declined to answer"])
    }

    @Test func `a turn is not begun without time for it`() async throws {
        let model = ScriptedModel.untouched
        let failure = await #expect(throws: AgentFailure.self) {
            try await Self.run(model, by: .now - .seconds(1))
        }
        #expect(failure == .outOfTime)
        #expect(await model.requests.isEmpty)
    }

    @Test func `the model is told when its answer is of no use any more`() async throws {
        let model = ScriptedModel([.text("quick")])
        let deadline = ContinuousClock.now + .seconds(600)
        _ = try await Self.run(model, by: deadline)
        #expect(await model.requests.first?.deadline == deadline)
    }

    @Test func `cancelled work ends as cancelled`() async throws {
        let model = ScriptedModel.untouched
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await Self.run(model)
        }
        await #expect(throws: AgentFailure.cancelled) { try await task.value }
        #expect(await model.requests.isEmpty)
    }
}
