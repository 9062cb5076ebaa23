/// Limits that keep a file readable in one sitting.
enum Sizes {
    static let linesOfFile = 400
    static let linesOfFunction = 70
    static let charactersOfLine = 110

    static func violations(in file: SourceFile) -> [String] {
        var violations: [String] = []
        if file.lines.count > linesOfFile + 1 {
            violations.append("\(file.path): \(file.lines.count) lines, at most \(linesOfFile)")
        }
        for (number, line) in file.lines.enumerated() where line.count > charactersOfLine && !isData(line) {
            violations.append(
                "\(file.path):\(number + 1): \(line.count) characters, at most \(charactersOfLine)")
        }
        return violations + longFunctions(in: file)
    }

    /// A function ends at the first closing brace that stands as far left as the line it began on. One
    /// further left ends what the function stands in: it has no body, or all of it on its line.
    static func longFunctions(in file: SourceFile) -> [String] {
        var violations: [String] = []
        for (start, line) in file.lines.enumerated() where beginsFunction(line) {
            let margin = line.prefix { $0 == " " }
            let end = file.lines[start...].firstIndex { line in
                line.last == "}" && line.dropLast().allSatisfy { $0 == " " } && line.count <= margin.count + 1
            }
            if let end, file.lines[end].count == margin.count + 1, end - start + 1 > linesOfFunction {
                violations.append(
                    "\(file.path):\(start + 1): \(end - start + 1) lines, at most \(linesOfFunction)")
            }
        }
        return violations
    }

    private static func beginsFunction(_ line: String) -> Bool {
        let words = line.split(separator: " ").map(String.init)
        let isFunction =
            words.contains("func") || words.contains { $0.hasPrefix("init(") || $0.hasPrefix("init?(") }
        return isFunction && !line.contains("//")
            && !line.trimmingPrefix(while: { $0 == " " }).hasPrefix("return")
            && !line.contains("self.init") && !line.contains(".init(")
    }

    /// Literals that cannot be broken: a long string in a table or a test.
    private static func isData(_ line: String) -> Bool {
        line.contains("\"") && line.split(separator: "\"").contains { $0.count > 70 }
    }
}
