import AWSClient
import Knowledge
import MiniLM
import Wire

extension Deployment {
    /// The knowledge base with its embedding model: the endpoint `SAGEMAKER_ENDPOINT` or, where none is
    /// named, the model inside this function, which is read at the first text.
    package var knowledge: KnowledgeBase {
        get throws {
            KnowledgeBase(
                vectors: S3VectorsClient(aws),
                place: S3VectorsClient.Place(
                    bucket: variable("VECTOR_BUCKET"),
                    index: variable("VECTOR_INDEX", default: KnowledgeBase.standardIndex)),
                model: try embeddings, now: aws.now)
        }
    }

    /// Cuts documents by the words the model knows.
    ///
    /// - Throws: When the vocabulary is not there.
    package var splitter: PassageSplitter {
        get throws {
            let tokenizer = try Tokenizer(vocabulary: modelFiles.vocabulary())
            return PassageSplitter { tokenizer.count(of: String($0)) }
        }
    }

    private var modelFiles: ModelFiles {
        ModelFiles(
            folder: variable("MODEL_FILES", default: variable("LAMBDA_TASK_ROOT", default: ".")))
    }

    private var embeddings: any EmbeddingModel {
        get throws {
            let endpoint = variable("SAGEMAKER_ENDPOINT")
            guard endpoint.isEmpty else {
                return SageMakerEmbeddings(client: SageMakerClient(aws), endpoint: endpoint)
            }
            let files = modelFiles
            let address = variable("MODEL_WEIGHTS")
            guard !address.isEmpty else {
                return MiniLMEmbeddings {
                    try MiniLM(weights: try files.weights(), vocabulary: try files.vocabulary())
                }
            }
            guard let object = ObjectAddress(address) else {
                throw DeploymentFailure(missingVariables: ["MODEL_WEIGHTS (s3://bucket/key)"])
            }
            let s3 = S3Client(aws)
            return MiniLMEmbeddings {
                try MiniLM(
                    weights: try await s3.largeObject(object.key, in: object.bucket),
                    vocabulary: try files.vocabulary())
            }
        }
    }
}

/// `s3://bucket/key`.
struct ObjectAddress: Equatable {
    let bucket: String
    let key: String

    init?(_ text: String) {
        guard text.hasPrefix("s3://") else { return nil }
        let parts = text.dropFirst(5).split(separator: "/", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        bucket = String(parts[0])
        key = String(parts[1])
    }
}
