import Agents
import BedrockClient
import Fakes
import Finance
import Testing
import Wire

@Suite struct JudgeAgentTests {
    static func review(_ lines: ScriptedModel.Line...) async throws -> JudgeAgent.Review {
        let brief = try ReporterAgentTests.brief(.small())
        return await JudgeAgent(model: ScriptedModel(lines)).review(
            "# A report\n\nAll is well.", gate: brief.gate, by: nil)
    }

    private static func answer(tone: JSONValue = 4, comment: String = "Say it shorter.")
        -> ScriptedModel.Line
    {
        .call("judge_text", ["tone": tone, "clarity": 5, "comment": .string(comment)])
    }

    @Test func `scores and comment are handed on`() async throws {
        #expect(
            try await Self.review(Self.answer())
                == .scored(tone: 4, clarity: 5, comment: "Say it shorter."))
    }

    @Test func `a comment with a figure is dropped, the scores stay`() async throws {
        let review = try await Self.review(Self.answer(comment: "The $9,999,999 is good news."))
        #expect(review == .scored(tone: 4, clarity: 5, comment: ""))
    }

    @Test func `an error of the judge is no score`() async throws {
        let reviews = [
            try await Self.review(.failure(.throttled)), try await Self.review(.text("Very good.")),
            try await Self.review(Self.answer(tone: 80)),
        ]
        for review in reviews {
            guard case .failed(let reason) = review else {
                Issue.record("a failure became \(review)")
                continue
            }
            #expect(!reason.isEmpty)
            #expect(review.json["tone"] == nil)
        }
    }

    @Test func `the report carries the review, whatever it says`() async throws {
        let text = ReporterAgentTests.report("Fine.")
        let judge = JudgeAgent(model: ScriptedModel([Self.answer(tone: 1)]))
        let draft = try await ReporterAgent(
            model: ScriptedModel([.text(text)]), research: { _ in [] }, judge: judge
        ).write(try ReporterAgentTests.brief(.small()))
        #expect(draft.payload["review"]?["tone"] == 1)
        #expect(draft.payload["content"]?.string?.contains("Fine.") == true)
    }
}
