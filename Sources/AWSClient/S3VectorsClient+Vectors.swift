import Wire

/// Writing, reading and finding the vectors of an index.
extension S3VectorsClient {
    /// What one call takes or gives.
    package enum Limit {
        package static let vectorsPerPut = 500
        package static let vectorsPerGet = 100
        package static let vectorsPerDelete = 500
        package static let vectorsPerPage = 1000
        package static let nearest = 100
        package static let keyBytes = 1024
        package static let metadataBytes = 40 * 1024
        package static let filterableBytes = 2 * 1024
        package static let metadataKeys = 50
    }

    /// A vector with what is known about it.
    package struct Vector: Sendable, Equatable {
        package let key: String
        /// As many numbers as the index has dimensions; empty where they were not asked for.
        package let numbers: [Float]
        /// An object; empty where there is none or it was not asked for.
        package let metadata: [String: JSONValue]

        package init(key: String, numbers: [Float], metadata: [String: JSONValue]) {
            self.key = key
            self.numbers = numbers
            self.metadata = metadata
        }
    }

    /// A vector that is near to what was asked for.
    package struct Neighbour: Sendable, Equatable {
        package let key: String
        /// In the metric of the index; for cosine 1 minus the similarity, so 0...2.
        package let distance: Double
        package let metadata: [String: JSONValue]

        package init(key: String, distance: Double, metadata: [String: JSONValue]) {
            self.key = key
            self.distance = distance
            self.metadata = metadata
        }
    }

    /// Some of the vectors of an index, and where the rest begins.
    package struct Page: Sendable, Equatable {
        package let vectors: [Vector]
        package let next: String?
    }

    /// Where vectors are kept.
    package struct Place: Sendable, Equatable {
        package let bucket: String
        package let index: String

        package init(bucket: String, index: String) {
            self.bucket = bucket
            self.index = index
        }

        fileprivate func input(_ members: [String: JSONValue]) -> JSONValue {
            .object(
                members.merging(["vectorBucketName": .string(bucket), "indexName": .string(index)]) { $1 })
        }
    }

    /// Writes vectors, over those with the same keys: all of them or none.
    ///
    /// - Parameter vectors: 1 to ``Limit/vectorsPerPut``.
    package func put(_ vectors: [Vector], in place: Place) async throws(AWSFailure) {
        let entries = vectors.map { vector -> JSONValue in
            [
                "key": .string(vector.key),
                "data": ["float32": .array(vector.numbers.map { .number($0) })],
                "metadata": .object(vector.metadata),
            ]
        }
        _ = try await client.send(
            AWSCall(.post, path: "/PutVectors", json: place.input(["vectors": .array(entries)])))
    }

    /// Those of the keys that are there, with metadata.
    ///
    /// - Parameter keys: 1 to ``Limit/vectorsPerGet``.
    package func vectors(_ keys: [String], withNumbers: Bool = false, in place: Place)
        async throws(AWSFailure) -> [Vector]
    {
        let reply = try await client.json(
            AWSCall(
                .post, path: "/GetVectors",
                json: place.input([
                    "keys": .array(keys.map { .string($0) }), "returnData": .bool(withNumbers),
                    "returnMetadata": true,
                ])))
        return try vectors(in: reply)
    }

    /// - Parameter keys: 1 to ``Limit/vectorsPerDelete``; those that are not there are not missed.
    package func delete(_ keys: [String], in place: Place) async throws(AWSFailure) {
        _ = try await client.send(
            AWSCall(
                .post, path: "/DeleteVectors",
                json: place.input(["keys": .array(keys.map { .string($0) })])))
    }

    /// All vectors in an order of the service's own, page by page.
    ///
    /// - Parameter token: ``Page/next`` of the page before.
    package func page(
        after token: String? = nil, count: Int = Limit.vectorsPerPage, withMetadata: Bool, in place: Place
    ) async throws(AWSFailure) -> Page {
        var members: [String: JSONValue] = [
            "maxResults": .number(count), "returnMetadata": .bool(withMetadata),
        ]
        if let token { members["nextToken"] = .string(token) }
        let reply = try await client.json(
            AWSCall(.post, path: "/ListVectors", json: place.input(members)))
        return Page(vectors: try vectors(in: reply), next: reply["nextToken"]?.string)
    }

    /// The nearest vectors, the nearest first. With a filter they may be fewer although more would fit.
    ///
    /// - Parameters:
    ///   - count: 1 to ``Limit/nearest``.
    ///   - filter: On metadata, in the language of S3 Vectors: `{"symbols": {"$in": ["VTI"]}}`.
    package func nearest(
        to numbers: [Float], count: Int, filter: JSONValue? = nil, in place: Place,
        by deadline: ContinuousClock.Instant? = nil
    ) async throws(AWSFailure) -> [Neighbour] {
        var members: [String: JSONValue] = [
            "topK": .number(count), "queryVector": ["float32": .array(numbers.map { .number($0) })],
            "returnMetadata": true, "returnDistance": true,
        ]
        if let filter { members["filter"] = filter }
        var call = AWSCall(.post, path: "/QueryVectors", json: place.input(members))
        call.deadline = deadline
        let reply = try await client.json(call)
        guard let found = reply["vectors"]?.array else { throw client.malformed("the answer lacks vectors") }
        return try found.map { vector throws(AWSFailure) in
            guard let key = vector["key"]?.string, let distance = vector["distance"]?.double else {
                throw client.malformed("a vector lacks its key or its distance")
            }
            return Neighbour(key: key, distance: distance, metadata: vector["metadata"]?.object ?? [:])
        }
    }

    private func vectors(in reply: JSONValue) throws(AWSFailure) -> [Vector] {
        guard let found = reply["vectors"]?.array else { throw client.malformed("the answer lacks vectors") }
        return try found.map { vector throws(AWSFailure) in
            guard let key = vector["key"]?.string else { throw client.malformed("a vector lacks its key") }
            let numbers = (vector["data"]?["float32"]?.array ?? []).compactMap { $0.double.map(Float.init) }
            return Vector(key: key, numbers: numbers, metadata: vector["metadata"]?.object ?? [:])
        }
    }
}
