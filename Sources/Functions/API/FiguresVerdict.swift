import Finance
import Store
import Wire

/// What the gate says about the figures of a whole analysis, put together from what it said about each part.
struct FiguresVerdict: Sendable, Equatable {
    enum Status: String, Sendable {
        /// Every part is verified.
        case verified
        /// Every part is the plain version.
        case plain
        /// Anything else, also when a part was written without the gate.
        case mixed
    }

    let status: Status
    /// How many numbers were checked, in all parts.
    let numbers: Int
    /// The gate's words by part: a section's name, or `summary`.
    let parts: [String: JSONValue]

    var view: JSONValue {
        [
            "status": .string(status.rawValue), "numbers": .number(numbers), "sections": .object(parts),
        ]
    }
}

extension JobRecord {
    /// `nil` as long as the gate has said nothing.
    var verdict: FiguresVerdict? {
        var parts = Dictionary(uniqueKeysWithValues: verdicts.map { ($0.key.rawValue, $0.value) })
        if let verdict = summary?["verdict"], !verdict.isNull { parts["summary"] = verdict }
        guard !parts.isEmpty else { return nil }
        let statuses = Set(
            parts.values.map { $0["status"]?.string.flatMap(FiguresVerdict.Status.init) ?? .mixed })
        let isWhole = parts.count == payloads.count + (summary == nil ? 0 : 1)
        return FiguresVerdict(
            status: isWhole && statuses.count == 1 ? statuses.first ?? .mixed : .mixed,
            numbers: parts.values.reduce(0) { $0 + ($1["numbers"]?.int ?? 0) }, parts: parts)
    }
}
