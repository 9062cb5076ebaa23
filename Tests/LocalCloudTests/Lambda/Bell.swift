import Synchronization

/// Wakes those who wait for something to become true. The time limit of the suite is their deadline.
final class Bell: Sendable {
    private let listeners = Mutex<(last: Int, all: [Int: AsyncStream<Void>.Continuation])>((0, [:]))

    func ring() {
        for listener in listeners.withLock({ Array($0.all.values) }) { listener.yield() }
    }

    func wait(until isTrue: () -> Bool) async {
        let (rings, listener) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let id = listeners.withLock { listeners in
            listeners.last += 1
            listeners.all[listeners.last] = listener
            return listeners.last
        }
        defer { listeners.withLock { $0.all[id] = nil } }
        if isTrue() { return }
        for await _ in rings where isTrue() { return }
    }
}
