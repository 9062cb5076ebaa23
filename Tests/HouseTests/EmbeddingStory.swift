import AWSClient
// Foundation reads the model's files.
import Foundation
import Knowledge
import LocalCloud
import MiniLM
import Testing

extension SharedHouse {
    @Suite struct EmbeddingStory {
        static let texts = [
            "Bonds fall when interest rates rise.", "a", "Zinsen und Anleihen: größer als erwartet",
            "利率上升时债券价格下跌。", "VTI 2.5% 🚀 ¿qué?", String(repeating: "dividends and splits ", count: 60),
        ]

        @Test func `the endpoint and the model inside a function give the same vectors`() async throws {
            let house = try SharedHouse.house
            let folder = try House.plan().modelFiles
            @Sendable func bytes(_ name: String) throws -> [UInt8] {
                [UInt8](try Data(contentsOf: URL(filePath: "\(folder)/\(name)")))
            }
            let inside = MiniLMEmbeddings {
                try MiniLM(
                    weights: try bytes("minilm-f16.safetensors"), vocabulary: try bytes("vocab.txt"))
            }
            let endpoint = SageMakerEmbeddings(
                client: SageMakerClient(house.aws), endpoint: LocalAccount.embeddingEndpoint)
            let deadline = ContinuousClock.now + .seconds(60)
            let ours = try await inside.embeddings(of: Self.texts, by: deadline)
            let theirs = try await endpoint.embeddings(of: Self.texts, by: deadline)
            #expect(ours.count == Self.texts.count && theirs.count == Self.texts.count)
            for (our, their) in zip(ours, theirs) {
                #expect(our.count == 384 && their.count == 384)
                let difference = zip(our, their).map { abs($0 - $1) }.max() ?? .infinity
                #expect(difference <= 1e-5)
            }
            #expect(ours[0] != ours[1])
        }
    }
}
