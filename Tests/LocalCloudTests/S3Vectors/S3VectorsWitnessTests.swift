import LocalCloud
import Testing

/// AWS's own client against buckets, indexes and vectors.
@Suite(.timeLimit(.minutes(2))) struct S3VectorsWitnessTests {
    @Test func `boto3 keeps and finds vectors`() async throws {
        let vectors = S3VectorsService(
            clock: .system, database: try await TemporaryDatabase.address, name: "witnessed_vectors")
        try await expectAgreement(
            of: "witness_s3vectors.py", besides: #filePath, with: [S3VectorsEndpoint(vectors)])
        await vectors.close()
    }
}
