import LocalCloud
import Testing

/// AWS's own client against models that are handed in.
@Suite(.timeLimit(.minutes(2))) struct SageMakerWitnessTests {
    private struct Broken: ServedModel {
        let failure: any Error

        func answer(_ body: [UInt8], contentType: String?, accept: String?) async throws -> ModelAnswer {
            throw failure
        }
    }

    private struct OutOfMemory: Error {}

    @Test func `boto3 asks models`() async throws {
        let models: [String: any ServedModel] = [
            "embedding": FeatureExtraction { text in text.utf8.map { [Float($0), 0.5] } },
            "broken": Broken(failure: OutOfMemory()),
            "loading": Broken(failure: ServedModelFailure.notReady),
        ]
        try await expectAgreement(
            of: "witness_sagemaker.py", besides: #filePath, with: [SageMakerEndpoint(models)])
    }
}
