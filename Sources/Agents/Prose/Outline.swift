/// The sections a text must have, in order.
package struct Outline: Sendable {
    package struct Section: Sendable {
        /// Stable, for code: `retirement_readiness`.
        package let key: String
        /// As it is printed: `Retirement readiness`.
        package let title: String
        /// Other beginnings of a heading that mean this section.
        package let aliases: [String]

        package init(_ key: String, _ title: String, aliases: [String] = []) {
            self.key = key
            self.title = title
            self.aliases = aliases
        }

        fileprivate func isNamed(_ heading: String, exactly: Bool) -> Bool {
            ([title] + aliases).map(Outline.words).contains {
                exactly ? heading == $0 : heading.hasPrefix($0)
            }
        }
    }

    package let sections: [Section]

    package init(_ sections: [Section]) {
        self.sections = sections
    }

    func without(_ key: String) -> Outline { Outline(sections.filter { $0.key != key }) }

    /// The sections code has to write, with what was wrong with the model's.
    ///
    /// - Parameter violations: Those of a section begin with its title and a colon.
    func substitutions(for prose: ProseReader.Sections, violations: [String]) -> [Substitution] {
        sections.filter { prose[$0.key] == nil }.map { section in
            let own = violations.filter { $0.hasPrefix(section.title + ":") }
            return Substitution(
                part: section.key, reason: (own.isEmpty ? violations : own).joined(separator: "; "))
        }
    }

    /// The violations, each with the key of its section; those of no section have none.
    func refusals(_ violations: [String]) -> [Refusal] {
        violations.map { violation in
            guard let section = sections.first(where: { violation.hasPrefix($0.title + ":") }) else {
                return Refusal(part: "", text: "", reason: violation)
            }
            let reason = violation.dropFirst(section.title.count + 1).drop { $0 == " " }
            return Refusal(part: section.key, text: "", reason: String(reason))
        }
    }

    /// Divides Markdown at the headings that name a section. What comes before the first of them is
    /// dropped: "Here is the report".
    ///
    /// A section named twice keeps what was said last.
    func divide(_ markdown: SafeMarkdown) -> [String: String] {
        var texts: [String: String] = [:]
        var current: String?
        for line in markdown.description.split(separator: "\n", omittingEmptySubsequences: false) {
            if let section = section(headedBy: line) {
                current = section.key
                texts[section.key] = ""
            } else if let current {
                texts[current, default: ""] += line + "\n"
            }
        }
        return texts.mapValues(Self.trimmed).filter { !$0.value.isEmpty }
    }

    /// A heading of the first two levels may go on after the title ("Risk assessment"), a deeper one must
    /// be the title.
    private func section(headedBy line: Substring) -> Section? {
        let level = line.prefix { $0 == "#" }.count
        guard (1...4).contains(level) else { return nil }
        let heading = Self.words(String(line))
        return sections.first { $0.isNamed(heading, exactly: level > 2) }
    }

    /// Lower case, letters only, one blank between words: `## 4. **Risk**` is `risk`.
    private static func words(_ text: String) -> String {
        text.lowercased().split { !$0.isLetter }.joined(separator: " ")
    }

    private static func trimmed(_ text: String) -> String {
        var characters = Substring(text)
        while characters.first?.isWhitespace == true { characters.removeFirst() }
        while characters.last?.isWhitespace == true { characters.removeLast() }
        return String(characters)
    }
}
