import AWSClient
import Knowledge
import MiniLM

/// The vector bucket and index of the knowledge base, which Terraform's provider does not know.
struct KnowledgeIndex {
    /// The names that are given or, where they are not, the usual ones of the account.
    static func place(_ configuration: AWSConfiguration, bucket: String?, index: String?) async throws
        -> S3VectorsClient.Place
    {
        let index = index ?? KnowledgeBase.standardIndex
        if let bucket { return S3VectorsClient.Place(bucket: bucket, index: index) }
        let account = try await STSClient(configuration).callerIdentity().account
        return S3VectorsClient.Place(bucket: KnowledgeBase.standardBucket(account: account), index: index)
    }

    /// The passage itself is too long to be searched by.
    static func index(_ name: String) -> S3VectorsClient.Index {
        S3VectorsClient.Index(
            name: name, dimension: MiniLM.dimensions, metric: .cosine,
            nonFilterableKeys: [PassageMetadata.text])
    }

    let bucket: String
    let index: S3VectorsClient.Index
    private let vectors: S3VectorsClient

    init(_ configuration: AWSConfiguration, bucket: String, index: String) {
        vectors = S3VectorsClient(configuration)
        self.bucket = bucket
        self.index = Self.index(index)
    }

    /// Safe to repeat.
    ///
    /// - Returns: Whether the index is new.
    /// - Throws: ``DeployFailure`` when there is an index of that name with other properties.
    func create() async throws -> Bool {
        _ = try await vectors.createBucket(bucket)
        if try await vectors.create(index, in: bucket) { return true }
        guard let present = try await vectors.index(index.name, in: bucket), present != index else {
            return false
        }
        throw DeployFailure.otherIndex(Self.difference(of: present, to: index))
    }

    func delete() async throws {
        try await vectors.deleteIndex(index.name, in: bucket)
        try await vectors.deleteBucket(bucket)
    }

    static func difference(of present: S3VectorsClient.Index, to wanted: S3VectorsClient.Index) -> String {
        var words: [String] = []
        if present.dimension != wanted.dimension {
            words.append("its vectors have \(present.dimension) numbers, not \(wanted.dimension)")
        }
        if present.metric != wanted.metric {
            words.append("its distance is \(present.metric.rawValue), not \(wanted.metric.rawValue)")
        }
        if present.nonFilterableKeys.sorted() != wanted.nonFilterableKeys.sorted() {
            let kept = present.nonFilterableKeys.joined(separator: ", ")
            words.append(
                "\(kept.isEmpty ? "nothing" : kept) is kept out of searches, not "
                    + wanted.nonFilterableKeys.joined(separator: ", "))
        }
        return words.joined(separator: ", and ")
    }
}
