import LocalCloud
import Testing
import Wire

/// Calls S3 Vectors as a client does, without the way to it.
struct VectorsCalls {
    let vectors: S3VectorsService

    static let index: [String: JSONValue] = ["vectorBucketName": "bucket", "indexName": "index"]

    func call(_ operation: String, _ body: [String: JSONValue]) async throws -> JSONValue {
        let (status, answer) = try await send(operation, body)
        #expect(status == 200, "\(answer.text)")
        return answer
    }

    /// - Returns: The code of the error.
    func refusal(_ operation: String, _ body: [String: JSONValue]) async throws -> String {
        let request = try Self.request(operation, body)
        guard case .complete(let response) = await S3VectorsEndpoint(vectors).answer(request) else {
            return ""
        }
        return "\(response.status) \(response.headers["x-amzn-ErrorType"] ?? "")"
    }

    func send(_ operation: String, _ body: [String: JSONValue]) async throws -> (Int, JSONValue) {
        let request = try Self.request(operation, body)
        guard case .complete(let response) = await S3VectorsEndpoint(vectors).answer(request) else {
            throw CancellationError()
        }
        return (response.status, try JSONValue(reading: response.body))
    }

    private static func request(_ operation: String, _ body: [String: JSONValue]) throws -> HTTPRequest {
        HTTPRequest(
            .post, try #require(HTTPURL("http://127.0.0.1/\(operation)")), body: JSONValue.object(body).bytes)
    }

    func makeIndex(_ metric: String = "cosine", dimension: Int = 2) async throws {
        _ = try await call("CreateVectorBucket", ["vectorBucketName": "bucket"])
        _ = try await call(
            "CreateIndex",
            Self.index.merging([
                "dataType": "float32", "dimension": .number(dimension), "distanceMetric": .string(metric),
                "metadataConfiguration": ["nonFilterableMetadataKeys": ["text"]],
            ]) { $1 })
    }

    func put(_ vectors: [(String, [JSONValue], [String: JSONValue]?)]) async throws -> (Int, JSONValue) {
        let list = vectors.map { key, numbers, metadata in
            var members: [String: JSONValue] = ["key": .string(key), "data": ["float32": .array(numbers)]]
            members["metadata"] = metadata.map { .object($0) }
            return JSONValue.object(members)
        }
        return try await send("PutVectors", Self.index.merging(["vectors": .array(list)]) { $1 })
    }

    func keys(_ answer: JSONValue) -> [String] {
        (answer["vectors"]?.array ?? []).compactMap { $0["key"]?.string }
    }

    func list(_ more: [String: JSONValue] = [:]) async throws -> JSONValue {
        try await call("ListVectors", Self.index.merging(more) { $1 })
    }
}
