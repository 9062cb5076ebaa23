import LocalCloud
import Synchronization

/// The offline analyst, who lets one agent wait for its first answers until the test lets it go on.
///
/// A class because the test and the local cloud share it.
final class GatedModel: ModelBackend {
    private struct State {
        var holds: Int
        var gates: [AsyncStream<Void>.Continuation] = []
    }

    private let agent: String
    private let state: Mutex<State>
    private let arrivals: AsyncStream<Void>
    private let arrival: AsyncStream<Void>.Continuation

    /// - Parameters:
    ///   - agent: As it is named in the prompt's data.
    ///   - holds: How many of its requests are held; those that follow are answered.
    init(holding agent: String, holds: Int = 1) {
        self.agent = agent
        state = Mutex(State(holds: holds))
        (arrivals, arrival) = AsyncStream.makeStream(of: Void.self)
    }

    /// Waits until the agent asks, `count` times in all.
    func waitForAgent(_ log: EventLog, count: Int = 1) async throws {
        try await log.within(.seconds(60), "the \(agent)'s request to the model") { [arrivals] in
            var iterator = arrivals.makeAsyncIterator()
            for _ in 0..<count { _ = await iterator.next() }
        }
    }

    /// Answers the requests that are held.
    func letGo() {
        for gate in state.withLock(\.gates) { gate.finish() }
    }

    func converse(
        _ request: ConverseRequest, streaming: Bool
    ) async throws(ModelBackendFailure) -> ConverseReply {
        if request.isOf(agent), let gate = hold() {
            arrival.yield()
            // Ends when the test lets go, or when the function that asks is gone.
            for await _ in gate { break }
            if Task.isCancelled { throw ModelBackendFailure(.timeout, "The caller went away.") }
        }
        return try await OfflineAnalyst().converse(request, streaming: streaming)
    }

    private func hold() -> AsyncStream<Void>? {
        state.withLock { state in
            guard state.holds > 0 else { return nil }
            state.holds -= 1
            let (gate, opener) = AsyncStream.makeStream(of: Void.self)
            state.gates.append(opener)
            return gate
        }
    }
}

extension ConverseRequest {
    /// Whether the prompt's data names this agent.
    func isOf(_ agent: String) -> Bool {
        messages.first?.content.contains { block in
            if case .text(let text) = block { text.contains("\"agent\":\"\(agent)\"") } else { false }
        } == true
    }
}
