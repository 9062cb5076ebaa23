import Quantities
import Wire

/// Amazon S3 Vectors, version 2025-07-15, at the wire. Full-text search is not part of it.
package struct S3VectorsEndpoint: Endpoint {
    package let service = "s3vectors"
    package let dialect = AWSDialect.restJSON
    private let vectors: S3VectorsService

    package init(_ vectors: S3VectorsService) {
        self.vectors = vectors
    }

    package func answer(_ request: HTTPRequest) async -> Reply {
        do throws(ServiceFailure) {
            if request.url.path.hasPrefix("/tags/") { return .json(try await tags(request)) }
            guard request.method == .post else {
                throw .unknownOperation("\(request.method.rawValue) \(request.url.path)")
            }
            return .json(
                try await perform(request.url.path, S3VectorsInput(try Self.body(of: request))))
        } catch {
            return error.reply(dialect)
        }
    }

    private static func body(of request: HTTPRequest) throws(ServiceFailure) -> JSONValue {
        guard request.body.count <= S3VectorsLimits.requestBytes else {
            throw .invalidVectors(
                "The request is larger than \(S3VectorsLimits.requestBytes) bytes", path: "/")
        }
        if request.body.isEmpty { return [:] }
        do {
            return try JSONValue(reading: request.body)
        } catch {
            throw ServiceFailure("SerializationException", error.description)
        }
    }

    private func perform(_ path: String, _ input: S3VectorsInput) async throws(ServiceFailure) -> JSONValue {
        switch path {
        case "/CreateVectorBucket": try await createBucket(input)
        case "/GetVectorBucket": try await bucket(input)
        case "/ListVectorBuckets": try await buckets(input)
        case "/DeleteVectorBucket": try await deleteBucket(input)
        case "/PutVectorBucketPolicy": try await setPolicy(input)
        case "/GetVectorBucketPolicy": try await policy(input)
        case "/DeleteVectorBucketPolicy": try await deletePolicy(input)
        case "/PutVectorBucketDefaultIndexMode": try await setDefaultMode(input)
        case "/CreateIndex": try await createIndex(input)
        case "/GetIndex": try await index(input)
        case "/ListIndexes": try await indexes(input)
        case "/DeleteIndex": try await deleteIndex(input)
        case "/UpdateIndexMode": try await setMode(input)
        case "/PutVectors": try await put(input)
        case "/GetVectors": try await get(input)
        case "/ListVectors": try await list(input)
        case "/DeleteVectors": try await delete(input)
        case "/QueryVectors": try await query(input)
        default: throw .unknownOperation("POST \(path)")
        }
    }
}

// MARK: Buckets

extension S3VectorsEndpoint {
    private func createBucket(_ input: S3VectorsInput) async throws(ServiceFailure) -> JSONValue {
        _ = try input.required("vectorBucketName")
        let name = try input.bucket()
        try await vectors.createBucket(name, encryption: try input.encryption(), tags: try input.tags())
        return ["vectorBucketArn": .string(VectorBucket.arn(name))]
    }

    private func bucket(_ input: S3VectorsInput) async throws(ServiceFailure) -> JSONValue {
        let bucket = try await vectors.bucket(try input.bucket())
        var members = Self.summary(of: bucket)
        members["encryptionConfiguration"] = bucket.encryption
        members["defaultIndexMode"] = "ENHANCED"
        return ["vectorBucket": .object(members)]
    }

    private func buckets(_ input: S3VectorsInput) async throws(ServiceFailure) -> JSONValue {
        let found = try await vectors.buckets()
        return try page("vectorBuckets", found, input, name: \.name) { .object(Self.summary(of: $0)) }
    }

    private func deleteBucket(_ input: S3VectorsInput) async throws(ServiceFailure) -> JSONValue {
        try await vectors.deleteBucket(try input.bucket())
        return [:]
    }

    private func setPolicy(_ input: S3VectorsInput) async throws(ServiceFailure) -> JSONValue {
        try await vectors.setPolicy(try input.required("policy"), of: try input.bucket())
        return [:]
    }

    private func policy(_ input: S3VectorsInput) async throws(ServiceFailure) -> JSONValue {
        guard let policy = try await vectors.bucket(try input.bucket()).policy else {
            throw .noVectorBucketPolicy
        }
        return ["policy": .string(policy)]
    }

    private func deletePolicy(_ input: S3VectorsInput) async throws(ServiceFailure) -> JSONValue {
        try await vectors.setPolicy(nil, of: try input.bucket())
        return [:]
    }

    private func setDefaultMode(_ input: S3VectorsInput) async throws(ServiceFailure) -> JSONValue {
        _ = try await vectors.bucket(try input.bucket())
        return try enhanced(input, "defaultIndexMode")
    }

    /// The one mode there is for buckets made after 30 September 2026.
    private func enhanced(_ input: S3VectorsInput, _ member: String) throws(ServiceFailure) -> JSONValue {
        guard try input.choice(member, of: ["CLASSIC", "ENHANCED"]) == "ENHANCED" else {
            throw .invalidVectors(
                "CLASSIC is for vector buckets created before September 30, 2026", path: "/\(member)")
        }
        return [:]
    }

    private static func summary(of bucket: VectorBucket) -> [String: JSONValue] {
        [
            "vectorBucketName": .string(bucket.name),
            "vectorBucketArn": .string(VectorBucket.arn(bucket.name)),
            "creationTime": seconds(bucket.createdAt),
        ]
    }

    /// A page of what has names, in the order of these.
    private func page<Element>(
        _ member: String, _ elements: [Element], _ input: S3VectorsInput, name: (Element) -> String,
        _ describe: (Element) -> JSONValue
    ) throws(ServiceFailure) -> JSONValue {
        let limit =
            try input.number("maxResults", in: S3VectorsLimits.listedNames)
            ?? S3VectorsLimits.listedNames.upperBound
        let prefix = try input.text("prefix") ?? ""
        let start = try input.start()
        let rest = elements.filter { element in
            name(element).hasPrefix(prefix) && start.map { name(element) > $0 } ?? true
        }
        var answer: [String: JSONValue] = [member: .array(rest.prefix(limit).map(describe))]
        if rest.count > limit { answer["nextToken"] = S3VectorsInput.token(name(rest[limit - 1])) }
        return .object(answer)
    }

    static func seconds(_ moment: Timestamp) -> JSONValue {
        .number(Double(moment.millisecondsSinceEpoch) / 1000)
    }
}

// MARK: Tags

extension S3VectorsEndpoint {
    private func tags(_ request: HTTPRequest) async throws(ServiceFailure) -> JSONValue {
        let arn = PercentEncoding.decode(request.url.path.dropFirst("/tags/".count)) ?? ""
        guard let resource = VectorResource(arn: arn) else { throw .noTaggedVectors }
        switch request.method {
        case .get:
            let tags = try await vectors.tags(of: resource)
            return ["tags": .object(tags.mapValues { .string($0) })]
        case .post:
            let tags = try S3VectorsInput(try Self.body(of: request)).tags()
            try await vectors.changeTags(of: resource, adding: tags)
        case .delete:
            let keys = PercentEncoding.pairs(ofQuery: request.url.query ?? "").filter { $0.name == "tagKeys" }
            try await vectors.changeTags(of: resource, adding: [:], removing: keys.map(\.value))
        default: throw .unknownOperation("\(request.method.rawValue) /tags/")
        }
        return [:]
    }
}

// MARK: Indexes

extension S3VectorsEndpoint {
    private func createIndex(_ input: S3VectorsInput) async throws(ServiceFailure) -> JSONValue {
        let draft = try input.newIndex()
        try await vectors.createIndex(draft)
        return ["indexArn": .string(draft.name.arn)]
    }

    private func index(_ input: S3VectorsInput) async throws(ServiceFailure) -> JSONValue {
        let index = try await vectors.index(try input.index())
        var members = Self.summary(of: index)
        members["dataType"] = "float32"
        members["dimension"] = .number(index.dimension)
        members["distanceMetric"] = .string(index.metric.rawValue)
        members["encryptionConfiguration"] = index.encryption
        members["indexMode"] = "ENHANCED"
        if !index.nonFilterableKeys.isEmpty {
            members["metadataConfiguration"] = [
                "nonFilterableMetadataKeys": .array(index.nonFilterableKeys.map { .string($0) })
            ]
        }
        return ["index": .object(members)]
    }

    private func indexes(_ input: S3VectorsInput) async throws(ServiceFailure) -> JSONValue {
        let bucket = try await vectors.bucket(try input.bucket())
        let found = bucket.indexes.values.sorted { $0.name.index < $1.name.index }
        return try page("indexes", found, input, name: \.name.index) { .object(Self.summary(of: $0)) }
    }

    private func deleteIndex(_ input: S3VectorsInput) async throws(ServiceFailure) -> JSONValue {
        try await vectors.deleteIndex(try input.index())
        return [:]
    }

    private func setMode(_ input: S3VectorsInput) async throws(ServiceFailure) -> JSONValue {
        _ = try await vectors.index(try input.index())
        return try enhanced(input, "indexMode")
    }

    private static func summary(of index: VectorIndex) -> [String: JSONValue] {
        [
            "vectorBucketName": .string(index.name.bucket), "indexName": .string(index.name.index),
            "indexArn": .string(index.name.arn), "creationTime": seconds(index.createdAt),
        ]
    }
}

// MARK: Vectors

extension S3VectorsEndpoint {
    private func put(_ input: S3VectorsInput) async throws(ServiceFailure) -> JSONValue {
        try await vectors.put(try input.vectors(), in: try input.index())
        return [:]
    }

    private func delete(_ input: S3VectorsInput) async throws(ServiceFailure) -> JSONValue {
        try await vectors.delete(try input.keys(S3VectorsLimits.deletedKeys), from: try input.index())
        return [:]
    }

    /// Keys that are not there are left out of the answer.
    private func get(_ input: S3VectorsInput) async throws(ServiceFailure) -> JSONValue {
        let keys = try input.keys(S3VectorsLimits.readKeys)
        let printing = try Printing(input)
        return try await vectors.reading(try input.index()) { _, table in
            ["vectors": .array(keys.compactMap { table.row($0) }.map { printing.describe($0, table) })]
        }
    }

    private func list(_ input: S3VectorsInput) async throws(ServiceFailure) -> JSONValue {
        let limit =
            try input.number("maxResults", in: S3VectorsLimits.listedVectors)
            ?? S3VectorsLimits.listedByDefault
        let segment = try input.segment()
        let printing = try Printing(input)
        var start: Int64 = 0
        if let text = try input.start() {
            guard let serial = Int64(text) else {
                throw .invalidVectors("Invalid nextToken", path: "/nextToken")
            }
            start = serial
        }
        return try await vectors.reading(try input.index()) { _, table in
            var page: [JSONValue] = []
            var (bytes, last) = (0, start)
            for row in table.rows(after: start)
            where Self.segment(of: row.key, among: segment.count) == segment.index {
                guard page.count < limit, bytes < S3VectorsLimits.listedBytes else {
                    return ["vectors": .array(page), "nextToken": S3VectorsInput.token(String(last))]
                }
                let vector = printing.describe(row, table)
                bytes += vector.bytes.count
                page.append(vector)
                last = row.serial
            }
            return ["vectors": .array(page)]
        }
    }

    private func query(_ input: S3VectorsInput) async throws(ServiceFailure) -> JSONValue {
        guard let count = try input.number("topK", in: S3VectorsLimits.nearest) else {
            throw .constraint("Value", "/topK", "not be null")
        }
        guard try input.text("nextToken") == nil else {
            // All that is found fits one page, so no token was ever given.
            throw .invalidVectors("Invalid nextToken", path: "/nextToken")
        }
        if try input.text("queryMode") != nil { _ = try enhanced(input, "queryMode") }
        let vector = try input.queryVector()
        let hasMetadata = try input.flag("returnMetadata")
        let hasDistance = try input.flag("returnDistance")
        return try await vectors.reading(try input.index()) { index, table throws(ServiceFailure) in
            if let reason = VectorDraft.objection(to: vector, index) {
                throw .invalidVectors("Query \(reason)", path: "/queryVector")
            }
            let filter = try input.filter(index.nonFilterableKeys)
            let found = table.nearest(to: vector, count: count) { filter?.matches($0.metadata) ?? true }
            let matches = found.map { match in
                var members: [String: JSONValue] = ["key": .string(match.row.key)]
                if hasDistance { members["distance"] = .number(match.distance) }
                if hasMetadata { members["metadata"] = match.row.metadata.map { .object($0) } }
                return JSONValue.object(members)
            }
            return ["vectors": .array(matches), "distanceMetric": .string(index.metric.rawValue)]
        }
    }

    /// The same for a key whatever else there is, and about as many keys in each.
    private static func segment(of key: String, among count: Int) -> Int {
        guard count > 1 else { return 0 }
        // FNV-1a of 64 bits.
        var hash = key.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        // Keys that differ at their ends alone differ in the lower bits alone so far.
        hash = (hash ^ hash >> 33) &* 0xff51_afd7_ed55_8ccd
        return Int((hash >> 32) % UInt64(count))
    }

    /// What of a vector a request wants to see.
    private struct Printing: Sendable {
        let hasNumbers: Bool
        let hasMetadata: Bool

        init(_ input: S3VectorsInput) throws(ServiceFailure) {
            hasNumbers = try input.flag("returnData")
            hasMetadata = try input.flag("returnMetadata")
        }

        func describe(_ row: VectorTable.Row, _ table: VectorTable) -> JSONValue {
            var members: [String: JSONValue] = ["key": .string(row.key)]
            if hasNumbers {
                let numbers = table.numbers(of: row).map { JSONValue.number($0) }
                members["data"] = ["float32": .array(numbers)]
            }
            if hasMetadata { members["metadata"] = row.metadata.map { .object($0) } }
            return .object(members)
        }
    }
}
