import Finance
import Quantities
import Wire

/// A fact table as it is stored with a job, served and exported.
///
/// Equal inputs give equal bytes: facts keep the order of the table, members are written in the order of
/// their names, values as decimal text.
package struct FactDocument: Sendable, Equatable {
    package static let version = 1
    /// Tables cut longer names; both forms are among ``names``.
    package static let tableNameLimitCharacters = 60

    /// When the household was valued; `nil` where a bare list of facts was read.
    package let asOf: Timestamp?
    /// The household's own words - accounts, purposes, instruments, symbols - which may hold digits. Each
    /// once, without hidden characters.
    package let names: [String]
    /// Subjects are written as ``names`` are.
    package let table: FactTable
    /// Sentences by Alex that may be quoted as they are, such as where assumptions come from.
    package let passages: [String]

    package init(_ table: FactTable, names: [String], asOf: Timestamp?, passages: [String] = []) {
        self.passages = passages
        self.asOf = asOf
        self.names = Self.unique(
            names.flatMap { name in
                [PromptText(name), PromptText(name, limitCharacters: Self.tableNameLimitCharacters)].map(
                    \.description)
            })
        self.table = FactTable(table.facts.map(Self.readable))
    }

    /// In the order of the accounts, each with its purpose, then of the symbols, each with its name.
    package static func names(of portfolio: Portfolio) -> [String] {
        portfolio.accounts.flatMap { [$0.name, $0.purpose].compactMap { $0 } }
            + portfolio.symbols.flatMap {
                [$0.description, portfolio.instruments[$0]?.name].compactMap { $0 }
            }
    }

    package var json: JSONValue { Self.json(asOf: asOf, names: names, facts: factsJSON, passages: passages) }

    /// Lets texts about this household pass.
    package var gate: Gate { Gate(table, names: names, passages: passages) }

    /// The facts, each as an object, in order.
    package var factsJSON: [JSONValue] { table.facts.map(Self.json) }

    /// The document of facts that have been written as ``factsJSON`` before.
    ///
    /// `passages` is a member only where there are some.
    package static func json(
        asOf: Timestamp?, names: [String], facts: [JSONValue], passages: [String] = []
    ) -> JSONValue {
        var members: [String: JSONValue] = [
            "version": .number(version), "as_of": .optional(asOf.map(text)),
            "names": .array(names.map { .string($0) }), "facts": .array(facts),
        ]
        if !passages.isEmpty { members["passages"] = .array(passages.map { .string($0) }) }
        return .object(members)
    }

    private static func json(_ fact: Fact) -> JSONValue {
        [
            "id": .string(fact.id), "subject": .string(fact.subject), "metric": .string(fact.metric),
            "value": .string(fact.value.description), "unit": .string(fact.unit.rawValue),
            "currency": .optional(fact.unit.currency), "as_of": .optional(fact.asOf.map(text)),
            "method": .string(fact.method), "inputs": .array(fact.inputs.map { .string($0) }),
            "text": .string(fact.text),
        ]
    }

    /// RFC 3339 with as many decimals as the moment has: `2026-11-27T10:00:00Z`.
    private static func text(_ moment: Timestamp) -> String {
        var text = moment.sqlText.replacing(" ", with: "T")[...]
        while text.last == "0" { text.removeLast() }
        if text.last == "." { text.removeLast() }
        return text + "Z"
    }

    private static func readable(_ fact: Fact) -> Fact {
        Fact(
            id: fact.id, subject: PromptText(fact.subject).description, metric: fact.metric,
            value: fact.value, unit: fact.unit, asOf: fact.asOf, method: fact.method, inputs: fact.inputs)
    }

    private static func unique(_ names: [String]) -> [String] {
        var seen: Set<String> = [""]
        return names.filter { seen.insert($0).inserted }
    }
}

extension FactDocument {
    /// What texts about these facts may quote: the source of the return assumptions, when the facts rest on
    /// those that are shipped.
    ///
    /// - Parameter facts: As the document has them.
    package static func passages(for facts: [JSONValue]) throws(RetirementFailure) -> [String] {
        let published = try ReturnAssumptions.published()
        let vintage = "\(published.vintage.daysSinceEpoch)"
        let restsOnThem = facts.contains {
            $0["id"]?.string == "retirement.assumptions.date" && $0["value"]?.string == vintage
        }
        return restsOnThem ? [published.source] : []
    }
}

extension Fact.Unit {
    /// The currency of an amount of money; `nil` for what is no money.
    var currency: String? { self == .usd ? "USD" : nil }
}

extension AnalysisBrief {
    /// The facts of this analysis with the household's own names.
    package var factDocument: FactDocument {
        FactDocument(facts, names: FactDocument.names(of: portfolio), asOf: now)
    }
}
