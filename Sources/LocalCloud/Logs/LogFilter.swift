/// A filter pattern for lines of text: `plain`, `"two words"`, `?either ?or`, `-without`.
///
/// A term is looked for anywhere in the line, upper and lower case as given. Beside other terms, those with
/// a question mark count for nothing. Source: CloudWatch Logs User Guide, "Filter pattern syntax for
/// unstructured log events".
package struct LogFilter: Sendable, Equatable {
    static let longestPattern = 1024

    private(set) var all: [String] = []
    private(set) var any: [String] = []
    private(set) var none: [String] = []

    /// - Throws: For patterns that CloudWatch Logs refuses, and by name for those that only it can read.
    package init(_ pattern: String) throws(ServiceFailure) {
        guard pattern.utf8.count <= Self.longestPattern else {
            throw .invalidLogsParameter(
                "the filter pattern is longer than \(Self.longestPattern) characters")
        }
        var rest = pattern.drop { $0.isWhitespace }
        try Self.refuseForeign(rest)
        while let first = rest.first {
            if first == "?" || first == "-" { rest.removeFirst() }
            let term = try Self.term(&rest)
            switch first {
            case "?": any.append(term)
            case "-": none.append(term)
            default: all.append(term)
            }
            rest = rest.drop { $0.isWhitespace }
        }
    }

    package func matches(_ line: String) -> Bool {
        func isThere(_ term: String) -> Bool { line.contains(term) }
        guard all.allSatisfy(isThere), !none.contains(where: isThere) else { return false }
        return !all.isEmpty || !none.isEmpty || any.isEmpty || any.contains(where: isThere)
    }

    private static func refuseForeign(_ pattern: Substring) throws(ServiceFailure) {
        let kind: String
        switch pattern.first {
        case "{": kind = "JSON filter patterns ({ $.member = value })"
        case "[": kind = "filter patterns for columns ([first, second])"
        case "%": kind = "regular expressions (%...%)"
        default: return
        }
        throw .invalidLogsParameter("\(kind) are not part of the local cloud")
    }

    private static func term(_ rest: inout Substring) throws(ServiceFailure) -> String {
        if rest.first == "\"" { return try quotedTerm(&rest) }
        let term = rest.prefix { !$0.isWhitespace }
        guard !term.isEmpty, term.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }) else {
            throw .invalidLogsParameter("Invalid filter pattern: `\(term)` needs quotation marks")
        }
        rest = rest.dropFirst(term.count)
        return String(term)
    }

    private static func quotedTerm(_ rest: inout Substring) throws(ServiceFailure) -> String {
        var term = ""
        rest.removeFirst()
        while let character = rest.popFirst() {
            switch character {
            case "\"": return term
            case "\\": if let next = rest.popFirst() { term.append(next) }
            default: term.append(character)
            }
        }
        throw .invalidLogsParameter("Invalid filter pattern: a quotation mark is missing")
    }
}

extension ServiceFailure {
    static func invalidLogsParameter(_ message: String) -> ServiceFailure {
        ServiceFailure("InvalidParameterException", message)
    }
}
