import AWSClient
import Finance
import LambdaRuntime
import Quantities
import Store
import Wire

/// What is done before agents look at a portfolio: instruments nobody has classified are tagged, prices are
/// brought up to date.
///
/// Neither is fatal: an untagged instrument stays "not classified", a price that cannot be had stays the last
/// known one with its date.
package struct Preparation: Sendable {
    /// Of the planner's time, so that the sections keep the rest.
    static let longestTagging = Duration.seconds(240)

    private let functions: FunctionCalls
    private let tagger: String
    private let instruments: InstrumentStore
    private let market: PolygonClient?

    package init(
        functions: FunctionCalls, tagger: String, instruments: InstrumentStore, market: PolygonClient?
    ) {
        self.functions = functions
        self.tagger = tagger
        self.instruments = instruments
        self.market = market
    }

    package init(_ deployment: Deployment, _ functions: FunctionCalls) throws {
        self.init(
            functions: functions, tagger: deployment.variable("TAGGER_FUNCTION", default: "alex-tagger"),
            instruments: InstrumentStore(database: deployment.database), market: try deployment.market)
    }

    func run(
        _ portfolio: Portfolio, job: AnalysisJob.ID, jobs: JobStore, by deadline: ContinuousClock.Instant,
        _ log: Logger
    ) async {
        async let tagged: Void = tag(
            portfolio, job: job, jobs: jobs, by: min(deadline, .now + Self.longestTagging), log)
        async let priced: Void = updatePrices(portfolio.symbols, job: job, jobs: jobs, log)
        _ = await (tagged, priced)
    }

    private func tag(
        _ portfolio: Portfolio, job: AnalysisJob.ID, jobs: JobStore, by deadline: ContinuousClock.Instant,
        _ log: Logger
    ) async {
        let symbols = portfolio.unclassifiedSymbols
        guard !symbols.isEmpty else { return }
        await note(
            .taggingStarted, "Not classified yet: \(symbols.count). The tagger is at work.", job, jobs, log)
        let clock = ContinuousClock()
        let start = clock.now
        do {
            let answer = try await functions.call(tagger, Self.taggerEvent(portfolio, symbols), by: deadline)
            let count = try JSONValue(reading: answer)["tagged"]?.int ?? 0
            await note(
                .taggingFinished, "Classified: \(count) of \(symbols.count).",
                seconds: (clock.now - start) / .seconds(1), job, jobs, log)
        } catch {
            log.warn(
                "instruments stay unclassified",
                ["count": .number(symbols.count), "reason": .string("\(error)")])
        }
    }

    /// Tells the household of a step. A step that was done is done, also when nobody could be told.
    private func note(
        _ kind: JobEvent.Kind, _ message: String, seconds: Double? = nil, _ job: AnalysisJob.ID,
        _ jobs: JobStore,
        _ log: Logger
    ) async {
        do {
            try await jobs.append(kind, message, seconds: seconds, to: job)
        } catch {
            log.warn("an event is missing", ["kind": .string(kind.rawValue), "reason": .string("\(error)")])
        }
    }

    private static func taggerEvent(_ portfolio: Portfolio, _ symbols: [Symbol]) -> JSONValue {
        let entries = symbols.prefix(TaggerFunction.mostInstruments).map { symbol -> JSONValue in
            let instrument = portfolio.instruments[symbol]
            return [
                "symbol": .string(symbol.description),
                "name": .string(instrument?.name ?? symbol.description),
                "instrument_type": .optional(instrument?.type?.rawValue),
            ]
        }
        return ["instruments": .array(entries)]
    }

    private func updatePrices(_ symbols: [Symbol], job: AnalysisJob.ID, jobs: JobStore, _ log: Logger) async {
        guard let market, !symbols.isEmpty else { return }
        do {
            let prices = try await market.prices(of: symbols)
            try await instruments.save(prices: prices)
            await note(
                .pricesUpdated, "Prices brought up to date: \(prices.count) of \(symbols.count).", job, jobs,
                log)
        } catch {
            log.warn("prices stay as they are", ["reason": .string("\(error)")])
        }
    }
}
