/// A place where tasks wait for each other: nobody passes before everybody has come.
///
/// Proves that work runs at once: one after the other it would wait forever.
package actor Rendezvous {
    private let expected: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var arrived = 0

    package init(of expected: Int) {
        self.expected = expected
    }

    package func meet() async {
        arrived += 1
        guard arrived < expected else {
            for continuation in waiting { continuation.resume() }
            waiting = []
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }
}
