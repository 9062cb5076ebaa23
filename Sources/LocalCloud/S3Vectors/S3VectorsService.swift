import Quantities
import Wire

/// Amazon S3 Vectors: buckets, indexes and vectors, in memory for searches and in PostgreSQL for the next
/// start. What is written is in the database before it is answered.
///
/// Operations take turns, for a write goes away to the database between looking and changing.
package actor S3VectorsService {
    private var state = S3VectorsState()
    /// Of the indexes that somebody has asked for since the start. Beside the state, so that nobody holds a
    /// second copy while a table changes.
    private var tables: [VectorIndexName: VectorTable] = [:]
    private var rates: [VectorIndexName: VectorRate] = [:]
    private let clock: CloudClock
    private let store: VectorStore?
    private let limits: S3VectorsLimits
    private var isLoaded: Bool
    private var isBusy = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// - Parameters:
    ///   - database: PostgreSQL; `nil` keeps vectors in memory alone.
    ///   - name: Of the database in it.
    package init(
        clock: CloudClock, database: DatabaseAddress?, name: String? = nil,
        limits: S3VectorsLimits = S3VectorsLimits()
    ) {
        self.clock = clock
        self.limits = limits
        store = database.map { VectorStore($0, database: name ?? VectorStore.defaultDatabase) }
        isLoaded = database == nil
    }

    package func close() async { await store?.close() }

    // MARK: Buckets

    func createBucket(
        _ name: String, encryption: JSONValue, tags: [String: String]
    ) async throws(ServiceFailure) {
        try await inTurn { () async throws(ServiceFailure) in
            guard state.buckets[name] == nil else { throw .vectorBucketExists }
            guard state.buckets.count < limits.buckets else {
                throw .vectorQuota("An account has at most \(limits.buckets) vector buckets in a region")
            }
            try await keep(
                VectorBucket(
                    name: name, createdAt: clock.now(), encryption: encryption, policy: nil, tags: tags))
        }
    }

    func bucket(_ name: String) async throws(ServiceFailure) -> VectorBucket {
        try await inTurn { () async throws(ServiceFailure) in try state.bucket(name) }
    }

    /// In the order of their names.
    func buckets() async throws(ServiceFailure) -> [VectorBucket] {
        try await inTurn { () async throws(ServiceFailure) in
            state.buckets.values.sorted { $0.name < $1.name }
        }
    }

    func deleteBucket(_ name: String) async throws(ServiceFailure) {
        try await inTurn { () async throws(ServiceFailure) in
            guard try state.bucket(name).indexes.isEmpty else { throw .vectorBucketNotEmpty }
            try await stored { try await $0.deleteBucket(name) }
            state.buckets[name] = nil
        }
    }

    /// - Parameter policy: `nil` removes it.
    func setPolicy(_ policy: String?, of name: String) async throws(ServiceFailure) {
        try await inTurn { () async throws(ServiceFailure) in
            var bucket = try state.bucket(name)
            guard policy != nil || bucket.policy != nil else { throw .noVectorBucketPolicy }
            bucket.policy = policy
            try await keep(bucket)
        }
    }

    // MARK: Tags

    func tags(of resource: VectorResource) async throws(ServiceFailure) -> [String: String] {
        try await inTurn { () async throws(ServiceFailure) in try currentTags(of: resource) }
    }

    func changeTags(
        of resource: VectorResource, adding: [String: String], removing: [String] = []
    ) async throws(ServiceFailure) {
        try await inTurn { () async throws(ServiceFailure) in
            var tags = try currentTags(of: resource).merging(adding) { _, new in new }
            for key in removing { tags[key] = nil }
            guard tags.count <= S3VectorsLimits.tags else {
                throw .invalidVectors(
                    "A resource has at most \(S3VectorsLimits.tags) tags", path: "/tags")
            }
            switch resource {
            case .bucket(let name):
                var bucket = try state.bucket(name)
                bucket.tags = tags
                try await keep(bucket)
            case .index(let name):
                var index = try state.index(name)
                index.tags = tags
                let changed = index
                try await stored { _ = try await $0.save(changed) }
                state.buckets[name.bucket]?.indexes[name.index]?.tags = tags
            }
        }
    }

    private func currentTags(of resource: VectorResource) throws(ServiceFailure) -> [String: String] {
        switch resource {
        case .bucket(let name):
            guard let bucket = state.buckets[name] else { throw .noTaggedVectors }
            return bucket.tags
        case .index(let name):
            guard let index = state.buckets[name.bucket]?.indexes[name.index] else { throw .noTaggedVectors }
            return index.tags
        }
    }

    // MARK: Indexes

    /// - Parameter draft: Its moment is set here, and its encryption that of the bucket where it has none.
    func createIndex(_ draft: VectorIndexDraft) async throws(ServiceFailure) {
        try await inTurn { () async throws(ServiceFailure) in
            let bucket = try state.bucket(draft.name.bucket)
            guard bucket.indexes[draft.name.index] == nil else { throw .vectorIndexExists }
            guard bucket.indexes.count < limits.indexesPerBucket else {
                throw .vectorQuota("A vector bucket has at most \(limits.indexesPerBucket) indexes")
            }
            var index = VectorIndex(
                name: draft.name, createdAt: clock.now(), dimension: draft.dimension, metric: draft.metric,
                nonFilterableKeys: draft.nonFilterableKeys,
                encryption: draft.encryption ?? bucket.encryption, tags: draft.tags)
            let saved = index
            index.id = try await stored { try await $0.save(saved) } ?? 0
            tables[draft.name] = VectorTable(dimension: draft.dimension, metric: draft.metric)
            rates[draft.name] = VectorRate()
            state.buckets[draft.name.bucket]?.indexes[draft.name.index] = index
        }
    }

    func index(_ name: VectorIndexName) async throws(ServiceFailure) -> VectorIndex {
        try await inTurn { () async throws(ServiceFailure) in try state.index(name) }
    }

    func deleteIndex(_ name: VectorIndexName) async throws(ServiceFailure) {
        try await inTurn { () async throws(ServiceFailure) in
            let id = try state.index(name).id
            try await stored { try await $0.deleteIndex(id) }
            state.buckets[name.bucket]?.indexes[name.index] = nil
            tables[name] = nil
        }
    }

    // MARK: Vectors

    /// All of them or none.
    func put(_ drafts: [VectorDraft], in name: VectorIndexName) async throws(ServiceFailure) {
        try await inTurn { () async throws(ServiceFailure) in
            let index = try await loadedIndex(name)
            for draft in drafts { try draft.check(for: index) }
            try countWrite(drafts.count, to: name)
            let vectors = numbered(drafts, in: name)
            try await stored { try await $0.put(vectors, in: index.id) }
            for vector in vectors {
                tables[name]?.put(
                    vector.key, serial: vector.serial, vector.numbers, metadata: vector.metadata)
            }
        }
    }

    /// Gives new keys the next serial numbers and known ones those they have, in the order of the numbers. Of
    /// vectors with the same key the last one stays.
    private func numbered(_ drafts: [VectorDraft], in name: VectorIndexName) -> [StoredVector] {
        var serials: [[UInt8]: Int64] = [:]
        var last = tables[name]?.lastSerial ?? 0
        var latest: [Int64: StoredVector] = [:]
        for draft in drafts {
            let key = Array(draft.key.utf8)
            let known = serials[key] ?? tables[name]?.row(draft.key)?.serial
            if known == nil { last += 1 }
            let serial = known ?? last
            serials[key] = serial
            latest[serial] = StoredVector(
                key: draft.key, serial: serial, numbers: draft.numbers, metadata: draft.metadata)
        }
        return latest.values.sorted { $0.serial < $1.serial }
    }

    /// Keys that are not there are deleted, too.
    func delete(_ keys: [String], from name: VectorIndexName) async throws(ServiceFailure) {
        try await inTurn { () async throws(ServiceFailure) in
            let index = try await loadedIndex(name)
            try countWrite(keys.count, to: name)
            let serials = keys.compactMap { tables[name]?.row($0)?.serial }
            try await stored { try await $0.delete(serials, from: index.id) }
            for key in keys { tables[name]?.delete(key) }
        }
    }

    /// Looks at an index whose vectors are in memory; the work takes this service's turn.
    func reading<Result>(
        _ name: VectorIndexName, _ body: (VectorIndex, VectorTable) throws(ServiceFailure) -> Result
    ) async throws(ServiceFailure) -> Result {
        try await inTurn { () async throws(ServiceFailure) in
            let index = try await loadedIndex(name)
            return try body(
                index, tables[name] ?? VectorTable(dimension: index.dimension, metric: index.metric))
        }
    }
}

// MARK: Turns and storage

extension S3VectorsService {
    private func inTurn<Result>(
        _ body: () async throws(ServiceFailure) -> Result
    ) async throws(ServiceFailure) -> Result {
        if isBusy {
            await withCheckedContinuation { waiting.append($0) }
        } else {
            isBusy = true
        }
        // The turn goes to the next in line.
        defer { if waiting.isEmpty { isBusy = false } else { waiting.removeFirst().resume() } }
        if !isLoaded {
            let buckets = try await stored { try await $0.load() } ?? []
            state.buckets = Dictionary(buckets.map { ($0.name, $0) }) { _, last in last }
            isLoaded = true
        }
        return try await body()
    }

    /// - Returns: `nil` without a database.
    private func stored<Result: Sendable>(
        _ work: @Sendable (VectorStore) async throws -> Result
    ) async throws(ServiceFailure) -> Result? {
        guard let store else { return nil }
        do {
            return try await work(store)
        } catch {
            throw ServiceFailure(
                "InternalServerException", "PostgreSQL does not keep the vectors: \(error)", status: 500)
        }
    }

    private func keep(_ bucket: VectorBucket) async throws(ServiceFailure) {
        try await stored { try await $0.save(bucket) }
        state.buckets[bucket.name] = bucket
    }

    private func loadedIndex(_ name: VectorIndexName) async throws(ServiceFailure) -> VectorIndex {
        let index = try state.index(name)
        if tables[name] == nil { tables[name] = try await stored { try await $0.table(of: index) } }
        return index
    }

    private func countWrite(_ vectors: Int, to name: VectorIndexName) throws(ServiceFailure) {
        try rates[name, default: VectorRate()].count(vectors, at: clock.now(), limits)
    }
}

/// What tags are on.
enum VectorResource: Sendable {
    case bucket(String)
    case index(VectorIndexName)
}

/// An index that is to be made.
struct VectorIndexDraft: Sendable {
    let name: VectorIndexName
    let dimension: Int
    let metric: VectorMetric
    let nonFilterableKeys: [String]
    let encryption: JSONValue?
    let tags: [String: String]
}
