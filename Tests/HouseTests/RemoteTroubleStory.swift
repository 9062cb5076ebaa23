import LocalCloud
import Testing

@Suite(.timeLimit(.minutes(5))) struct RemoteTroubleStory {
    @Test func `a deployment whose model does not answer fails the test, with its reason`() async throws {
        var plan = try House.plan(model: ScriptedModel([.fail(.init(.throttling, "Too many requests."))]))
        plan.times = .small
        try await House.open(plan) { house in
            let (status, output) = try await house.alex([
                "test", "remote", "full", "scale", "--households", "1",
            ])
            #expect(status == 1)
            #expect(output.contains("✗ the analysis is complete"), "\(output)")
            #expect(output.contains("Failed: full, scale."), "\(output)")
            #expect(try await house.remoteHouseholds() == [])
        }
    }

    @Test func `a queue that is not there fails the test and leaves no household behind`() async throws {
        try await House.open(try House.plan()) { house in
            try await house.cloud.services.sqs.delete(LocalAccount.queue)
            let (status, output) = try await house.alex(["test", "remote", "accounts"])
            #expect(status == 1)
            #expect(output.contains("NonExistentQueue"), "\(output)")
            #expect(try await house.remoteHouseholds() == [])
        }
    }

    @Test func `whoever interrupts it leaves no household behind`() async throws {
        let model = GatedModel(holding: "reporter")
        try await House.open(try House.plan(model: model)) { house in
            let program = try house.program(["test", "remote"])
            try program.start()
            try await model.waitForAgent(house.log)
            #expect(try await house.remoteHouseholds().count == 1)
            program.interrupt()
            let (status, output) = await program.end()
            #expect(status == 130, "\(output)")
            #expect(output.contains("The households of the test are deleted."), "\(output)")
            #expect(!output.contains("accounts:"))
            #expect(try await house.remoteHouseholds() == [])
            model.letGo()
        }
    }
}
