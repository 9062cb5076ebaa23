import Wire

/// The errors of Amazon S3 Vectors. Names and statuses: botocore, s3vectors 2025-07-15.
extension ServiceFailure {
    /// - Parameter path: The member it is about, `/vectors`.
    static func invalidVectors(_ message: String, path: String) -> ServiceFailure {
        ServiceFailure(
            "ValidationException", message,
            members: ["fieldList": [["path": .string(path), "message": .string(message)]]])
    }

    /// A member breaks what the service's model says of it.
    static func constraint(_ value: String, _ path: String, _ rule: String) -> ServiceFailure {
        let reason = "\(value) at '\(path)' failed to satisfy constraint: Member must \(rule)"
        return ServiceFailure(
            "ValidationException", "1 validation error detected. \(reason)",
            members: ["fieldList": [["path": .string(path), "message": .string(reason)]]])
    }

    /// A vector of a request cannot be stored.
    static func invalidRecord(_ key: String, _ reason: String) -> ServiceFailure {
        invalidVectors("Invalid record for key '\(key)': \(reason)", path: "/vectors")
    }

    static let noVectorBucket = ServiceFailure(
        "NotFoundException", "The specified vector bucket could not be found", status: 404)
    static let noVectorIndex = ServiceFailure(
        "NotFoundException", "The specified index could not be found", status: 404)
    static let noVectorBucketPolicy = ServiceFailure(
        "NotFoundException", "The specified vector bucket policy could not be found", status: 404)
    static let noTaggedVectors = ServiceFailure(
        "NotFoundException", "The specified resource could not be found", status: 404)
    static let vectorBucketExists = ServiceFailure(
        "ConflictException", "A vector bucket with the specified name already exists", status: 409)
    static let vectorIndexExists = ServiceFailure(
        "ConflictException", "An index with the specified name already exists", status: 409)
    static let vectorBucketNotEmpty = ServiceFailure(
        "ConflictException", "The specified vector bucket is not empty", status: 409)
    static let tooManyVectorRequests = ServiceFailure(
        "TooManyRequestsException", "Too many requests. Reduce your request rate.", status: 429)

    static func vectorQuota(_ message: String) -> ServiceFailure {
        ServiceFailure("ServiceQuotaExceededException", message, status: 402)
    }
}

/// The documented limits of Amazon S3 Vectors. Source: Amazon S3 User Guide, "Limitations and restrictions",
/// and botocore, s3vectors 2025-07-15.
package struct S3VectorsLimits: Sendable {
    package var buckets = 10_000
    package var indexesPerBucket = 10_000
    /// Of one index, put and deleted together, in a second.
    package var writesPerSecond = 1000
    package var vectorsPerSecond = 2500

    package init() {}

    static let dimensions = 1...4096
    static let putVectors = 1...500
    static let deletedKeys = 1...500
    static let readKeys = 1...100
    static let nearest = 1...100
    static let listedVectors = 1...1000
    static let listedByDefault = 500
    static let listedBytes = 1 << 20
    static let listedNames = 1...500
    static let segments = 1...16
    static let keyCharacters = 1...1024
    static let nameCharacters = 3...63
    static let nonFilterableKeys = 0...10
    static let metadataKeyCharacters = 1...63
    static let metadataKeys = 50
    static let metadataBytes = 40 * 1024
    static let filterableBytes = 2048
    static let tags = 50
    static let requestBytes = 20 << 20
}
