import Wire

/// Makes and ends the vector buckets and indexes of Amazon S3 Vectors.
package struct S3VectorsClient: Sendable {
    let client: AWSClient

    package init(_ configuration: AWSConfiguration) {
        client = AWSClient(.s3Vectors, configuration)
    }

    package enum Metric: String, Sendable {
        case cosine
        case euclidean
    }

    /// What an index is made of; nothing of it can be changed later.
    package struct Index: Sendable, Equatable {
        package let name: String
        /// Numbers in a vector, 1 to 4096.
        package let dimension: Int
        package let metric: Metric
        /// Members of the metadata that are stored and cannot be searched by; only these may be long.
        package let nonFilterableKeys: [String]

        package init(name: String, dimension: Int, metric: Metric, nonFilterableKeys: [String]) {
            self.name = name
            self.dimension = dimension
            self.metric = metric
            self.nonFilterableKeys = nonFilterableKeys
        }
    }

    /// - Returns: Whether it is new; `false` when it was there.
    package func createBucket(_ name: String) async throws(AWSFailure) -> Bool {
        try await create("/CreateVectorBucket", ["vectorBucketName": .string(name)])
    }

    /// - Returns: Whether it is new; `false` when one of that name was there, of whatever kind.
    package func create(_ index: Index, in bucket: String) async throws(AWSFailure) -> Bool {
        try await create(
            "/CreateIndex",
            [
                "vectorBucketName": .string(bucket), "indexName": .string(index.name), "dataType": "float32",
                "dimension": .number(index.dimension), "distanceMetric": .string(index.metric.rawValue),
                "metadataConfiguration": [
                    "nonFilterableMetadataKeys": .array(index.nonFilterableKeys.map { .string($0) })
                ],
            ])
    }

    /// - Returns: `nil` when there is none of that name.
    package func index(_ name: String, in bucket: String) async throws(AWSFailure) -> Index? {
        let reply: JSONValue
        do {
            reply = try await client.json(
                AWSCall(
                    .post, path: "/GetIndex",
                    json: ["vectorBucketName": .string(bucket), "indexName": .string(name)]))
        } catch let failure where failure.code == "NotFoundException" {
            return nil
        }
        let index = reply["index"]
        guard let dimension = index?["dimension"]?.int,
            let metric = index?["distanceMetric"]?.string.flatMap(Metric.init)
        else { throw client.malformed("the index lacks dimension or distanceMetric") }
        let keys = index?["metadataConfiguration"]?["nonFilterableMetadataKeys"]?.array ?? []
        return Index(
            name: name, dimension: dimension, metric: metric, nonFilterableKeys: keys.compactMap(\.string))
    }

    /// Deletes an index with all its vectors; one that is not there is deleted, too.
    package func deleteIndex(_ name: String, in bucket: String) async throws(AWSFailure) {
        try await delete("/DeleteIndex", ["vectorBucketName": .string(bucket), "indexName": .string(name)])
    }

    /// Deletes a bucket that holds no index.
    package func deleteBucket(_ name: String) async throws(AWSFailure) {
        try await delete("/DeleteVectorBucket", ["vectorBucketName": .string(name)])
    }

    private func create(_ path: String, _ input: JSONValue) async throws(AWSFailure) -> Bool {
        do {
            _ = try await client.send(AWSCall(.post, path: path, json: input))
            return true
        } catch let failure where failure.code == "ConflictException" {
            return false
        }
    }

    private func delete(_ path: String, _ input: JSONValue) async throws(AWSFailure) {
        do {
            _ = try await client.send(AWSCall(.post, path: path, json: input))
        } catch let failure where failure.code == "NotFoundException" {
            return
        }
    }
}
