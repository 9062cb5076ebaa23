import LocalCloud
import Testing

@Suite(.timeLimit(.minutes(5))) struct OddModelStory {
    @Test(arguments: [
        "Sure! Here is a poem about money instead.", "{\"charts\": [", "```json\n[1, 2, 3]\n```",
        "{{f:no.such.fact}} {{f:total.usd",
    ])
    func `a model that writes something else still leaves a whole analysis`(words: String) async throws {
        try await House.open(try House.plan(model: ScriptedModel([.text(words)]))) { house in
            let visitor = try await house.demoHousehold()
            let analysis = try await house.analysis(of: visitor)
            #expect(analysis.status == "completed", "\(analysis.job["error_message"]?.text ?? "")")
            #expect(analysis.report?.contains("248,246.80") == true)
            #expect(analysis.job["charts_payload"]?["asset_classes"] != nil)
        }
    }

    @Test func `a model that never stops calling tools comes to an end`() async throws {
        let model = ScriptedModel([.callEverything])
        try await House.open(try House.plan(model: model)) { house in
            let visitor = try await house.demoHousehold()
            let analysis = try await house.analysis(of: visitor)
            #expect(["completed", "failed"].contains(analysis.status))
            #expect(analysis.job["charts_payload"] != nil)
            #expect(model.requests.count < 100)
        }
    }
}
