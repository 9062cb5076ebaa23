import AWSClient
import Foundation
import Knowledge
import Wire

/// The knowledge base as a user of the command sees it: its functions for what has to be embedded, its index
/// for the rest.
struct KnowledgeDesk: Sendable {
    static let patience = Duration.seconds(65)

    private let lambda: LambdaClient
    let shelf: KnowledgeShelf
    private let localPort: Int?
    private let ingestFunction: String
    private let searchFunction: String

    init(_ tools: Tools) async throws {
        lambda = LambdaClient(tools.aws)
        localPort = tools.localPort
        shelf = KnowledgeShelf(
            vectors: S3VectorsClient(tools.aws),
            place: try await KnowledgeIndex.place(
                tools.aws, bucket: tools["VECTOR_BUCKET"], index: tools["VECTOR_INDEX"]))
        ingestFunction = tools["INGEST_FUNCTION"] ?? "alex-ingest"
        searchFunction = tools["SEARCH_FUNCTION"] ?? "alex-search"
    }

    /// - Returns: What the function says of the document and each of its passages.
    func ingest(text: String, metadata: [String: JSONValue]) async throws -> JSONValue {
        try await call(ingestFunction, ["text": .string(text), "metadata": .object(metadata)])
    }

    func search(_ query: String, count: Int, filter: JSONValue?) async throws -> [JSONValue] {
        let reply = try await call(
            searchFunction,
            ["query": .string(query), "k": .number(count), "filter": filter ?? .null])
        return reply["results"]?.array ?? []
    }

    private func call(_ function: String, _ event: JSONValue) async throws -> JSONValue {
        let invocation: LambdaClient.Invocation
        do {
            invocation = try await lambda.invoke(
                function: function, payload: event.bytes, timeout: Self.patience)
        } catch {
            throw CloudFailure(
                error, localPort: localPort, permissions: "lambda:InvokeFunction on \(function)")
        }
        if let failure = invocation.failure { throw KnowledgeDeskFailure(description: failure.message) }
        return try JSONValue(reading: invocation.payload)
    }
}

/// The function ran, and said why not.
struct KnowledgeDeskFailure: Error, CustomStringConvertible {
    let description: String
}
