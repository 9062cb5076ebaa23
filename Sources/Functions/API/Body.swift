import Finance
import Quantities
import Wire

/// A request body that has passed its route's ``Field``s.
struct Body: Sendable {
    static let empty = Body(members: [:])
    /// About unknown members: more would make a long answer and help nobody.
    static let mostComplaints = 20

    private let members: [String: JSONValue]

    private init(members: [String: JSONValue]) { self.members = members }

    /// - Throws: ``Problem`` with a message for each field that is wrong. Unknown members are refused: a
    ///   misspelt name would be lost.
    init(_ bytes: [UInt8], fields: [Field]) throws(Problem) {
        let document: JSONValue
        do {
            document = try bytes.isEmpty ? [:] : JSONValue(reading: bytes)
        } catch {
            throw .malformed("the body is \(error)")
        }
        guard let members = document.object else {
            throw .malformed("the body must be a JSON object, not \(document.kind)")
        }
        var complaints: [String: String] = [:]
        for field in fields { complaints[field.name] = field.complaint(about: members[field.name]) }
        let known = Set(fields.map(\.name))
        for name in members.keys.sorted().filter({ !known.contains($0) }).prefix(Self.mostComplaints) {
            complaints[String(name.prefix(40))] = "is not a member of this request"
        }
        guard complaints.isEmpty else { throw .invalid(complaints) }
        self.members = members
    }

    var isEmpty: Bool { members.isEmpty }

    /// Whether the member was sent, also when it is `null`.
    func has(_ name: String) -> Bool { members[name] != nil }

    func text(_ name: String) -> String? { members[name]?.string }
    func int(_ name: String) -> Int? { members[name]?.int }
    func decimal(_ name: String) -> Decimal? {
        members[name].flatMap { value in value.decimal ?? value.string.flatMap { Decimal($0) } }
    }
    func symbol(_ name: String) -> Symbol? { text(name).flatMap { Symbol($0) } }
    func uuid(_ name: String) -> UUID? { text(name).flatMap { UUID($0) } }
    func date(_ name: String) -> CalendarDate? { text(name).flatMap { CalendarDate($0) } }
    func flag(_ name: String) -> Bool? { members[name]?.bool }
    func rows(_ name: String) -> [[String: String]] {
        (members[name]?.array ?? []).map { ($0.object ?? [:]).compactMapValues(\.string) }
    }
    func object(_ name: String) -> [String: JSONValue]? { members[name]?.object }

    func allocation<Category: AllocationCategory>(_ name: String, _: Category.Type) -> Allocation<Category>? {
        guard let value = members[name] else { return nil }
        do {
            return try Allocation(percentages: value)
        } catch {
            // The field's own check has refused what does not make a whole.
            return nil
        }
    }
}
