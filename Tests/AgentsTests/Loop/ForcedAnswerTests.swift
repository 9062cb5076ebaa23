import Agents
import BedrockClient
import Fakes
import Testing
import Wire

/// Structured output: the model has to answer through the arguments of one tool.
@Suite struct ForcedAnswerTests {
    static let form = ToolSpec(
        name: "hand_in", description: "Hand in a number.",
        inputSchema: .object([.required("number", .integer(in: 1...10))]))

    static func run(_ model: ScriptedModel) async throws(AgentFailure) -> Agent.Outcome<Int?> {
        var limits = AgentLimits()
        limits.turns = 3
        return try await Agent(model: model, system: "system", limits: limits).run(
            "question", form: .arguments(of: form), startingFrom: Int?.none
        ) { answer, before in
            switch answer {
            case .arguments(let arguments): Agent.Reading(arguments.json["number"]?.int)
            case .text: Agent.Reading(before, violations: ["text"])
            case .unusable(let violations): Agent.Reading(before, violations: violations)
            }
        }
    }

    @Test func `the tool is forced and its arguments are the answer`() async throws {
        let model = ScriptedModel([.call("hand_in", ["number": 7])])
        #expect(try await Self.run(model).value == 7)
        let request = try #require(await model.requests.first)
        #expect(request.toolChoice == .tool("hand_in"))
        #expect(request.tools.map(\.name) == ["hand_in"])
    }

    @Test func `what does not fit is sent back once with what is wrong`() async throws {
        let model = ScriptedModel([
            .call("hand_in", ["number": 70], id: "bad"), .call("hand_in", ["number": 7]),
        ])
        let outcome = try await Self.run(model)
        #expect(outcome.value == 7)
        #expect(outcome.violations.isEmpty)
        #expect(outcome.effort.repairs == 1)
        let result = try #require(await model.requests.last?.lastToolResults.first)
        #expect(result.id == "bad")
        #expect(result.text.contains("`number` must be between 1 and 10, got 70"))
    }

    @Test func `what still does not fit gives the violations`() async throws {
        let model = ScriptedModel([], afterwards: .call("hand_in", ["number": "seven"]))
        let outcome = try await Self.run(model)
        #expect(outcome.value == nil)
        #expect(outcome.violations == ["`number` must be a whole number, got a string"])
        #expect(await model.requests.count == 2)
    }

    @Test func `text instead of the tool is sent back`() async throws {
        let model = ScriptedModel([.text("Seven, I would say."), .call("hand_in", ["number": 7])])
        #expect(try await Self.run(model).value == 7)
    }

    @Test func `another tool than the forced one is answered, too`() async throws {
        let model = ScriptedModel([.call("delete_all", [:], id: "x"), .call("hand_in", ["number": 7])])
        #expect(try await Self.run(model).value == 7)
        #expect(try #require(await model.requests.last).lastToolResults.map(\.id) == ["x"])
    }

    @Test func `a repair that cannot be asked for leaves what there was`() async throws {
        let model = ScriptedModel([.call("hand_in", ["number": 70]), .failure(.throttled)])
        let outcome = try await Self.run(model)
        #expect(outcome.value == nil)
        #expect(outcome.violations.last == ModelFailure.throttled.description)
    }
}
