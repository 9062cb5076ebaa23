import Synchronization
import Wire

/// The part of a streamed body that has come and was not read yet.
///
/// Bounded: when it is full the transfer is paused, and the server has to wait for the reader.
///
/// A class because the driver's thread fills it and a task empties it.
final class BodyBuffer: Sendable {
    typealias Piece = Result<[UInt8]?, TransportFailure>

    private struct State {
        var bytes: [UInt8] = []
        var isPaused = false
        var wantsMore = false
        /// How the body ended.
        var end: Piece?
        var reader: CheckedContinuation<Piece, Never>?
    }

    private let limitBytes: Int
    private let state = Mutex(State())

    init(limitBytes: Int) {
        self.limitBytes = limitBytes
    }

    /// - Returns: `false` when there is no room: the same bytes are to be offered again once the reader wants
    ///   more.
    func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let reader: CheckedContinuation<Piece, Never>?
        let isTaken: Bool
        (reader, isTaken) = state.withLock { state in
            if let reader = state.reader, !bytes.isEmpty {
                state.reader = nil
                return (reader, true)
            }
            guard state.bytes.isEmpty || state.bytes.count + bytes.count <= limitBytes else {
                state.isPaused = true
                return (nil, false)
            }
            state.bytes.append(contentsOf: bytes)
            return (nil, true)
        }
        reader?.resume(returning: .success(Array(bytes)))
        return isTaken
    }

    /// - Parameter result: What came of the transfer.
    func finish(_ result: Result<HTTPResponse, TransportFailure>) {
        let end: Piece = result.map { _ in nil }
        let reader = state.withLock { state in
            defer { state.reader = nil }
            state.end = state.reader == nil ? end : .success(nil)
            return state.reader
        }
        reader?.resume(returning: end)
    }

    /// Whether a paused transfer is to go on; asking takes the wish back.
    func takeWish() -> Bool {
        state.withLock { state in
            defer { state.wantsMore = false }
            return state.wantsMore
        }
    }

    /// All that has come, or the next piece; `nil` after the last one. For one reader at a time.
    ///
    /// - Parameter wake: Called when the transfer was paused and can go on.
    func next(wake: () -> Void) async throws(TransportFailure) -> [UInt8]? {
        let piece = await withCheckedContinuation { continuation in
            let (piece, isPaused) = state.withLock { state -> (Piece?, Bool) in
                if state.bytes.isEmpty, let end = state.end {
                    state.end = .success(nil)
                    return (end, false)
                }
                let isPaused = state.isPaused
                state.isPaused = false
                state.wantsMore = state.wantsMore || isPaused
                guard !state.bytes.isEmpty else {
                    precondition(state.reader == nil, "a body is read by two at once")
                    state.reader = continuation
                    return (nil, isPaused)
                }
                let bytes = state.bytes
                state.bytes = []
                return (.success(bytes), isPaused)
            }
            if isPaused { wake() }
            if let piece { continuation.resume(returning: piece) }
        }
        return try piece.get()
    }
}
