import LocalCloud
import Testing

@Suite(.timeLimit(.minutes(5))) struct QueueDownStory {
    @Test func `an analysis that the queue did not take is sent by the sweep`() async throws {
        try await House.open(try House.plan()) { house in
            let visitor = try await house.demoHousehold()
            let sqs = house.cloud.services.sqs
            try await sqs.delete(LocalAccount.queue)
            let answer = try await visitor.send(.post, "/api/analyze", [:])
            #expect(answer.status == 202)
            #expect(answer.body["message"]?.string?.contains("saved") == true)
            let job = try #require(answer.body["job_id"]?.string)
            try await sqs.create(LocalAccount.queue)

            // The sweep leaves young messages alone; this one becomes old at once.
            try await house.database.execute("UPDATE jobs SET created_at = created_at - interval '1 minute'")
            let sweep = try await house.invoke("alex-planner", ["sweep": true])
            #expect(sweep == ["sent": 1, "ended": 0])
            let analysis = try await house.end(of: job, of: visitor)
            #expect(analysis.status == "completed")
            #expect(try await house.invoke("alex-planner", ["sweep": true]) == ["sent": 0, "ended": 0])
        }
    }
}
