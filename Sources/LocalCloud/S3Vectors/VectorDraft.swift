import Wire

/// A vector as a request brings it.
struct VectorDraft: Sendable {
    let key: String
    let numbers: [Float]
    let metadata: [String: JSONValue]?

    /// - Throws: `ValidationException` when the index does not take it.
    func check(for index: VectorIndex) throws(ServiceFailure) {
        if let reason = Self.objection(to: numbers, index) { throw .invalidRecord(key, reason) }
        guard let metadata else { return }
        try checkShape(of: metadata)
        let nonFilterable = Set(index.nonFilterableKeys)
        let filterable = metadata.filter { !nonFilterable.contains($0.key) }
        guard Self.size(of: filterable) <= S3VectorsLimits.filterableBytes else {
            throw .invalidRecord(
                key, "Filterable metadata must have at most \(S3VectorsLimits.filterableBytes) bytes")
        }
        guard Self.size(of: metadata) <= S3VectorsLimits.metadataBytes else {
            throw .invalidRecord(key, "Metadata must have at most \(S3VectorsLimits.metadataBytes) bytes")
        }
    }

    /// What keeps numbers from being a vector of the index, or a question to it; `nil` when nothing does.
    static func objection(to numbers: [Float], _ index: VectorIndex) -> String? {
        guard numbers.count == index.dimension else {
            return "vector must have \(index.dimension) dimensions, but has \(numbers.count)"
        }
        guard numbers.allSatisfy(\.isFinite) else { return "vector must hold finite numbers only" }
        guard index.metric != .cosine || numbers.contains(where: { $0 != 0 }) else {
            return "vector must not be zero in an index with the cosine distance"
        }
        return nil
    }

    private func checkShape(of metadata: [String: JSONValue]) throws(ServiceFailure) {
        guard metadata.count <= S3VectorsLimits.metadataKeys else {
            throw .invalidRecord(
                key, "Metadata object must have at most \(S3VectorsLimits.metadataKeys) keys")
        }
        for (name, value) in metadata {
            let elements = value.array ?? [value]
            guard elements.allSatisfy({ VectorFilter.Scalar($0) != nil }) else {
                throw .invalidRecord(
                    key, "Metadata \(name) must be a string, a number, a boolean or a list of these")
            }
        }
    }

    private static func size(of metadata: [String: JSONValue]) -> Int {
        JSONValue.object(metadata).bytes.count
    }
}
