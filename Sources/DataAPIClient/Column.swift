/// What the answer says about a column.
package struct Column: Sendable, Hashable {
    /// The alias, or the column's own name.
    package let label: String
    package let type: ColumnType
}

/// A PostgreSQL type, by the name in the answer's metadata.
package indirect enum ColumnType: Sendable, Hashable, CustomStringConvertible {
    case boolean
    case integer(String)
    case float(String)
    case numeric
    case text(String)
    case timestamp(String)
    case date
    case uuid
    case json(String)
    case bytes
    case array(of: ColumnType)
    /// Enumerations, intervals and whatever else travels as its text.
    case other(String)

    package init(_ typeName: String) {
        switch typeName {
        case "bool", "bit": self = .boolean
        case "int2", "int4", "int8", "smallserial", "serial", "bigserial", "oid": self = .integer(typeName)
        case "float4", "float8": self = .float(typeName)
        case "numeric": self = .numeric
        case "text", "varchar", "bpchar", "char", "name", "citext", "unknown": self = .text(typeName)
        case "timestamp", "timestamptz": self = .timestamp(typeName)
        case "date": self = .date
        case "uuid": self = .uuid
        case "json", "jsonb": self = .json(typeName)
        case "bytea": self = .bytes
        case _ where typeName.hasPrefix("_"):
            self = .array(of: ColumnType(String(typeName.dropFirst())))
        default: self = .other(typeName)
        }
    }

    package var description: String {
        switch self {
        case .boolean: "bool"
        case .integer(let name), .float(let name), .text(let name), .timestamp(let name), .json(let name),
            .other(let name):
            name
        case .numeric: "numeric"
        case .date: "date"
        case .uuid: "uuid"
        case .bytes: "bytea"
        case .array(let element): "\(element)[]"
        }
    }
}
