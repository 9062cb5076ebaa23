import Finance
import Quantities
import Wire

/// Writes one section of an analysis.
package protocol SectionAgent: Sendable {
    var section: AnalysisSection { get }

    /// - Throws: ``AgentFailure`` when there is no section to save: the model cannot be reached, or time
    ///   is up. A model that answers
    ///   badly gives a section in which code says what it can.
    func write(_ brief: AnalysisBrief) async throws(AgentFailure) -> SectionDraft
}

/// A section as it is saved with the job.
package struct SectionDraft: Sendable, Equatable {
    /// The section's column. Without control characters: PostgreSQL refuses a document with a NUL, and
    /// whatever a model says must be possible to save.
    package let payload: JSONValue
    package let effort: Effort
    /// What code wrote in place of the model, and why; empty when the model did its part.
    package let substitutions: [Substitution]
    /// What the gate says about the section's figures.
    package let verdict: JSONValue?

    package init(
        payload: JSONValue, effort: Effort, substitutions: [Substitution] = [], verdict: JSONValue? = nil
    ) {
        self.payload = payload.withoutControlCharacters
        self.verdict = verdict?.withoutControlCharacters
        self.effort = effort
        self.substitutions = substitutions
    }
}

extension JSONValue {
    /// Its texts and names without control characters other than line feed and tab.
    fileprivate var withoutControlCharacters: JSONValue {
        switch self {
        case .string(let text): .string(Self.printable(text))
        case .array(let elements): .array(elements.map(\.withoutControlCharacters))
        case .object(let members):
            .object(
                Dictionary(
                    members.map { (Self.printable($0.key), $0.value.withoutControlCharacters) }
                ) { first, _ in first })
        default: self
        }
    }

    private static func printable(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.filter { !isControl($0) }))
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control && scalar != "\n" && scalar != "\t"
    }
}

/// A part of a section that code wrote because the model's words could not be used.
package struct Substitution: Sendable, Equatable {
    /// Which part: `executive_summary`.
    package let part: String
    /// In words for the user.
    package let reason: String

    package init(part: String, reason: String) {
        self.part = part
        self.reason = reason
    }
}

extension SectionDraft {
    /// The payload with what every section carries: who wrote it, when, and what it cost.
    init(
        _ members: [String: JSONValue], agent: String, at now: Timestamp, effort: Effort,
        substitutions: [Substitution], verdict: SectionVerdict
    ) {
        var members = members
        members["verdict"] = verdict.json
        members["agent"] = .string(agent)
        members["generated_at"] = .string(now.description)
        members["model"] = effort.model.isEmpty ? .null : .string(effort.model)
        members["usage"] = effort.json
        members["substitutions"] = .array(
            substitutions.map { ["part": .string($0.part), "reason": .string($0.reason)] })
        self.init(
            payload: .object(members), effort: effort, substitutions: substitutions, verdict: verdict.json)
    }
}
