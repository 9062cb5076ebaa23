import Agents
import DataAPIClient
import Finance
import LambdaRuntime
import Store
import Wire

/// Classifies instruments: `{"instruments": [{"symbol", "name"?, "instrument_type"?}]}`.
///
/// Answers `{tagged, updated, errors, classifications}`. What could not be classified is listed with its
/// reason and stays untagged.
package struct TaggerFunction: LambdaHandler {
    static let mostInstruments = 500
    static let timeForSaving = Duration.seconds(5)

    private let agent: TaggerAgent
    private let instruments: InstrumentStore

    package init(agent: TaggerAgent, database: DataAPIClient) {
        self.agent = agent
        instruments = InstrumentStore(database: database)
    }

    package init(_ deployment: Deployment) {
        self.init(agent: TaggerAgent(model: deployment.model), database: deployment.database)
    }

    package func handle(_ invocation: Invocation) async throws -> [UInt8] {
        let wanted = try Self.instruments(in: JSONValue(reading: invocation.event))
        let outcome = await agent.classify(wanted, by: invocation.deadline - Self.timeForSaving)
        if outcome.classified.isEmpty, let failure = outcome.retryableFailure { throw failure }
        let updated = try await instruments.save(
            classifications: outcome.classified.map { symbol, tagging in
                Store.Tagging(symbol: symbol, type: tagging.type, classification: tagging.classification)
            })
        invocation.log.info(
            "instruments classified",
            ["classified": .number(outcome.classified.count), "failed": .number(outcome.failed.count)])
        return Self.reply(outcome, updated: updated).bytes
    }

    private static func instruments(in event: JSONValue) throws -> [Instrument] {
        guard let entries = event["instruments"]?.array, !entries.isEmpty, entries.count <= mostInstruments
        else {
            throw TaggerEventFailure.noInstruments(limit: mostInstruments)
        }
        return try entries.map { entry in
            guard let symbol = entry["symbol"]?.string.flatMap({ Symbol($0) }) else {
                throw TaggerEventFailure.noSymbol
            }
            return Instrument(
                symbol: symbol, name: entry["name"]?.string ?? symbol.description,
                type: entry["instrument_type"]?.string.flatMap(InstrumentType.init(rawValue:)), price: nil,
                classification: nil)
        }
    }

    private static func reply(_ outcome: TaggerAgent.Outcome, updated: Set<Symbol>) -> JSONValue {
        let classified = outcome.classified.sorted { $0.key < $1.key }
        return [
            "tagged": .number(updated.count),
            "updated": .array(updated.sorted().map { .string($0.description) }),
            "errors": .array(
                outcome.failed.sorted { $0.key < $1.key }.map { symbol, reason in
                    ["symbol": .string(symbol.description), "error": .string(reason)]
                }),
            "classifications": .array(
                classified.map { symbol, tagging in
                    [
                        "symbol": .string(symbol.description), "type": .string(tagging.type.rawValue),
                        "asset_class": tagging.classification.assetClasses.view,
                        "regions": tagging.classification.regions.view,
                        "sectors": tagging.classification.sectors.view,
                        "rationale": .string(tagging.rationale),
                    ]
                }),
        ]
    }
}

package enum TaggerEventFailure: Error, Equatable, CustomStringConvertible {
    case noInstruments(limit: Int)
    case noSymbol

    package var description: String {
        switch self {
        case .noInstruments(let limit): "expected {\"instruments\": [...]} with 1 to \(limit) of them"
        case .noSymbol: "an instrument has no valid symbol"
        }
    }
}
