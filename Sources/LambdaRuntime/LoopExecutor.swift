import Quantities

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Runs tasks on the thread that waits for them.
///
/// The thread of a loop has nothing else to do while its handler works. With this executor the handler and
/// its child tasks run there: no thread pool is started for a function that needs none, and no invocation
/// pays for a hop between threads.
///
/// A class because the concurrency runtime refers to executors by identity; `@unchecked Sendable` because
/// everything mutable is behind `mutex`.
final class LoopExecutor: TaskExecutor, @unchecked Sendable {
    /// How the thread waits for jobs. Who adds one has to end the wait.
    private enum Wait {
        case none
        case forSignal
        case forDescriptor
    }

    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let arrival: UnsafeMutablePointer<pthread_cond_t>
    private var jobs: [UnownedJob] = []
    private var isWoken = false
    private var wait = Wait.none
    /// Ends a wait for a descriptor; only loops that stream have one.
    private lazy var alarm = Alarm()

    init() {
        mutex = .allocate(capacity: 1)
        arrival = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(arrival, nil)
    }

    deinit {
        pthread_cond_destroy(arrival)
        pthread_mutex_destroy(mutex)
        arrival.deallocate()
        mutex.deallocate()
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        pthread_mutex_lock(mutex)
        jobs.append(job)
        endWait()
        pthread_mutex_unlock(mutex)
    }

    /// Has `pump` of a run called soon, from whatever thread.
    func wake() {
        pthread_mutex_lock(mutex)
        isWoken = true
        endWait()
        pthread_mutex_unlock(mutex)
    }

    private func endWait() {
        switch wait {
        case .none: break
        case .forSignal: pthread_cond_signal(arrival)
        case .forDescriptor: alarm.ring()
        }
    }

    /// Runs `operation` to its end on the calling thread, which is blocked for as long.
    ///
    /// - Parameters:
    ///   - cancellation: When the task is cancelled; it is then up to the operation to come to its end.
    ///   - abandonment: When its end is waited for no longer.
    ///   - pump: Called between jobs, on the calling thread. It may return a descriptor: readiness of which,
    ///     to read or to write, is then a reason to call it again.
    /// - Returns: ``Abandoned`` as the failure when the end did not come in time.
    func run<Success: Sendable>(
        cancelAt cancellation: Timestamp?, abandonAt abandonment: Timestamp? = nil,
        pump: () -> Int32? = { nil }, _ operation: @escaping @Sendable () async throws -> Success
    ) -> Result<Success, any Error> {
        // The one unstructured task of the runtime: here the synchronous loop meets the asynchronous handler.
        let outcome = Outcome<Success>()
        let task = Task(executorPreference: self) {
            do {
                outcome.result = .success(try await operation())
            } catch {
                outcome.result = .failure(error)
            }
        }
        var cancellation = cancellation
        var descriptor: Int32?
        while true {
            let moment = [cancellation, abandonment].compactMap { $0 }.min()
            for job in takeJobs(waitingFor: descriptor, until: moment) {
                job.runSynchronously(on: asUnownedTaskExecutor())
            }
            if let result = outcome.result { return result }
            if let moment = cancellation, systemTime() >= moment {
                task.cancel()
                cancellation = nil
            }
            if let abandonment, systemTime() >= abandonment { return .failure(Abandoned()) }
            descriptor = pump()
        }
    }

    /// Waits for jobs, for a call of ``wake()`` or for the descriptor, and no longer than to the given
    /// moment.
    private func takeJobs(waitingFor descriptor: Int32?, until moment: Timestamp?) -> [UnownedJob] {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        if let descriptor {
            waitForDescriptor(descriptor, until: moment)
        } else {
            waitForSignal(until: moment)
        }
        wait = .none
        isWoken = false
        defer { jobs = [] }
        return jobs
    }

    private func waitForSignal(until moment: Timestamp?) {
        wait = .forSignal
        while jobs.isEmpty && !isWoken {
            guard let moment else {
                pthread_cond_wait(arrival, mutex)
                continue
            }
            var end = timespec()
            end.tv_sec = Int(moment.secondsSinceEpoch)
            end.tv_nsec = Int(moment.microsecondsSinceEpoch - moment.secondsSinceEpoch * 1_000_000) * 1000
            if pthread_cond_timedwait(arrival, mutex, &end) == ETIMEDOUT { break }
        }
    }

    private func waitForDescriptor(_ descriptor: Int32, until moment: Timestamp?) {
        guard jobs.isEmpty && !isWoken else { return }
        wait = .forDescriptor
        let alarm = alarm
        pthread_mutex_unlock(mutex)
        SystemCalls.wait(for: descriptor, or: alarm.ear, until: moment)
        alarm.silence()
        pthread_mutex_lock(mutex)
    }
}

/// The operation took longer than anybody could wait.
struct Abandoned: Error {}

/// Where a task leaves its result. `@unchecked Sendable` because it is written and read by jobs of one
/// ``LoopExecutor``, hence on one thread.
private final class Outcome<Success: Sendable>: @unchecked Sendable {
    var result: Result<Success, any Error>?
}

/// A pipe to oneself. A class because it owns the descriptors.
private final class Alarm: Sendable {
    /// Readable after a call of ``ring()``. -1 when the process has no descriptors left; then nobody hears,
    /// and waits for a descriptor end when they end.
    let ear: Int32
    private let mouth: Int32

    init() { (ear, mouth) = SystemCalls.pipeWithoutWaiting() }

    deinit {
        if ear >= 0 { close(ear) }
        if mouth >= 0 { close(mouth) }
    }

    /// A pipe that is full will be heard as well.
    func ring() {
        var byte: UInt8 = 0
        _ = write(mouth, &byte, 1)
    }

    func silence() {
        var bytes: (UInt64, UInt64) = (0, 0)
        let size = MemoryLayout.size(ofValue: bytes)
        while read(ear, &bytes, size) == size {}
    }
}
