import Synchronization
import Wire

/// Remembers secrets for a while, so that not every invocation asks for them.
///
/// Of all who ask for a secret at once, one asks the service and the others wait for its answer. When the
/// service cannot be reached or is busy, an old value is better than none: it is given for up to
/// ``Times/tolerance`` beyond its time, and the service is left alone for ``Times/pause``. When the service
/// answers and says no, that counts: the value is forgotten. After a rotation, ``forget(_:)`` has the next
/// one ask.
///
/// A class, because a caller that is cancelled leaves the queue at once, which an actor cannot do.
package final class SecretsCache: Sendable {
    package struct Times: Sendable, Equatable {
        /// How long a value is given without a question.
        package var lifetime = Duration.seconds(300)
        /// How much longer it is given when the service cannot answer.
        package var tolerance = Duration.seconds(3600)
        /// How long an old value is given before the service is asked again.
        package var pause = Duration.seconds(10)

        package init() {}
    }

    private let client: SecretsClient
    private let times: Times
    private let instant: @Sendable () -> ContinuousClock.Instant
    private let state = Mutex(State())

    package init(
        _ client: SecretsClient, times: Times = Times(),
        instant: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        self.client = client
        self.times = times
        self.instant = instant
    }

    /// The text of a secret.
    ///
    /// - Throws: A malformed response when the secret is bytes and not text.
    package func secret(
        _ id: String, stage: String = SecretsClient.currentStage
    ) async throws(AWSFailure) -> String {
        try client.text(of: try await value(of: id, stage: stage))
    }

    package func value(
        of id: String, stage: String = SecretsClient.currentStage
    ) async throws(AWSFailure) -> SecretsClient.Value {
        let key = Key(id: id, stage: stage)
        while true {
            let step = state.withLock { $0.step(for: key, at: instant()) }
            switch step {
            case .give(let value): return value
            case .ask: return try await fetch(key)
            case .wait(let place):
                // Whoever asked may have been cancelled: then it is somebody else's turn, perhaps ours.
                if let outcome = await wait(at: place, for: key) { return try outcome.get() }
                if Task.isCancelled { throw AWSFailure(service: "AWS Secrets Manager", .cancelled) }
            }
        }
    }

    /// Has the next caller ask the service, whatever is remembered of any stage.
    package func forget(_ id: String) {
        state.withLock { state in
            state.values = state.values.filter { $0.key.id != id }
        }
    }

    private func fetch(_ key: Key) async throws(AWSFailure) -> SecretsClient.Value {
        var outcome: Result<SecretsClient.Value, AWSFailure>
        do throws(AWSFailure) {
            outcome = .success(try await client.value(of: key.id, stage: key.stage))
        } catch {
            outcome = .failure(error)
        }
        let (final, waiting) = state.withLock { $0.end(key, outcome, times, at: instant()) }
        outcome = final
        let isCancelled = outcome.isCancelled
        for continuation in waiting { continuation.resume(returning: isCancelled ? nil : outcome) }
        return try outcome.get()
    }

    /// - Returns: `nil` when this task or the one that asked was cancelled.
    private func wait(at place: Int, for key: Key) async -> Result<SecretsClient.Value, AWSFailure>? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    !state.enqueue(continuation, at: place, for: key, isCancelled: Task.isCancelled)
                }
                if isOver { continuation.resume(returning: nil) }
            }
        } onCancel: {
            state.withLock { $0.leave(place, key) }?.resume(returning: nil)
        }
    }
}

extension SecretsCache {
    private struct Key: Hashable {
        let id: String
        let stage: String
    }

    private enum Step {
        case give(SecretsClient.Value)
        case ask
        case wait(place: Int)
    }

    private typealias Continuation = CheckedContinuation<Result<SecretsClient.Value, AWSFailure>?, Never>

    private struct State {
        struct Remembered {
            let value: SecretsClient.Value
            /// Until then nobody asks.
            var askAgain: ContinuousClock.Instant
            /// Until then it may be given when the service cannot answer.
            let end: ContinuousClock.Instant
        }

        var values: [Key: Remembered] = [:]
        /// Whoever waits for an answer that is on its way, by place.
        var waiting: [Key: [Int: Continuation]] = [:]
        var nextPlace = 0

        mutating func step(for key: Key, at now: ContinuousClock.Instant) -> Step {
            if let remembered = values[key], now < remembered.askAgain { return .give(remembered.value) }
            if waiting[key] == nil {
                waiting[key] = [:]
                return .ask
            }
            nextPlace += 1
            return .wait(place: nextPlace)
        }

        /// - Returns: Whether there is something to wait for: the answer may have come in between.
        mutating func enqueue(
            _ continuation: Continuation, at place: Int, for key: Key, isCancelled: Bool
        ) -> Bool {
            guard !isCancelled, waiting[key] != nil else { return false }
            waiting[key]?[place] = continuation
            return true
        }

        mutating func leave(_ place: Int, _ key: Key) -> Continuation? {
            waiting[key]?.removeValue(forKey: place)
        }

        mutating func end(
            _ key: Key, _ outcome: Result<SecretsClient.Value, AWSFailure>, _ times: Times,
            at now: ContinuousClock.Instant
        ) -> (Result<SecretsClient.Value, AWSFailure>, [Continuation]) {
            let waiting = waiting.removeValue(forKey: key)?.sorted { $0.key < $1.key }.map(\.value) ?? []
            switch outcome {
            case .success(let value):
                let askAgain = now + times.lifetime
                values[key] = Remembered(value: value, askAgain: askAgain, end: askAgain + times.tolerance)
            case .failure(let failure) where failure.isRetryable:
                guard let old = values[key], now < old.end else { break }
                values[key]?.askAgain = min(now + times.pause, old.end)
                return (.success(old.value), waiting)
            case .failure where outcome.isCancelled: break
            case .failure: values[key] = nil
            }
            return (outcome, waiting)
        }
    }
}

extension Result where Failure == AWSFailure {
    fileprivate var isCancelled: Bool {
        if case .failure(let failure) = self { failure.kind == .transport(.cancelled) } else { false }
    }
}
