import Quantities

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Runs tasks on the thread that waits for them.
///
/// The thread of a loop has nothing else to do while its handler works. With this executor the handler and its child tasks run there:
/// no thread pool is started for a function that needs none, and no invocation pays for a hop between threads.
///
/// A class because the concurrency runtime refers to executors by identity; `@unchecked Sendable` because everything mutable is
/// behind `mutex`.
final class LoopExecutor: TaskExecutor, @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let arrival: UnsafeMutablePointer<pthread_cond_t>
    private var jobs: [UnownedJob] = []

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
        pthread_cond_signal(arrival)
        pthread_mutex_unlock(mutex)
    }

    /// Runs `operation` to its end on the calling thread, which is blocked for as long.
    ///
    /// - Parameter moment: When the task is cancelled; it is then up to the operation to come to its end.
    func run<Success: Sendable>(
        cancelAt moment: Timestamp, _ operation: @escaping @Sendable () async throws -> Success
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
        var cancellation: Timestamp? = moment
        while true {
            for job in takeJobs(waitingUntil: cancellation) {
                job.runSynchronously(on: asUnownedTaskExecutor())
            }
            if let result = outcome.result { return result }
            if let moment = cancellation, systemTime() >= moment {
                task.cancel()
                cancellation = nil
            }
        }
    }

    /// Waits for jobs, and no longer than to the given moment.
    private func takeJobs(waitingUntil moment: Timestamp?) -> [UnownedJob] {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while jobs.isEmpty {
            guard let moment else {
                pthread_cond_wait(arrival, mutex)
                continue
            }
            var end = timespec()
            end.tv_sec = Int(moment.secondsSinceEpoch)
            end.tv_nsec = Int(moment.microsecondsSinceEpoch - moment.secondsSinceEpoch * 1_000_000) * 1000
            if pthread_cond_timedwait(arrival, mutex, &end) == ETIMEDOUT { break }
        }
        defer { jobs = [] }
        return jobs
    }
}

/// Where a task leaves its result. `@unchecked Sendable` because it is written and read by jobs of one ``LoopExecutor``, hence on one
/// thread.
private final class Outcome<Success: Sendable>: @unchecked Sendable {
    var result: Result<Success, any Error>?
}
