import LocalCloud
import Testing

/// All endpoints behind one door, asked for every operation that AWS's models know.
@Suite(.timeLimit(.minutes(2))) struct OperationsWitnessTests {
    @Test func `every operation that is served has a witness`() async throws {
        try await withFunction { lambda, _ in
            let sqs = try SQSService(
                region: "us-east-1", account: "123456789012", clock: .system, files: nil)
            let vectors = S3VectorsService(
                clock: .system, database: try await TemporaryDatabase.address, name: "witnessed_operations")
            try await expectAgreement(
                of: "witness_operations.py",
                with: [
                    try await LocalDataAPI().endpoint, SecretsEndpoint(now: CloudClock.system.now),
                    SQSEndpoint(sqs), LambdaEndpoint(lambda), BedrockEndpoint(OfflineAnalyst()),
                    LogsEndpoint(LogsService(clock: .system)),
                    S3VectorsEndpoint(vectors),
                    SageMakerEndpoint([:]),
                    SchedulerEndpoint(
                        SchedulerService(clock: .system, lambda: lambda, sqs: sqs) { _ in }),
                ])
            await vectors.close()
        }
    }
}
