import Wire

/// The text of a `terraform.tfvars`, of which single values are set and everything else stays as it was
/// written.
package struct VariablesFile: Equatable, Sendable {
    package private(set) var lines: [String]

    package init(_ text: String) {
        lines =
            text.isEmpty ? [] : text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
    }

    package var text: String { lines.map { $0 + "\n" }.joined() }

    /// The variables a part declares, from the text of its `variables.tf`.
    package static func names(declaredIn text: String) -> Set<String> {
        Set(
            text.split(separator: "\n").compactMap { line in
                guard line.hasPrefix("variable \"") else { return nil }
                return String(line.dropFirst("variable \"".count).prefix { $0 != "\"" })
            })
    }

    /// Replaces the assignment, or adds one at the end.
    package mutating func set(_ name: String, to value: JSONValue) {
        let line = "\(name) = \(Self.expression(value))"
        guard let start = lines.firstIndex(where: { Self.assigns($0, name) }) else {
            lines.append(line)
            return
        }
        lines.replaceSubrange(start...end(ofAssignmentAt: start), with: [line])
    }

    /// A value in Terraform's language.
    package static func expression(_ value: JSONValue) -> String {
        switch value {
        case .null: return "null"
        case .array(let elements): return "[\(elements.map(expression).joined(separator: ", "))]"
        case .object(let members):
            let pairs = members.sorted { $0.key < $1.key }
                .map { "\(expression(.string($0.key))) = \(expression($0.value))" }
            return pairs.isEmpty ? "{}" : "{ \(pairs.joined(separator: ", ")) }"
        case .string:
            // A dollar or percent sign before a brace would begin a template.
            return value.text.replacing("${", with: "$${").replacing("%{", with: "%%{")
        default: return value.text
        }
    }

    private static func assigns(_ line: String, _ name: String) -> Bool {
        let parts = line.split(separator: "=", maxSplits: 1)
        return parts.count == 2 && parts[0].filter { $0 != " " && $0 != "\t" } == name
    }

    /// The last line of an assignment: where its brackets are closed.
    private func end(ofAssignmentAt start: Int) -> Int {
        var depth = 0
        for index in start..<lines.count {
            var isQuoted = false
            var previous: Character = " "
            for character in lines[index] {
                if character == "\"", previous != "\\" { isQuoted.toggle() }
                if !isQuoted {
                    if character == "#" { break }
                    if "[{(".contains(character) { depth += 1 }
                    if "]})".contains(character) { depth -= 1 }
                }
                previous = character
            }
            if depth <= 0 { return index }
        }
        return start
    }
}
