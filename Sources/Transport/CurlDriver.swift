import CCurl
import Synchronization
import Wire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The thread that drives all transfers through libcurl's multi interface.
///
/// A class because a thread and its callers share it; a thread because libcurl wants one that calls it
/// whenever a socket is ready, and the threads of Swift's concurrency must not wait. All of libcurl is called
/// on this thread, but for waking it.
final class CurlDriver: Sendable {
    struct Submission: Sendable {
        let request: HTTPRequest
        let timeout: Duration
        /// `nil` to go directly.
        let proxy: Proxy?
        let cancellation: Cancellation
        let recipient: Recipient

        var isStreamed: Bool { if case .stream = recipient { true } else { false } }
    }

    /// Who waits for an answer; every closure is called once, on the driver's thread.
    enum Recipient: Sendable {
        case whole(@Sendable (Result<HTTPResponse, TransportFailure>) -> Void)
        /// The head as soon as it is there, as a response without a body; what follows goes to the buffer.
        case stream(@Sendable (Result<HTTPResponse, TransportFailure>) -> Void, BodyBuffer)
    }

    private struct Inbox {
        var submissions: [Submission] = []
        var isStopped = false
        var isClosingWanted = false
    }

    private let options: CurlTransport.Options
    private let inbox = Mutex(Inbox())
    /// `nil` before the thread has set libcurl up and after it has ended. Has a lock of its own: a thread
    /// that is woken looks into the inbox at once, and would wait for whoever woke it.
    private let multi = Mutex<MultiHandle?>(nil)

    init(_ options: CurlTransport.Options) {
        self.options = options
    }

    func start() {
        let context = Unmanaged.passRetained(self).toOpaque()
        #if canImport(Glibc)
            var thread = pthread_t()
            let error = pthread_create(&thread, nil, { runDriver($0) }, context)
        #else
            var thread: pthread_t?
            let error = pthread_create(&thread, nil, { runDriver($0) }, context)
        #endif
        precondition(error == 0, "the system refuses a thread (error \(error))")
        #if canImport(Glibc)
            pthread_detach(thread)
        #else
            if let thread { pthread_detach(thread) }
        #endif
    }

    func submit(_ submission: Submission) {
        inbox.withLock { $0.submissions.append(submission) }
        wake()
    }

    func cancel(_ cancellation: Cancellation) {
        cancellation.request()
        wake()
    }

    /// Makes the thread look for what has changed: a transfer given up, or one whose reader wants more.
    func wake() {
        multi.withLock { $0?.wake() }
    }

    func closeConnections() {
        inbox.withLock { $0.isClosingWanted = true }
        wake()
    }

    func stop() {
        inbox.withLock { $0.isStopped = true }
        wake()
    }

    fileprivate func run() {
        ignoreBrokenPipes()
        curl_global_init(Int(CURL_GLOBAL_ALL))
        var multi = openMulti()
        var transfers: [CurlTransfer] = []
        while let work = takeWork() {
            if work.isClosingWanted {
                for transfer in transfers { end(transfer, multi, .failure(transfer.closedFailure)) }
                transfers = []
                closeMulti(multi)
                multi = openMulti()
            }
            for submission in work.submissions { start(submission, multi, &transfers) }
            abortCancelled(multi, &transfers)
            for transfer in transfers { transfer.resumeIfWanted() }
            var running: Int32 = 0
            curl_multi_perform(multi, &running)
            finishCompleted(multi, &transfers)
            curl_multi_poll(multi, nil, 0, Self.longestPollMilliseconds, nil)
        }
        for transfer in transfers { end(transfer, multi, .failure(.cancelled)) }
        closeMulti(multi)
    }

    private func openMulti() -> UnsafeMutableRawPointer {
        guard let multi = curl_multi_init() else { preconditionFailure("libcurl has no memory to start") }
        ccurl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, Self.keptConnections)
        let handle = MultiHandle(pointer: multi)
        self.multi.withLock { $0 = handle }
        // For what was submitted while there was none to be woken.
        handle.wake()
        return multi
    }

    /// Closes the connections, too. Nobody wakes it any more when it is gone.
    private func closeMulti(_ multi: UnsafeMutableRawPointer) {
        self.multi.withLock { $0 = nil }
        curl_multi_cleanup(multi)
    }

    /// `nil` when the driver was stopped.
    private func takeWork() -> (submissions: [Submission], isClosingWanted: Bool)? {
        inbox.withLock { inbox in
            defer { (inbox.submissions, inbox.isClosingWanted) = ([], false) }
            guard !inbox.isStopped else { return nil }
            return (inbox.submissions, inbox.isClosingWanted)
        }
    }

    private func start(
        _ submission: Submission, _ multi: UnsafeMutableRawPointer, _ transfers: inout [CurlTransfer]
    ) {
        let transfer = CurlTransfer(submission, options)
        transfers.append(transfer)
        curl_multi_add_handle(multi, transfer.handle)
    }

    private func abortCancelled(_ multi: UnsafeMutableRawPointer, _ transfers: inout [CurlTransfer]) {
        while let index = transfers.firstIndex(where: \.isCancelled) {
            end(transfers.remove(at: index), multi, .failure(.cancelled))
        }
    }

    private func finishCompleted(_ multi: UnsafeMutableRawPointer, _ transfers: inout [CurlTransfer]) {
        var code = CURLE_OK
        while let handle = ccurl_multi_next_finished(multi, &code) {
            guard let index = transfers.firstIndex(where: { $0.handle == handle }) else { continue }
            let transfer = transfers.remove(at: index)
            end(transfer, multi, transfer.result(code))
        }
    }

    private func end(
        _ transfer: CurlTransfer, _ multi: UnsafeMutableRawPointer,
        _ result: Result<HTTPResponse, TransportFailure>
    ) {
        curl_multi_remove_handle(multi, transfer.handle)
        transfer.complete(result)
    }

    /// OpenSSL writes to sockets without `MSG_NOSIGNAL`: on this thread a closed connection must be an error,
    /// not the end of the process.
    private func ignoreBrokenPipes() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }

    /// Connections without a transfer that are kept open.
    private static let keptConnections = 32
    /// libcurl wakes earlier by itself for its own timers, for sockets and when it is woken.
    private static let longestPollMilliseconds: Int32 = 60_000
}

/// Whether somebody gave a transfer up. A class because the task that gives up and the thread that looks
/// share it.
final class Cancellation: Sendable {
    private let isRequestedFlag = Atomic(false)

    var isRequested: Bool { isRequestedFlag.load(ordering: .acquiring) }

    func request() { isRequestedFlag.store(true, ordering: .releasing) }
}

/// Unchecked because only `wake` leaves the driver's thread, and libcurl documents `curl_multi_wakeup` as
/// safe from any thread.
private struct MultiHandle: @unchecked Sendable {
    let pointer: UnsafeMutableRawPointer

    func wake() { curl_multi_wakeup(pointer) }
}

private func runDriver(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let context { Unmanaged<CurlDriver>.fromOpaque(context).takeRetainedValue().run() }
    return nil
}
