import LocalCloud
import Synchronization

/// Everything a house has reported, and who waits for more. A class because many tasks share it.
final class EventLog: Sendable {
    private struct State {
        var past: [AlexEvent] = []
        var listeners: [Int: AsyncStream<AlexEvent>.Continuation] = [:]
        var lastListener = 0
    }

    private let state = Mutex(State())

    func hear(_ event: AlexEvent) {
        if case .trouble(let words) = event { print("trouble: \(words.prefix(1000))") }
        let listeners = state.withLock { state in
            state.past.append(event)
            return Array(state.listeners.values)
        }
        for listener in listeners { listener.yield(event) }
    }

    var past: [AlexEvent] { state.withLock { $0.past } }

    /// What happens from now on, and before it what has happened since the position `past.count` of an
    /// earlier moment.
    func stream<Value: Sendable>(
        from position: Int? = nil, _ pick: @escaping @Sendable (AlexEvent) -> Value?
    ) -> AsyncCompactMapSequence<AsyncStream<AlexEvent>, Value> {
        let (events, listener) = AsyncStream.makeStream(of: AlexEvent.self)
        state.withLock { state in
            state.lastListener += 1
            let number = state.lastListener
            for event in state.past.dropFirst(position ?? state.past.count) { listener.yield(event) }
            state.listeners[number] = listener
            listener.onTermination = { [weak self] _ in
                self?.state.withLock { $0.listeners[number] = nil }
            }
        }
        return events.compactMap { pick($0) }
    }

    /// Waits for an event; what has happened since `position` counts.
    func first<Value: Sendable>(
        from position: Int = 0, _ what: String, within limit: Duration = .seconds(60),
        _ pick: @escaping @Sendable (AlexEvent) -> Value?
    ) async throws -> Value {
        let stream = stream(from: position, pick)
        return try await within(limit, what) {
            guard let value = await stream.first(where: { _ in true }) else { throw CancellationError() }
            return value
        }
    }

    /// - Throws: ``TooLate`` with the last lines of the log when the time is up first.
    func within<Value: Sendable>(
        _ limit: Duration, _ what: String, _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await work() }
            group.addTask {
                try await Task.sleep(for: limit)
                return nil
            }
            defer { group.cancelAll() }
            guard let value = try await group.next() ?? nil else {
                throw TooLate(what: what, limit: limit, log: lines(last: 40))
            }
            return value
        }
    }

    func lines(last count: Int) -> [String] {
        past.suffix(count).map { String("\($0)".prefix(400)) }
    }
}

struct TooLate: Error, CustomStringConvertible {
    let what: String
    let limit: Duration
    let log: [String]

    var description: String {
        "waited \(limit) for \(what); the last events were:\n" + log.joined(separator: "\n")
    }
}

extension AlexEvent {
    var invocationEnd: InvocationRecord? {
        if case .lambda(.invocationEnded(let record)) = self { record } else { nil }
    }

    var accessRecord: AccessRecord? {
        if case .access(let record) = self { record } else { nil }
    }

    /// The function that has just been handed an event.
    var startedFunction: String? {
        if case .lambda(.invocationStarted(let function, _)) = self { function } else { nil }
    }
}
