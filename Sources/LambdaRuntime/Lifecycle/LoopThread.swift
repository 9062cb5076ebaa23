#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A thread that may block, as threads of the concurrency runtime must not.
struct LoopThread {
    #if canImport(Glibc)
        private var thread = pthread_t()
    #else
        private var thread: pthread_t?
    #endif

    /// - Returns: `nil` when the system has no more threads.
    init?(_ work: @escaping @Sendable () -> Void) {
        let box = Unmanaged.passRetained(Work(work))
        let result = pthread_create(&thread, nil, runWork, box.toOpaque())
        guard result == 0 else {
            box.release()
            return nil
        }
    }

    /// Waits for its end; to be called once.
    func join() {
        #if canImport(Glibc)
            pthread_join(thread, nil)
        #else
            if let thread { pthread_join(thread, nil) }
        #endif
    }
}

/// A class because C passes one pointer on.
private final class Work: Sendable {
    let work: @Sendable () -> Void
    init(_ work: @escaping @Sendable () -> Void) { self.work = work }
}

#if canImport(Glibc)
    private func runWork(_ box: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        if let box { Unmanaged<Work>.fromOpaque(box).takeRetainedValue().work() }
        return nil
    }
#else
    private func runWork(_ box: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
        Unmanaged<Work>.fromOpaque(box).takeRetainedValue().work()
        return nil
    }
#endif
