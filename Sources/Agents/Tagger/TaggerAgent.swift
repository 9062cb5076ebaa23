import BedrockClient
import Finance
import Wire

/// Classifies instruments nobody has classified: type, asset classes, regions and sectors, from what a
/// model knows about them.
package struct TaggerAgent: Sendable {
    package static let instrumentsPerCall = 10
    package static let callsAtOnce = 4

    private let agent: Agent

    package init(model: any LanguageModel) {
        var limits = AgentLimits()
        limits.turns = 2
        limits.outputTokens = 6000
        agent = Agent(
            model: model, system: String(decoding: PackageResources.TaggerPrompt_md, as: UTF8.self),
            limits: limits)
    }

    package struct Outcome: Sendable {
        package fileprivate(set) var classified: [Symbol: Tagging] = [:]
        /// Why not, in words for the user.
        package fileprivate(set) var failed: [Symbol: String] = [:]
        package fileprivate(set) var effort = Effort.none
        /// Set when a model could not be asked and asking again later makes sense.
        package fileprivate(set) var retryableFailure: AgentFailure?
    }

    /// Every instrument is either classified or failed; one bad batch leaves the others alone.
    package func classify(_ instruments: [Instrument], by deadline: ContinuousClock.Instant? = nil) async
        -> Outcome
    {
        let batches = Self.batches(of: instruments)
        return await withTaskGroup(of: (Int, Outcome).self) { group in
            var waiting = batches.enumerated().makeIterator()
            for _ in 0..<Self.callsAtOnce {
                guard let (index, batch) = waiting.next() else { break }
                group.addTask { (index, await classify(batch: batch, by: deadline)) }
            }
            var outcomes: [(Int, Outcome)] = []
            while let outcome = await group.next() {
                outcomes.append(outcome)
                guard let (index, batch) = waiting.next() else { continue }
                group.addTask { (index, await classify(batch: batch, by: deadline)) }
            }
            return outcomes.sorted { $0.0 < $1.0 }.map(\.1).reduce(into: Outcome()) { $0.add($1) }
        }
    }

    /// Each symbol once, in order, so that equal requests give equal prompts.
    private static func batches(of instruments: [Instrument]) -> [[Instrument]] {
        let once = Dictionary(instruments.map { ($0.symbol, $0) }) { first, _ in first }.values
        let sorted = once.sorted { $0.symbol < $1.symbol }
        return stride(from: 0, to: sorted.count, by: instrumentsPerCall).map {
            Array(sorted[$0..<min($0 + instrumentsPerCall, sorted.count)])
        }
    }

    private func classify(batch: [Instrument], by deadline: ContinuousClock.Instant?) async -> Outcome {
        let symbols = batch.map(\.symbol)
        var outcome = Outcome()
        do {
            let answer = try await agent.run(
                Self.prompt(for: batch), form: .arguments(of: TaggerTools.classify), by: deadline,
                startingFrom: Batch(), repairInstruction: Batch.repairInstruction
            ) { answer, before in before.reading(answer, of: symbols) }
            outcome.classified = answer.value.taggings
            outcome.effort = answer.effort
            for symbol in symbols where outcome.classified[symbol] == nil {
                let problems = answer.value.problems[symbol] ?? answer.violations
                outcome.failed[symbol] = "it could not be classified: \(problems.joined(separator: "; "))"
            }
        } catch {
            for symbol in symbols { outcome.failed[symbol] = "it could not be classified: \(error)" }
            if error.isRetryable { outcome.retryableFailure = error }
        }
        return outcome
    }

    static func prompt(for batch: [Instrument]) -> String {
        PromptMessage.text(
            task:
                "Classify these instruments by calling \(TaggerTools.classify.name) once, with all of them.",
            data: [
                "agent": "tagger",
                "instruments": .array(
                    batch.map { instrument in
                        [
                            "symbol": .string(instrument.symbol.description),
                            "name": .string(PromptText(instrument.name).description),
                            "instrument_type": .optional(instrument.type?.rawValue),
                        ]
                    }),
            ])
    }
}

extension TaggerAgent.Outcome {
    fileprivate mutating func add(_ other: Self) {
        classified.merge(other.classified) { first, _ in first }
        failed.merge(other.failed) { first, _ in first }
        effort += other.effort
        retryableFailure = retryableFailure ?? other.retryableFailure
    }
}

/// What is known so far about the instruments of one call.
private struct Batch: Sendable {
    var taggings: [Symbol: Tagging] = [:]
    var problems: [Symbol: [String]] = [:]

    static let repairInstruction = "Call it again with only the instruments named above."

    /// Only symbols that were asked for count; what else the model says is dropped.
    func reading(_ answer: Conversation.Answer, of symbols: [Symbol]) -> Agent.Reading<Batch> {
        guard case .arguments(let arguments) = answer else {
            guard case .unusable(let violations) = answer else { return Agent.Reading(self) }
            return Agent.Reading(self, violations: violations)
        }
        var batch = self
        batch.problems = [:]
        var seen: Set<Symbol> = []
        for json in arguments.json["classifications"]?.array ?? [] {
            guard let symbol = Symbol(json["symbol"]?.string ?? ""), symbols.contains(symbol),
                taggings[symbol] == nil
            else { continue }
            guard seen.insert(symbol).inserted else {
                batch.taggings[symbol] = nil
                batch.problems[symbol] = ["it was classified twice"]
                continue
            }
            do {
                batch.taggings[symbol] = try Tagging(json)
            } catch {
                batch.problems[symbol] = error.problems
            }
        }
        for symbol in symbols where batch.taggings[symbol] == nil && batch.problems[symbol] == nil {
            batch.problems[symbol] = ["it was left out"]
        }
        let violations = symbols.compactMap { symbol in
            batch.problems[symbol].map { "\(symbol): \($0.joined(separator: "; "))" }
        }
        return Agent.Reading(batch, violations: violations)
    }
}
