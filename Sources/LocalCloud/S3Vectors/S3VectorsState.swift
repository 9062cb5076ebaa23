import Quantities
import Wire

/// The vector buckets of the local cloud, with their indexes.
///
/// Every index is in the mode ENHANCED, as those of new accounts are since 30 September 2026: filters are
/// applied before the search, which here is exact anyway.
struct S3VectorsState: Sendable {
    var buckets: [String: VectorBucket] = [:]

    func bucket(_ name: String) throws(ServiceFailure) -> VectorBucket {
        guard let bucket = buckets[name] else { throw .noVectorBucket }
        return bucket
    }

    func index(_ name: VectorIndexName) throws(ServiceFailure) -> VectorIndex {
        guard let index = try bucket(name.bucket).indexes[name.index] else { throw .noVectorIndex }
        return index
    }
}

struct VectorBucket: Sendable {
    let name: String
    let createdAt: Timestamp
    var encryption: JSONValue
    var policy: String?
    var tags: [String: String]
    var indexes: [String: VectorIndex] = [:]

    static func arn(_ name: String) -> String { LocalAccount.arn("s3vectors", "bucket/\(name)") }

    /// What is kept of it beside its name and its indexes.
    var settings: JSONValue {
        [
            "createdAt": .number(Int(createdAt.microsecondsSinceEpoch)), "encryption": encryption,
            "policy": .optional(policy), "tags": .object(tags.mapValues { .string($0) }),
        ]
    }
}

extension VectorBucket {
    /// `nil` when the settings are not those that ``settings`` gave.
    init?(name: String, settings: JSONValue) {
        guard let createdAt = settings["createdAt"]?.int, let encryption = settings["encryption"],
            let tags = settings["tags"]?.object
        else { return nil }
        self.init(
            name: name, createdAt: Timestamp(microsecondsSinceEpoch: Int64(createdAt)),
            encryption: encryption, policy: settings["policy"]?.string,
            tags: tags.compactMapValues(\.string))
    }
}

/// The name of an index and of the bucket it is in.
struct VectorIndexName: Sendable, Hashable {
    let bucket: String
    let index: String

    var arn: String { VectorBucket.arn(bucket) + "/index/\(index)" }
}

struct VectorIndex: Sendable {
    let name: VectorIndexName
    let createdAt: Timestamp
    let dimension: Int
    let metric: VectorMetric
    let nonFilterableKeys: [String]
    var encryption: JSONValue
    var tags: [String: String]
    /// Its number in the database.
    var id: Int64 = 0

    var settings: JSONValue {
        [
            "createdAt": .number(Int(createdAt.microsecondsSinceEpoch)), "dimension": .number(dimension),
            "metric": .string(metric.rawValue), "encryption": encryption,
            "nonFilterableKeys": .array(nonFilterableKeys.map { .string($0) }),
            "tags": .object(tags.mapValues { .string($0) }),
        ]
    }
}

extension VectorIndex {
    init?(id: Int64, name: VectorIndexName, settings: JSONValue) {
        guard let createdAt = settings["createdAt"]?.int, let dimension = settings["dimension"]?.int,
            let metric = settings["metric"]?.string.flatMap(VectorMetric.init),
            let encryption = settings["encryption"], let keys = settings["nonFilterableKeys"]?.array,
            let tags = settings["tags"]?.object
        else { return nil }
        self.init(
            name: name, createdAt: Timestamp(microsecondsSinceEpoch: Int64(createdAt)), dimension: dimension,
            metric: metric, nonFilterableKeys: keys.compactMap(\.string), encryption: encryption,
            tags: tags.compactMapValues(\.string), id: id)
    }
}

/// What was written to an index within the last second.
struct VectorRate: Sendable {
    private var writes: [(at: Timestamp, vectors: Int)] = []

    /// - Throws: `TooManyRequestsException` when this write would be one too many; it is not counted then.
    mutating func count(_ vectors: Int, at now: Timestamp, _ limits: S3VectorsLimits) throws(ServiceFailure) {
        writes.removeAll { now - $0.at >= .seconds(1) }
        let written = writes.reduce(0) { $0 + $1.vectors }
        guard writes.count < limits.writesPerSecond, written + vectors <= limits.vectorsPerSecond else {
            throw .tooManyVectorRequests
        }
        writes.append((now, vectors))
    }
}
