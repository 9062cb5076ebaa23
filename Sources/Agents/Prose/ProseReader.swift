import BedrockClient
import Finance

/// Reads a text of several sections that a model wrote: safe Markdown, all sections there, and no figure
/// that the gate does not let pass.
struct ProseReader: Sendable {
    /// A section is shorter than this, or it has run away. Eight of them and the tables are less than a
    /// payload may have.
    static let sectionLimitBytes = 3500

    let outline: Outline
    let figures: Figures
    let gate: Gate
    /// Key of the section that may repeat figures of the research that was read, and what was read.
    var quoting: (key: String, texts: [String])?
    /// Sections that are not wanted this time; what is said in them is dropped.
    var unwanted: Set<String> = []

    /// The sections that are good, by key.
    typealias Sections = [String: Prose]

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
                let printed = check(text, section)
                if printed.violations.isEmpty {
                    good[section.key] = Prose(text: printed.text, derived: printed.derived)
                } else {
                    violations += printed.violations.map { "\(section.title): \($0)" }
                }
            }
            if isCutOff && !violations.isEmpty { violations.append("the answer was cut off; write less") }
            return Agent.Reading(good, violations: violations)
        }
    }

    private func check(_ text: String, _ section: Outline.Section) -> Figures.Printed {
        guard text.utf8.count <= Self.sectionLimitBytes else {
            return Figures.Printed(violations: ["longer than \(Self.sectionLimitBytes) bytes"])
        }
        let quoted = quoting?.key == section.key ? quoting?.texts ?? [] : []
        return figures.checked(text, by: gate.quoting(quoted), under: section.title)
    }

    static let repairInstruction =
        "Write only the sections named above again, each under its heading, and leave out the others."
}

/// Words of a model with their figures printed.
struct Prose: Sendable, Equatable {
    let text: String
    /// What references have calculated, in UTF-8 offsets into ``text``.
    var derived: [Citation] = []
}

extension Figures {
    /// Text with its references printed and every figure checked.
    ///
    /// - Parameter heading: Above the text, where it may say what its figures are.
    func checked(_ text: String, by gate: Gate, under heading: String = "") -> Printed {
        var printed = printed(text)
        guard printed.violations.isEmpty else { return printed }
        printed.violations = gate.check(printed.text, under: heading, derived: printed.derived).violations
            .map { "\"\(PromptText($0.text))\": \($0.reason)" }
        return printed
    }
}
