import Quantities

/// A row with the times the database keeps for it.
@dynamicMemberLookup
package struct Dated<Value: Sendable>: Sendable {
    package let value: Value
    package let createdAt: Timestamp
    package let updatedAt: Timestamp

    package subscript<Member>(dynamicMember path: KeyPath<Value, Member>) -> Member { value[keyPath: path] }
}

extension Dated: Equatable where Value: Equatable {}

extension Dated {
    init(_ row: TableRow, _ value: Value) throws(StoreFailure) {
        self.value = value
        createdAt = try row.required("created_at")
        updatedAt = try row.required("updated_at")
    }
}

/// What a change does to a value that may be absent.
package enum Edit<Value: Sendable>: Sendable {
    case keep
    case set(Value?)

    var isSet: Bool {
        if case .set = self { true } else { false }
    }

    /// `nil` for ``keep`` too: look at ``isSet`` first.
    var value: Value? {
        if case .set(let value) = self { value } else { nil }
    }
}

extension Edit: Equatable where Value: Equatable {}
