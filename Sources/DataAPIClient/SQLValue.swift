import Quantities
import Wire

/// A Swift type that is bound to a parameter and read from a column.
///
/// A column is read by its *type*, as PostgreSQL reports it, never by what its characters look like: a `text`
/// column holding `{"a":1}` is a string, and a `uuid` column is no string.
package protocol SQLValue: Sendable {
    static var typeHint: SQLParameter.TypeHint? { get }

    var field: Field { get }

    /// - Returns: `nil` when a column of this type, or this value in it, cannot be read as `Self`. `field` is
    ///   never ``Field/null``.
    init?(field: Field, type: ColumnType)
}

extension SQLValue {
    package static var typeHint: SQLParameter.TypeHint? { nil }
}

/// Enumerations and typed identifiers need no more than to say that they conform.
extension SQLValue where Self: RawRepresentable, RawValue: SQLValue {
    package static var typeHint: SQLParameter.TypeHint? { RawValue.typeHint }

    package var field: Field { rawValue.field }

    package init?(field: Field, type: ColumnType) {
        guard let rawValue = RawValue(field: field, type: type) else { return nil }
        self.init(rawValue: rawValue)
    }
}

extension String: SQLValue {
    package var field: Field { .string(self) }

    package init?(field: Field, type: ColumnType) {
        switch (field, type) {
        case (.string(let text), .text), (.string(let text), .other): self = text
        default: return nil
        }
    }
}

extension Bool: SQLValue {
    package var field: Field { .boolean(self) }

    package init?(field: Field, type: ColumnType) {
        guard case (.boolean(let flag), .boolean) = (field, type) else { return nil }
        self = flag
    }
}

extension Int: SQLValue {
    package var field: Field { .long(Int64(self)) }

    package init?(field: Field, type: ColumnType) {
        guard case (.long(let number), .integer) = (field, type) else { return nil }
        self.init(exactly: number)
    }
}

extension Double: SQLValue {
    package var field: Field { .double(self) }

    package init?(field: Field, type: ColumnType) {
        switch (field, type) {
        case (.double(let number), .float): self = number
        case (.long(let number), .float): self = Double(number)
        default: return nil
        }
    }
}

extension Decimal: SQLValue {
    package static var typeHint: SQLParameter.TypeHint? { .decimal }

    package var field: Field { .string(description) }

    package init?(field: Field, type: ColumnType) {
        switch (field, type) {
        case (.string(let text), .numeric): self.init(text)
        case (.long(let number), .integer), (.long(let number), .numeric): self.init(Int(number))
        default: return nil
        }
    }
}

extension UUID: SQLValue {
    package static var typeHint: SQLParameter.TypeHint? { .uuid }

    package var field: Field { .string(description) }

    package init?(field: Field, type: ColumnType) {
        guard case (.string(let text), .uuid) = (field, type) else { return nil }
        self.init(text)
    }
}

extension CalendarDate: SQLValue {
    package static var typeHint: SQLParameter.TypeHint? { .date }

    package var field: Field { .string(description) }

    package init?(field: Field, type: ColumnType) {
        guard case (.string(let text), .date) = (field, type) else { return nil }
        self.init(text)
    }
}

/// `timestamptz` comes back in UTC without an offset: `2026-11-21 08:00:00.5`. A session's time zone must
/// stay UTC, the service's own.
extension Timestamp: SQLValue {
    package static var typeHint: SQLParameter.TypeHint? { .timestamp }

    package var field: Field { .string(sqlText) }

    package init?(field: Field, type: ColumnType) {
        guard case (.string(let text), .timestamp) = (field, type) else { return nil }
        self.init(text)
    }
}

extension JSONValue: SQLValue {
    package static var typeHint: SQLParameter.TypeHint? { .json }

    package var field: Field { .string(text) }

    package init?(field: Field, type: ColumnType) {
        guard case (.string(let text), .json) = (field, type) else { return nil }
        do {
            self = try JSONValue(reading: text)
        } catch {
            return nil
        }
    }
}
