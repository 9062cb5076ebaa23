import Fakes
import Synchronization
import Wire

/// Holds requests back until the gate is opened; a request whose task is cancelled fails.
///
/// A class because the client under test and the test share it.
final class GatedTransport: HTTPTransport {
    private struct State {
        var nextPlace = 0
        var count = 0
        var isOpen = false
        var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
        var watching: [(count: Int, CheckedContinuation<Void, Never>)] = []
    }

    private let next: ScriptedTransport
    private let state = Mutex(State())

    init(_ next: ScriptedTransport) { self.next = next }

    /// How many requests came.
    var count: Int { state.withLock { $0.count } }

    /// Returns when so many requests have come.
    func arrived(_ count: Int) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.count < count { state.watching.append((count, continuation)) }
                return state.count >= count
            }
            if isThere { continuation.resume() }
        }
    }

    /// Lets those through that have come, and no others.
    func pass() {
        let waiting = state.withLock { state in
            defer { state.waiting = [:] }
            return state.waiting.values
        }
        for continuation in waiting { continuation.resume() }
    }

    func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            defer { state.waiting = [:] }
            return state.waiting.values
        }
        for continuation in waiting { continuation.resume() }
    }

    func send(
        _ request: HTTPRequest, timeout: Duration
    ) async throws(TransportFailure) -> HTTPResponse {
        let place = state.withLock { state in
            state.nextPlace += 1
            return state.nextPlace
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let (passes, watching) = state.withLock { state in
                    let passes = state.isOpen || Task.isCancelled
                    if !passes { state.waiting[place] = continuation }
                    state.count += 1
                    let ready = state.watching.filter { $0.count <= state.count }
                    state.watching.removeAll { $0.count <= state.count }
                    return (passes, ready.map(\.1))
                }
                for watcher in watching { watcher.resume() }
                if passes { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiting.removeValue(forKey: place) }?.resume()
        }
        if Task.isCancelled { throw .cancelled }
        return try await next.send(request, timeout: timeout)
    }
}
