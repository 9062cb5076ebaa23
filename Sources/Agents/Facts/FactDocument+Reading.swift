import Finance
import Quantities
import Wire

extension FactDocument {
    /// Reads what ``json`` writes, or a bare array of facts.
    ///
    /// A fact has at least `id`, `subject`, `metric`, `value` (text or a number) and `unit`; of the others
    /// `method` is then empty, `inputs` are none, and the rest follows from the unit. What is printed is made
    /// from value and unit again; a `text` that is there is not looked at.
    ///
    /// - Throws: ``FactDocumentFailure`` for the first member that is not as it should be.
    package init(_ json: JSONValue) throws(FactDocumentFailure) {
        if let list = json.array {
            self.init(FactTable(try Self.facts(list)), names: [], asOf: nil)
            return
        }
        guard json.object != nil else { throw .member("facts", "the document is \(json.kind)") }
        for name in json.object?.keys.sorted() ?? [] where !Self.members.contains(name) {
            throw .member(name, "is not known")
        }
        guard json["version"]?.int == Self.version else {
            throw .member("version", "is not \(Self.version)")
        }
        guard let list = json["facts"]?.array else { throw .member("facts", "is no array") }
        var asOf: Timestamp?
        if let moment = json["as_of"], !moment.isNull {
            asOf = moment.string.flatMap { Timestamp($0) }
            guard asOf != nil else { throw .member("as_of", "is no time such as 2026-11-27T10:00:00Z") }
        }
        self.init(
            FactTable(try Self.facts(list)), names: try Self.texts("names", json), asOf: asOf,
            passages: try Self.texts("passages", json))
    }

    private static let members: Set = ["version", "as_of", "names", "facts", "passages"]

    /// The texts of a member that may be missing.
    private static func texts(_ name: String, _ json: JSONValue) throws(FactDocumentFailure) -> [String] {
        guard let member = json[name], !member.isNull else { return [] }
        guard let elements = member.array else { throw .member(name, "is no array") }
        var texts: [String] = []
        for element in elements {
            guard let text = element.string else { throw .member(name, "holds \(element.kind)") }
            texts.append(text)
        }
        return texts
    }

    private static func facts(_ list: [JSONValue]) throws(FactDocumentFailure) -> [Fact] {
        var seen: Set<Fact.ID> = []
        var facts: [Fact] = []
        for (index, element) in list.enumerated() {
            let fact = try FactReader(element, index: index).fact()
            guard seen.insert(fact.id).inserted else {
                throw .fact(index: index, id: fact.id, member: "id", "is that of an earlier fact, too")
            }
            facts.append(fact)
        }
        return facts
    }
}

/// What is wrong with a document of facts.
package enum FactDocumentFailure: Error, Hashable, CustomStringConvertible {
    /// A member of the document.
    case member(_ name: String, _ problem: String)
    /// A member of a fact; `index` counts from 0, `id` is `nil` where the fact has none that can be read.
    case fact(index: Int, id: Fact.ID?, member: String, _ problem: String)

    package var description: String {
        switch self {
        case .member(let name, let problem): "`\(PromptText(name))` \(problem)"
        case .fact(let index, let id, let member, let problem):
            "facts[\(index)]" + (id.map { " (\(PromptText($0)))" } ?? "")
                + ": `\(PromptText(member))` \(problem)"
        }
    }
}

/// One fact of a document.
private struct FactReader {
    private static let members: Set = [
        "id", "subject", "metric", "value", "unit", "currency", "as_of", "method", "inputs", "text",
    ]
    /// Above every amount a household can have; with this and ``mostDecimals`` sums of facts fit a decimal.
    private static let valueLimit = Decimal(coefficient: 100_000_000_000_000_000_000_000, scale: 0)
    private static let mostDecimals = 12
    /// What has a date: the first day of year 1 to the last one of 9999.
    private static let days: ClosedRange<Decimal> = -719_162...2_932_896

    private let members: [String: JSONValue]
    private let index: Int
    private let id: Fact.ID?

    init(_ json: JSONValue, index: Int) throws(FactDocumentFailure) {
        guard let members = json.object else {
            throw .fact(index: index, id: nil, member: "\(index)", "is \(json.kind) instead of an object")
        }
        self.members = members
        self.index = index
        id = members["id"]?.string
        for name in members.keys.sorted() where !Self.members.contains(name) {
            throw failure(name, "is not known")
        }
    }

    func fact() throws(FactDocumentFailure) -> Fact {
        let id = try text("id")
        guard Self.canBeCited(id) else { throw failure("id", "is empty or holds blanks or braces") }
        guard let unit = Fact.Unit(rawValue: try text("unit")) else {
            throw failure("unit", "is none of \(Fact.Unit.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        if let currency = members["currency"], currency != .optional(unit.currency), !currency.isNull {
            throw failure("currency", "does not go with the unit \(unit.rawValue)")
        }
        _ = try optionalText("text")
        return Fact(
            id: id, subject: try text("subject"), metric: try text("metric"), value: try value(unit),
            unit: unit, asOf: try moment(), method: try optionalText("method") ?? "", inputs: try inputs())
    }

    private func value(_ unit: Fact.Unit) throws(FactDocumentFailure) -> Decimal {
        guard let member = members["value"] else { throw failure("value", "is missing") }
        guard let value = member.decimal ?? member.string.flatMap({ Decimal($0) }) else {
            throw failure("value", "is no decimal number")
        }
        guard value.magnitude < Self.valueLimit, value.scale <= Self.mostDecimals else {
            throw failure("value", "has too many digits")
        }
        let isPossible =
            switch unit {
            case .date: value.scale == 0 && Self.days.contains(value)
            case .year: value.scale == 0 && (1...9999).contains(value)
            default: true
            }
        guard isPossible else { throw failure("value", "is no \(unit.rawValue)") }
        return value
    }

    private func moment() throws(FactDocumentFailure) -> Timestamp? {
        guard let text = try optionalText("as_of") else { return nil }
        guard let moment = Timestamp(text) else {
            throw failure("as_of", "is no time such as 2026-11-27T10:00:00Z")
        }
        return moment
    }

    private func inputs() throws(FactDocumentFailure) -> [Fact.ID] {
        guard let member = members["inputs"], !member.isNull else { return [] }
        guard let elements = member.array else { throw failure("inputs", "is no array") }
        var ids: [Fact.ID] = []
        for element in elements {
            guard let id = element.string else { throw failure("inputs", "holds \(element.kind)") }
            ids.append(id)
        }
        return ids
    }

    private func text(_ name: String) throws(FactDocumentFailure) -> String {
        guard let text = try optionalText(name) else { throw failure(name, "is missing") }
        return text
    }

    private func optionalText(_ name: String) throws(FactDocumentFailure) -> String? {
        guard let member = members[name], !member.isNull else { return nil }
        guard let text = member.string else { throw failure(name, "is \(member.kind) instead of text") }
        return text
    }

    private func failure(_ member: String, _ problem: String) -> FactDocumentFailure {
        .fact(index: index, id: id, member: member, problem)
    }

    /// Whether a reference in braces can name it.
    private static func canBeCited(_ id: Fact.ID) -> Bool {
        !id.isEmpty && id.allSatisfy { !$0.isWhitespace && $0 != "{" && $0 != "}" }
    }
}
