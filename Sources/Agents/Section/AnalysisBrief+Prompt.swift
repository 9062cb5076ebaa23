import Finance
import Quantities
import Wire

extension AnalysisBrief {
    /// Holdings a model is told about one by one: the most valuable, and those without a price. The rest
    /// is in the totals.
    static let holdingsInPrompt = 40
    static let accountsInPrompt = 20

    /// Names that go with the ids of facts. An agent is told only those it needs: every name is text that
    /// somebody else wrote.
    enum Names { case accounts, holdings }

    /// What every writing agent is told: the facts, and the names that go with their ids.
    ///
    /// - Parameter isTold: Which facts; all of them can be referred to.
    func promptData(
        agent: String, _ members: [String: JSONValue] = [:], names: Set<Names>,
        facts isTold: (Fact) -> Bool = { _ in true }
    ) -> JSONValue {
        let symbols = Set(holdingsTold.map(\.symbol.description))
        let accounts = Set(accountsTold.map { "\($0.account.id)" })
        let told = facts.facts.filter { fact in
            let path = fact.id.split(separator: ".", maxSplits: 1).map(String.init)
            switch path[0] {
            case "holding": return symbols.contains(fact.subject) && isTold(fact)
            case "account":
                return accounts.contains { path[1].hasPrefix($0) } && !Self.isDetail(path[1]) && isTold(fact)
            default: return isTold(fact)
            }
        }
        var data = members
        data["agent"] = .string(agent)
        data["as_of"] = .string(now.date.description)
        data["facts"] = .array(told.map(Self.json))
        if names.contains(.accounts) {
            data["accounts"] = .array(accountsTold.map { Self.json($0.account) })
        }
        if names.contains(.holdings) { data["holdings"] = .array(holdingsTold.map(Self.json)) }
        data["data_gaps"] = .array(dataGaps.map { .string($0) })
        return .object(data)
    }

    /// How an account divides, and what of a holding lies in it: too much to tell of every account.
    private static func isDetail(_ path: String) -> Bool { path.split(separator: ".").count > 3 }

    private var holdingsTold: ArraySlice<HoldingValuation> {
        valuation.holdings.prefix(Self.holdingsInPrompt)
    }
    private var accountsTold: ArraySlice<AccountValuation> {
        valuation.accounts.prefix(Self.accountsInPrompt)
    }

    private static func json(_ fact: Fact) -> JSONValue {
        [
            "id": .string(fact.id), "subject": .string(PromptText(fact.subject).description),
            "metric": .string(fact.metric), "value": .string(fact.proseText),
            "unit": .string(fact.unit.rawValue),
        ]
    }

    private static func json(_ account: Account) -> JSONValue {
        [
            "id": .string("\(account.id)"), "name": .string(PromptText(account.name).description),
            "purpose": .optional(account.purpose.map { PromptText($0).description }),
        ]
    }

    private static func json(_ holding: HoldingValuation) -> JSONValue {
        [
            "symbol": .string(holding.symbol.description),
            "name": .string(PromptText(holding.name).description),
        ]
    }

    var figures: Figures { figures(quoting: []) }

    /// - Parameter texts: Research the prose may take figures from.
    func figures(quoting texts: [String]) -> Figures {
        Figures(facts, quoting: texts)
    }
}
