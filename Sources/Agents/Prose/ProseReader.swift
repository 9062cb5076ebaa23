import BedrockClient

/// Reads a text of several sections that a model wrote: safe Markdown, all sections there, and no figure
/// that is not a fact.
struct ProseReader: Sendable {
    /// A section is shorter than this, or it has run away. Eight of them and the tables are less than a
    /// payload may have.
    static let sectionLimitBytes = 5000

    let outline: Outline
    let figures: Figures
    /// Sections that are not wanted this time; what is said in them is dropped.
    var unwanted: Set<String> = []

    /// The sections that are good, as they are printed, by key.
    typealias Sections = [String: String]

    /// Adds what is good in an answer to what was good before, and lists what is still wrong.
    func read(_ answer: Conversation.Answer, _ before: Sections) -> Agent.Reading<Sections> {
        switch answer {
        case .unusable(let violations): return Agent.Reading(before, violations: violations)
        case .arguments: return Agent.Reading(before, violations: ["the answer has to be text"])
        case .text(let text, let isCutOff):
            var good = before
            var violations: [String] = []
            let sections = outline.divide(SafeMarkdown(text))
            for section in outline.sections where !unwanted.contains(section.key) {
                guard let text = sections[section.key] else {
                    if good[section.key] == nil {
                        violations.append("\(section.title): the section is missing")
                    }
                    continue
                }
                let printed = check(text)
                if printed.violations.isEmpty {
                    good[section.key] = printed.text
                } else {
                    violations += printed.violations.map { "\(section.title): \($0)" }
                }
            }
            if isCutOff && !violations.isEmpty { violations.append("the answer was cut off; write less") }
            return Agent.Reading(good, violations: violations)
        }
    }

    private func check(_ text: String) -> (text: String, violations: [String]) {
        guard text.utf8.count <= Self.sectionLimitBytes else {
            return ("", ["longer than \(Self.sectionLimitBytes) bytes"])
        }
        return figures.printed(text)
    }

    static let repairInstruction =
        "Write only the sections named above again, each under its heading, and leave out the others."
}
