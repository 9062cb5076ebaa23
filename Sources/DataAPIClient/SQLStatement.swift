import Wire

/// One SQL statement with its values.
///
///     let statement: SQLStatement = "SELECT name FROM instruments WHERE symbol = \(symbol)"
///     statement.text          // SELECT name FROM instruments WHERE symbol = :p1
///     statement.parameters    // p1 = symbol
///
/// An interpolated value always becomes a parameter. Text gets in by three ways only: literals in the source,
/// other statements, and ``init(script:)`` for files that are part of the program. A string that arrived at
/// run time has no way to become SQL.
package struct SQLStatement: Sendable, Hashable {
    fileprivate var pieces: [Piece]

    fileprivate enum Piece: Sendable, Hashable {
        case text(String)
        case parameter(SQLParameter)
    }

    /// SQL that is shipped with the program, such as a migration. Never for text that came from outside.
    package init(script: String) {
        pieces = [.text(script)]
    }

    /// The text as it is sent: values stand as `:p1`, `:p2`, ... in order.
    package var text: String {
        var text = ""
        var count = 0
        for piece in pieces {
            switch piece {
            case .text(let literal): text += literal
            case .parameter:
                count += 1
                text += ":" + SQLParameter.name(count)
            }
        }
        return text
    }

    /// The values, in the order of their names `p1`, `p2`, ...
    package var parameters: [SQLParameter] {
        pieces.compactMap { piece in
            if case .parameter(let parameter) = piece { parameter } else { nil }
        }
    }

    package static func + (left: SQLStatement, right: SQLStatement) -> SQLStatement {
        var sum = left
        sum.pieces += right.pieces
        return sum
    }
}

/// The text without the values: safe to log.
extension SQLStatement: CustomStringConvertible {
    package var description: String { text }
}

extension Sequence<SQLStatement> {
    /// Puts statements behind each other, such as the assignments of an UPDATE.
    package func joined(separator: SQLStatement) -> SQLStatement {
        var joined: SQLStatement?
        for statement in self {
            joined = joined.map { $0 + separator + statement } ?? statement
        }
        return joined ?? ""
    }
}

extension SQLStatement: ExpressibleByStringInterpolation {
    /// Only the compiler makes a `StaticString`, and only from a literal.
    package init(stringLiteral literal: StaticString) {
        pieces = [.text(literal.description)]
    }

    package init(stringInterpolation interpolation: StringInterpolation) {
        pieces = interpolation.pieces
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var pieces: [Piece] = []

        package init(literalCapacity: Int, interpolationCount: Int) {}

        package mutating func appendLiteral(_ literal: StaticString) {
            pieces.append(.text(literal.description))
        }

        /// Binds a value; `nil` binds a NULL of its type.
        package mutating func appendInterpolation<Value: SQLValue>(_ value: Value?) {
            pieces.append(.parameter(SQLParameter(value)))
        }

        /// Binds a document for a `json` or `jsonb` column. `nil` binds SQL's NULL; `JSONValue.null` the JSON
        /// word `null`.
        package mutating func appendInterpolation(json value: JSONValue?) {
            pieces.append(.parameter(SQLParameter(value)))
        }

        package mutating func appendInterpolation(bytes value: [UInt8]?) {
            pieces.append(.parameter(SQLParameter(value: value.map { .blob($0) } ?? .null, typeHint: nil)))
        }

        /// Binds an array as the text PostgreSQL reads arrays from, because the Data API takes no array
        /// parameters. The statement has to say of which type it is:
        /// `symbol = ANY(\(array: symbols)::text[])`.
        package mutating func appendInterpolation<Element: SQLValue>(array elements: [Element?]) {
            let text = ArrayText.literal(elements.map { $0?.field ?? .null })
            pieces.append(.parameter(SQLParameter(value: .string(text), typeHint: nil)))
        }

        /// Inlines another statement; its values are numbered anew.
        package mutating func appendInterpolation(_ statement: SQLStatement) {
            pieces += statement.pieces
        }
    }
}

/// A value bound to a place in a statement.
package struct SQLParameter: Sendable, Hashable {
    package let value: Field
    package let typeHint: TypeHint?

    init(value: Field, typeHint: TypeHint?) {
        self.value = value
        self.typeHint = typeHint
    }

    init<Value: SQLValue>(_ value: Value?) {
        self.init(value: value?.field ?? .null, typeHint: Value.typeHint)
    }

    static func name(_ number: Int) -> String { "p\(number)" }

    /// What a string stands for. Without it PostgreSQL refuses text where a column has another type.
    package enum TypeHint: String, Sendable, Hashable {
        case date = "DATE"
        case decimal = "DECIMAL"
        case json = "JSON"
        case timestamp = "TIMESTAMP"
        case uuid = "UUID"
    }
}
