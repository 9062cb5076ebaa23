/// One row of an answer.
///
///     Instrument(symbol: try row.required("symbol"), price: try row.optional("current_price"))
package struct Row: Sendable, Hashable {
    package let columns: [Column]
    package let fields: [Field]

    /// The caller promises as many fields as columns.
    init(columns: [Column], fields: [Field]) {
        self.columns = columns
        self.fields = fields
    }

    /// - Throws: ``DataAPIFailure/malformedRow(_:)`` when there is no such column, it is NULL, or it is of
    ///   another type.
    package func required<Value: SQLValue>(
        _ label: String, as type: Value.Type = Value.self
    ) throws(DataAPIFailure) -> Value {
        guard let value = try optional(label, as: type) else {
            throw .malformedRow(.isNull(column: label, expected: String(describing: type)))
        }
        return value
    }

    /// `nil` when the column is NULL.
    ///
    /// - Throws: ``DataAPIFailure/malformedRow(_:)`` when there is no such column, or it is of another type.
    package func optional<Value: SQLValue>(
        _ label: String, as type: Value.Type = Value.self
    ) throws(DataAPIFailure) -> Value? {
        let (column, field) = try cell(label)
        if field == .null { return nil }
        guard let value = Value(field: field, type: column.type) else {
            throw .malformedRow(.mismatch(column, expected: String(describing: type), field))
        }
        return value
    }

    /// A column of an array type without NULL elements.
    package func array<Element: SQLValue>(
        _ label: String, of type: Element.Type = Element.self
    ) throws(DataAPIFailure) -> [Element] {
        let (column, field) = try cell(label)
        guard field != .null else {
            throw .malformedRow(.isNull(column: label, expected: "[\(type)]"))
        }
        guard case (.array(let fields), .array(let elementType)) = (field, column.type) else {
            throw .malformedRow(.mismatch(column, expected: "[\(type)]", field))
        }
        var elements: [Element] = []
        for field in fields {
            guard field != .null, let element = Element(field: field, type: elementType) else {
                throw .malformedRow(.mismatch(column, expected: "[\(type)]", field))
            }
            elements.append(element)
        }
        return elements
    }

    /// A `bytea` column; `nil` when it is NULL.
    package func bytes(_ label: String) throws(DataAPIFailure) -> [UInt8]? {
        let (column, field) = try cell(label)
        switch field {
        case .null: return nil
        case .blob(let bytes): return bytes
        default: throw .malformedRow(.mismatch(column, expected: "bytes", field))
        }
    }

    private func cell(_ label: String) throws(DataAPIFailure) -> (Column, Field) {
        guard let index = columns.firstIndex(where: { $0.label == label }) else {
            throw .malformedRow(.noColumn(label, available: columns.map(\.label)))
        }
        guard columns.lastIndex(where: { $0.label == label }) == index else {
            throw .malformedRow(.ambiguousColumn(label))
        }
        return (columns[index], fields[index])
    }
}

/// A row that is not what the program expects of it: the statement and the code that reads it have drifted
/// apart.
package enum RowFailure: Sendable, Hashable, CustomStringConvertible {
    case noColumn(String, available: [String])
    case ambiguousColumn(String)
    case isNull(column: String, expected: String)
    /// `actual` is the kind of value that came, never the value.
    case wrongType(column: String, columnType: String, expected: String, actual: String)

    static func mismatch(_ column: Column, expected: String, _ field: Field) -> RowFailure {
        .wrongType(
            column: column.label, columnType: column.type.description, expected: expected, actual: field.kind)
    }

    package var description: String {
        switch self {
        case .noColumn(let label, let available):
            "no column \(label); there are \(available.joined(separator: ", "))"
        case .ambiguousColumn(let label): "more than one column is called \(label)"
        case .isNull(let column, let expected): "column \(column) is NULL, expected \(expected)"
        case .wrongType(let column, let columnType, let expected, let actual):
            "column \(column) is \(columnType) and holds \(actual), which cannot be read as \(expected)"
        }
    }
}
