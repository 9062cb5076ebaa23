import Synchronization

/// Where a ``StreamingLambdaHandler`` writes its answer.
///
/// A write suspends its task until the kernel has taken the last byte, so a handler can never be further
/// ahead of its caller than the buffers of one socket; other tasks of the handler go on meanwhile. The parts
/// are sent by the thread of the loop, whatever task or thread writes them.
///
/// A class because the handler's tasks and the loop share it.
package final class ResponseStream: Sendable {
    /// What Lambda streams for one invocation at most: 200 MiB, of which the first 6 MiB at full speed.
    package static let largestBytes = 200 * 1024 * 1024
    /// A write goes out in chunks of at most so many bytes.
    static let largestChunkBytes = 128 * 1024

    private let state = Mutex(State())
    private let wake: @Sendable () -> Void

    /// - Parameter wake: Has the loop look for what was written.
    init(wake: @escaping @Sendable () -> Void) { self.wake = wake }

    /// Puts status and header fields in front of the answer, which makes it one to an HTTP request.
    ///
    /// They leave together with the first write; `write([])` sends them alone.
    package func begin(_ prelude: HTTPPrelude) throws(ResponseStreamFailure) {
        try begin(contentType: HTTPPrelude.contentType, prelude.bytes)
    }

    /// Gives the answer a content type in the place of `application/octet-stream`.
    package func begin(contentType: String) throws(ResponseStreamFailure) {
        guard contentType.utf8.allSatisfy({ (0x20...0x7e).contains($0) }) else {
            throw .unprintableContentType
        }
        try begin(contentType: contentType, [])
    }

    private func begin(contentType: String, _ prelude: [UInt8]) throws(ResponseStreamFailure) {
        let begins = state.withLock { state in
            guard !state.hasBegun else { return false }
            state.head = Head(contentType: contentType, prelude: prelude)
            return true
        }
        if !begins { throw .hasBegun }
    }

    /// Sends a part of the answer; returns when it is on its way.
    ///
    /// The parts of tasks that write at the same time follow each other whole. Cancellation alone does not
    /// stop a write: a handler that is cancelled may still say its last words.
    ///
    /// - Throws: What keeps the part from the caller. The stream takes nothing more after it, except after
    ///   ``ResponseStreamFailure/tooLarge(limit:)``.
    package func write(_ bytes: [UInt8]) async throws(ResponseStreamFailure) {
        let result = await withUnsafeContinuation { continuation in
            let refusal = state.withLock { $0.accept(bytes, continuation) }
            if let refusal {
                continuation.resume(returning: Result<Void, ResponseStreamFailure>.failure(refusal))
            } else {
                wake()
            }
        }
        try result.get()
    }

    package func write(_ text: String) async throws(ResponseStreamFailure) {
        try await write(Array(text.utf8))
    }

    // MARK: The side of the loop

    var head: Head { state.withLock { $0.head } }

    var ranOutOfTime: Bool { state.withLock { $0.ending == .outOfTime } }

    /// The next piece to send, of at most ``largestChunkBytes``; `nil` when all that was written is taken.
    ///
    /// - Precondition: The piece before it is sent.
    func nextPiece() -> ArraySlice<UInt8>? {
        let (done, piece) = state.withLock { $0.advance() }
        done?.resume(returning: .success(()))
        return piece
    }

    /// Fails all writes, those that wait and those that come.
    func end(_ failure: ResponseStreamFailure) {
        let waiting = state.withLock { $0.end(failure) }
        for continuation in waiting { continuation.resume(returning: .failure(failure)) }
    }

    struct Head: Sendable, Equatable {
        var contentType = "application/octet-stream"
        var prelude: [UInt8] = []
    }

    private typealias Continuation = UnsafeContinuation<Result<Void, ResponseStreamFailure>, Never>

    private struct State {
        struct Part {
            var rest: ArraySlice<UInt8>
            let continuation: Continuation
        }

        var head = Head()
        var hasBegun = false
        private var byteCount = 0
        private var parts: [Part] = []
        /// Whether a piece of the first part is being sent.
        private var isSending = false
        private(set) var ending: ResponseStreamFailure?

        mutating func accept(
            _ bytes: [UInt8], _ continuation: Continuation
        ) -> ResponseStreamFailure? {
            if let ending { return ending }
            guard byteCount + bytes.count <= largestBytes else { return .tooLarge(limit: largestBytes) }
            hasBegun = true
            byteCount += bytes.count
            parts.append(Part(rest: bytes[...], continuation: continuation))
            return nil
        }

        mutating func advance() -> (done: Continuation?, piece: ArraySlice<UInt8>?) {
            var done: Continuation?
            if isSending, parts.first?.rest.isEmpty == true { done = parts.removeFirst().continuation }
            isSending = !parts.isEmpty
            guard isSending else { return (done, nil) }
            let piece = parts[0].rest.prefix(largestChunkBytes)
            parts[0].rest = parts[0].rest.dropFirst(piece.count)
            return (done, piece)
        }

        mutating func end(_ failure: ResponseStreamFailure) -> [Continuation] {
            if ending == nil { ending = failure }
            defer { parts = [] }
            return parts.map(\.continuation)
        }
    }
}

/// Why a part of a streamed answer does not reach the caller.
package enum ResponseStreamFailure: Error, Equatable, CustomStringConvertible {
    /// Lambda takes no more: the caller has gone, the answer is larger than the call allows, or its time is
    /// up.
    case cutOff(reason: String)
    /// The deadline is near and Lambda does not take the part at once.
    case outOfTime
    case tooLarge(limit: Int)
    /// The content type or the prelude comes after the first byte.
    case hasBegun
    /// A content type is printable ASCII.
    case unprintableContentType
    /// The handler has returned: the answer is complete.
    case hasEnded

    package var description: String {
        switch self {
        case .cutOff(let reason): "the response was cut off: \(reason)"
        case .outOfTime: "the response could not be sent before the deadline"
        case .tooLarge(let limit): "a streamed response has at most \(limit) bytes"
        case .hasBegun: "the response has already begun"
        case .unprintableContentType: "a content type is printable ASCII"
        case .hasEnded: "the response has already ended"
        }
    }
}
