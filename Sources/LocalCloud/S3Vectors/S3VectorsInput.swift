import Quantities
import Wire

/// The members of a request to S3 Vectors, read and held to what the service's model says.
struct S3VectorsInput: Sendable {
    private let body: JSONValue

    init(_ body: JSONValue) {
        self.body = body
    }

    // MARK: Names

    /// `vectorBucketName`, or `vectorBucketArn`.
    func bucket() throws(ServiceFailure) -> String {
        let name = try text("vectorBucketName")
        let arn = try text("vectorBucketArn")
        switch (name, arn) {
        case (let name?, nil): return try Self.name(name, "/vectorBucketName")
        case (nil, let arn?):
            guard case .bucket(let name)? = VectorResource(arn: arn) else {
                throw .constraint("Value", "/vectorBucketArn", "be the ARN of a vector bucket")
            }
            return name
        default:
            throw .invalidVectors(
                "Must specify either vectorBucketName or vectorBucketArn but not both",
                path: "/vectorBucketName")
        }
    }

    /// `vectorBucketName` and `indexName`, or `indexArn`.
    func index() throws(ServiceFailure) -> VectorIndexName {
        let bucket = try text("vectorBucketName")
        let name = try text("indexName")
        let arn = try text("indexArn")
        switch (bucket, name, arn) {
        case (let bucket?, let name?, nil):
            return VectorIndexName(
                bucket: try Self.name(bucket, "/vectorBucketName"), index: try Self.name(name, "/indexName"))
        case (nil, nil, let arn?):
            guard case .index(let name)? = VectorResource(arn: arn) else {
                throw .constraint("Value", "/indexArn", "be the ARN of a vector index")
            }
            return name
        default:
            throw .invalidVectors(
                "Must specify either both vectorBucketName and indexName or indexArn", path: "/indexName")
        }
    }

    func newIndex() throws(ServiceFailure) -> VectorIndexDraft {
        let bucket = try bucket()
        let name = try Self.name(try required("indexName"), "/indexName")
        _ = try choice("dataType", of: ["float32"])
        guard let dimension = try number("dimension", in: S3VectorsLimits.dimensions) else {
            throw Self.missing("dimension")
        }
        let metric = try choice("distanceMetric", of: VectorMetric.allCases.map(\.rawValue).sorted())
        return VectorIndexDraft(
            name: VectorIndexName(bucket: bucket, index: name), dimension: dimension,
            metric: VectorMetric(rawValue: metric) ?? .cosine,
            nonFilterableKeys: try nonFilterableKeys(),
            encryption: body["encryptionConfiguration"] == nil ? nil : try encryption(), tags: try tags())
    }

    private func nonFilterableKeys() throws(ServiceFailure) -> [String] {
        guard let configuration = body["metadataConfiguration"], !configuration.isNull else { return [] }
        guard configuration["textSearchConfigurations"]?.array?.isEmpty ?? true else {
            throw .invalidVectors(
                "full-text search is not part of the local cloud",
                path: "/metadataConfiguration/textSearchConfigurations")
        }
        guard let list = configuration["nonFilterableMetadataKeys"], !list.isNull else { return [] }
        let path = "/metadataConfiguration/nonFilterableMetadataKeys"
        guard let keys = list.array?.compactMap(\.string), keys.count == list.array?.count else {
            throw Self.wrongKind(list, path)
        }
        try Self.check(keys.count, path, S3VectorsLimits.nonFilterableKeys)
        for key in keys {
            try Self.check(key.unicodeScalars.count, path, S3VectorsLimits.metadataKeyCharacters)
        }
        guard Set(keys).count == keys.count else {
            throw .constraint("Value", path, "not contain a key twice")
        }
        return keys
    }

    /// AES256 where nothing is said.
    func encryption() throws(ServiceFailure) -> JSONValue {
        guard let given = body["encryptionConfiguration"], !given.isNull else { return ["sseType": "AES256"] }
        let type = given["sseType"]?.string ?? "AES256"
        guard ["AES256", "aws:kms"].contains(type) else {
            throw .constraint(
                "Value", "/encryptionConfiguration/sseType", "satisfy enum value set: [AES256, aws:kms]")
        }
        guard (type == "aws:kms") == (given["kmsKeyArn"]?.string != nil) else {
            throw .invalidVectors(
                "kmsKeyArn goes with the sseType aws:kms", path: "/encryptionConfiguration/kmsKeyArn")
        }
        return given
    }

    func tags() throws(ServiceFailure) -> [String: String] {
        guard let tags = body["tags"], !tags.isNull else { return [:] }
        guard let members = tags.object, members.values.allSatisfy({ $0.string != nil }) else {
            throw Self.wrongKind(tags, "/tags")
        }
        for (key, value) in members {
            try Self.check(key.unicodeScalars.count, "/tags", 1...128)
            try Self.check(value.string?.unicodeScalars.count ?? 0, "/tags", 0...256)
        }
        try Self.check(members.count, "/tags", 0...S3VectorsLimits.tags)
        return members.compactMapValues(\.string)
    }

    // MARK: Vectors

    func keys(_ range: ClosedRange<Int>) throws(ServiceFailure) -> [String] {
        guard let list = body["keys"], !list.isNull else { throw Self.missing("keys") }
        guard let keys = list.array?.compactMap(\.string), keys.count == list.array?.count else {
            throw Self.wrongKind(list, "/keys")
        }
        try Self.check(keys.count, "/keys", range)
        for key in keys { try Self.check(key.unicodeScalars.count, "/keys", S3VectorsLimits.keyCharacters) }
        return keys
    }

    func vectors() throws(ServiceFailure) -> [VectorDraft] {
        guard let list = body["vectors"], !list.isNull else { throw Self.missing("vectors") }
        guard let elements = list.array else { throw Self.wrongKind(list, "/vectors") }
        try Self.check(elements.count, "/vectors", S3VectorsLimits.putVectors)
        var drafts: [VectorDraft] = []
        for (place, element) in elements.enumerated() {
            let path = "/vectors/\(place + 1)/member"
            guard let key = element["key"]?.string else {
                throw Self.missing("vectors/\(place + 1)/member/key")
            }
            try Self.check(key.unicodeScalars.count, path + "/key", S3VectorsLimits.keyCharacters)
            guard let data = element["data"] else { throw Self.missing("vectors/\(place + 1)/member/data") }
            let metadata = element["metadata"]
            guard metadata == nil || metadata?.isNull == true || metadata?.object != nil else {
                throw .invalidRecord(key, "Metadata must be an object")
            }
            drafts.append(
                VectorDraft(
                    key: key, numbers: try Self.numbers(data, path + "/data"), metadata: metadata?.object))
        }
        return drafts
    }

    func queryVector() throws(ServiceFailure) -> [Float] {
        guard body["queryTexts"] == nil else {
            throw .invalidVectors("full-text search is not part of the local cloud", path: "/queryTexts")
        }
        guard let data = body["queryVector"], !data.isNull else { throw Self.missing("queryVector") }
        return try Self.numbers(data, "/queryVector")
    }

    func filter(_ nonFilterable: [String]) throws(ServiceFailure) -> VectorFilter? {
        guard let filter = body["filter"], !filter.isNull else { return nil }
        return try VectorFilter(filter, nonFilterable: Set(nonFilterable))
    }

    /// `segmentIndex` and `segmentCount`; one of one when nothing is said.
    func segment() throws(ServiceFailure) -> (index: Int, count: Int) {
        let count = try number("segmentCount", in: S3VectorsLimits.segments)
        let index = try number("segmentIndex", in: 0...S3VectorsLimits.segments.upperBound - 1)
        guard (count == nil) == (index == nil), index ?? 0 < count ?? 1 else {
            throw .invalidVectors(
                "segmentIndex and segmentCount go together, and segmentIndex is less", path: "/segmentIndex")
        }
        return (index ?? 0, count ?? 1)
    }

    private static func numbers(_ data: JSONValue, _ path: String) throws(ServiceFailure) -> [Float] {
        guard let members = data["float32"]?.array else { throw wrongKind(data, path) }
        var numbers: [Float] = []
        numbers.reserveCapacity(members.count)
        for member in members {
            guard case .number(let number) = member, let value = Float(number.digits) else {
                throw wrongKind(member, path + "/float32")
            }
            numbers.append(value)
        }
        return numbers
    }
}

// MARK: Members

extension S3VectorsInput {
    func text(_ member: String) throws(ServiceFailure) -> String? {
        guard let value = body[member], !value.isNull else { return nil }
        guard let text = value.string else { throw Self.wrongKind(value, "/\(member)") }
        return text
    }

    func required(_ member: String) throws(ServiceFailure) -> String {
        guard let text = try text(member) else { throw Self.missing(member) }
        return text
    }

    func flag(_ member: String) throws(ServiceFailure) -> Bool {
        guard let value = body[member], !value.isNull else { return false }
        guard let flag = value.bool else { throw Self.wrongKind(value, "/\(member)") }
        return flag
    }

    func number(_ member: String, in range: ClosedRange<Int>) throws(ServiceFailure) -> Int? {
        guard let value = body[member], !value.isNull else { return nil }
        guard let number = value.int else { throw Self.wrongKind(value, "/\(member)") }
        guard range.contains(number) else {
            throw .constraint(
                "Value", "/\(member)", "be between \(range.lowerBound) and \(range.upperBound), inclusive")
        }
        return number
    }

    func choice(_ member: String, of values: [String]) throws(ServiceFailure) -> String {
        let text = try required(member)
        guard values.contains(text) else {
            throw .constraint(
                "Value", "/\(member)", "satisfy enum value set: [\(values.joined(separator: ", "))]")
        }
        return text
    }

    /// Where a list goes on: what a page's ``token(_:)`` was made of.
    func start() throws(ServiceFailure) -> String? {
        guard let token = try text("nextToken") else { return nil }
        guard let bytes = Base64.decode(token, alphabet: .url),
            let text = String(validating: bytes, as: UTF8.self)
        else { throw .invalidVectors("Invalid nextToken", path: "/nextToken") }
        return text
    }

    static func token(_ start: String) -> JSONValue { .string(Base64.encode(start.utf8, alphabet: .url)) }

    private static func name(_ name: String, _ path: String) throws(ServiceFailure) -> String {
        try check(name.unicodeScalars.count, path, S3VectorsLimits.nameCharacters)
        guard VectorResource.isName(name) else {
            throw .invalidVectors(
                path == "/indexName" ? "Invalid index name" : "Invalid vector bucket name", path: path)
        }
        return name
    }

    private static func check(_ length: Int, _ path: String, _ range: ClosedRange<Int>) throws(ServiceFailure)
    {
        guard range.contains(length) else {
            throw .constraint(
                "Value with length \(length)", path,
                "have length between \(range.lowerBound) and \(range.upperBound), inclusive")
        }
    }

    private static func missing(_ member: String) -> ServiceFailure {
        .constraint("Value", "/\(member)", "not be null")
    }

    private static func wrongKind(_ value: JSONValue, _ path: String) -> ServiceFailure {
        ServiceFailure("SerializationException", "\(value.kind) can not be converted to \(path)")
    }
}

extension VectorResource {
    /// `arn:aws:s3vectors:us-east-1:123456789012:bucket/name/index/name`; `nil` for other texts.
    init?(arn: String) {
        let parts = arn.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let head = parts[0].split(separator: ":", omittingEmptySubsequences: false)
        guard head.count == 6, head[0] == "arn", head[1].hasPrefix("aws"), head[2] == "s3vectors",
            head[5] == "bucket"
        else { return nil }
        switch parts.count {
        case 2 where Self.isName(parts[1]): self = .bucket(parts[1])
        case 4 where Self.isName(parts[1]) && parts[2] == "index" && Self.isName(parts[3]):
            self = .index(VectorIndexName(bucket: parts[1], index: parts[3]))
        default: return nil
        }
    }

    /// Lower-case letters, digits, hyphens and points; the first and the last are letters or digits.
    static func isName(_ name: String) -> Bool {
        func isPlain(_ byte: UInt8?) -> Bool {
            guard let byte else { return false }
            return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
        return S3VectorsLimits.nameCharacters.contains(name.utf8.count) && isPlain(name.utf8.first)
            && isPlain(name.utf8.last)
            && name.utf8.allSatisfy { isPlain($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
    }
}
