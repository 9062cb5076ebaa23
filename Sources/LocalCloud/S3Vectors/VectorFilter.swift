import Wire

/// A filter on the metadata of vectors: `{"year": {"$gte": 2020}}`, `{"$and": [...]}`.
///
/// Where metadata is a list, one element that fits is enough. A key that is missing is not equal to anything:
/// it satisfies `$ne` and `$nin`. Conditions on several keys are joined by `$and` and `$or` alone, which is
/// how clients that were tried against AWS write them. Source: Amazon S3 User Guide, "Metadata filtering".
package indirect enum VectorFilter: Sendable {
    case all([VectorFilter])
    case any([VectorFilter])
    case equals(key: String, [Scalar])
    case differs(key: String, [Scalar])
    case compares(key: String, Comparison, Double)
    case exists(key: String, Bool)

    package enum Scalar: Sendable, Hashable {
        case string(String)
        case number(Double)
        case bool(Bool)
    }

    package enum Comparison: String, Sendable {
        case greater = "$gt"
        case greaterOrEqual = "$gte"
        case less = "$lt"
        case lessOrEqual = "$lte"
    }

    /// - Parameter nonFilterable: Keys that the index stores without searching by them.
    /// - Throws: `ValidationException` with what is wrong.
    package init(_ json: JSONValue, nonFilterable: Set<String> = []) throws(ServiceFailure) {
        guard let members = json.object else {
            throw Self.invalid("a filter is an object, not \(json.kind)")
        }
        guard members.count == 1, let (key, value) = members.first else {
            throw Self.invalid("a filter has exactly one member; join conditions by $and or $or")
        }
        switch key {
        case "$and": self = .all(try Self.list(value, of: key, nonFilterable))
        case "$or": self = .any(try Self.list(value, of: key, nonFilterable))
        default:
            guard !key.hasPrefix("$") else { throw Self.invalid("\(key) is not an operator for filters") }
            guard !nonFilterable.contains(key) else {
                throw Self.invalid("the metadata key \(key) is not filterable")
            }
            self = try Self.condition(key, value)
        }
    }

    package func matches(_ metadata: [String: JSONValue]?) -> Bool {
        func has(_ key: String, _ isWanted: (Scalar) -> Bool) -> Bool {
            switch metadata?[key] {
            case .array(let elements)?: elements.contains { Scalar($0).map(isWanted) ?? false }
            case let value?: Scalar(value).map(isWanted) ?? false
            case nil: false
            }
        }
        return switch self {
        case .all(let filters): filters.allSatisfy { $0.matches(metadata) }
        case .any(let filters): filters.contains { $0.matches(metadata) }
        case .equals(let key, let scalars): has(key) { scalars.contains($0) }
        case .differs(let key, let scalars): !has(key) { scalars.contains($0) }
        case .compares(let key, let comparison, let number): has(key) { comparison.holds($0, number) }
        case .exists(let key, let isWanted): (metadata?[key] != nil) == isWanted
        }
    }

    private static func list(
        _ value: JSONValue, of operation: String, _ nonFilterable: Set<String>
    ) throws(ServiceFailure) -> [VectorFilter] {
        guard let elements = value.array, !elements.isEmpty else {
            throw invalid("\(operation) takes a list of filters that is not empty")
        }
        var filters: [VectorFilter] = []
        for element in elements { filters.append(try VectorFilter(element, nonFilterable: nonFilterable)) }
        return filters
    }

    private static func condition(_ key: String, _ value: JSONValue) throws(ServiceFailure) -> VectorFilter {
        guard let operations = value.object else {
            return .equals(key: key, [try scalar(value, of: key)])
        }
        guard !operations.isEmpty else { throw invalid("\(key) has no operator") }
        var filters: [VectorFilter] = []
        for (operation, operand) in operations.sorted(by: { $0.key < $1.key }) {
            filters.append(try condition(key, operation, operand))
        }
        return filters.count == 1 ? filters[0] : .all(filters)
    }

    private static func condition(
        _ key: String, _ operation: String, _ operand: JSONValue
    ) throws(ServiceFailure) -> VectorFilter {
        switch operation {
        case "$eq": return .equals(key: key, [try scalar(operand, of: operation)])
        case "$ne": return .differs(key: key, [try scalar(operand, of: operation)])
        case "$in": return .equals(key: key, try scalars(operand, of: operation))
        case "$nin": return .differs(key: key, try scalars(operand, of: operation))
        case "$exists":
            guard let flag = operand.bool else { throw invalid("$exists takes true or false") }
            return .exists(key: key, flag)
        default:
            guard let comparison = Comparison(rawValue: operation) else {
                throw invalid("\(operation) is not an operator for metadata")
            }
            guard let number = operand.double else {
                throw invalid("\(operation) takes a number, not \(operand.kind)")
            }
            return .compares(key: key, comparison, number)
        }
    }

    private static func scalar(_ value: JSONValue, of operation: String) throws(ServiceFailure) -> Scalar {
        guard let scalar = Scalar(value) else {
            throw invalid("\(operation) takes a string, a number or a boolean, not \(value.kind)")
        }
        return scalar
    }

    private static func scalars(_ value: JSONValue, of operation: String) throws(ServiceFailure) -> [Scalar] {
        guard let elements = value.array, !elements.isEmpty else {
            throw invalid("\(operation) takes a list that is not empty")
        }
        var found: [Scalar] = []
        for element in elements { found.append(try scalar(element, of: operation)) }
        return found
    }

    private static func invalid(_ reason: String) -> ServiceFailure {
        .invalidVectors("Invalid query filter: \(reason)", path: "/filter")
    }
}

extension VectorFilter.Scalar {
    /// `nil` for what is neither string, number nor boolean.
    init?(_ value: JSONValue) {
        switch value {
        case .string(let text): self = .string(text)
        case .number(let number): self = .number(number.double)
        case .bool(let flag): self = .bool(flag)
        case .null, .array, .object: return nil
        }
    }
}

extension VectorFilter.Comparison {
    /// Whatever is no number stands in no order to one.
    fileprivate func holds(_ scalar: VectorFilter.Scalar, _ limit: Double) -> Bool {
        guard case .number(let number) = scalar else { return false }
        return switch self {
        case .greater: number > limit
        case .greaterOrEqual: number >= limit
        case .less: number < limit
        case .lessOrEqual: number <= limit
        }
    }
}
