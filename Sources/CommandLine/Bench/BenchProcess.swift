#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A bootstrap at work. It is killed, by its own id, when this value ends.
struct BenchProcess: ~Copyable {
    private let id: pid_t

    /// Starts the program as a new process; what it prints goes nowhere.
    init(path: String, arguments: [String], environment: [String: String]) throws(RuntimeBenchFailure) {
        let texts = [path] + arguments
        var argumentPointers: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) } + [nil]
        var variablePointers: [UnsafeMutablePointer<CChar>?] =
            environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer {
            for pointer in argumentPointers + variablePointers { free(pointer) }
        }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for descriptor in [STDOUT_FILENO, STDERR_FILENO] {
            posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_WRONLY, 0)
        }
        var id: pid_t = 0
        let result = posix_spawn(&id, path, &actions, nil, &argumentPointers, &variablePointers)
        guard result == 0 else {
            throw .system(call: "cannot start \(path)", reason: String(cString: strerror(result)))
        }
        self.id = id
    }

    deinit {
        kill(id, SIGKILL)
        var status: Int32 = 0
        waitpid(id, &status, 0)
    }

    /// The most memory the process has had resident, `VmHWM` of Linux.
    func peakMemoryMebibytes() throws(RuntimeBenchFailure) -> Double {
        try Self.peakMemoryMebibytes(of: id)
    }

    static func peakMemoryMebibytes(of id: pid_t) throws(RuntimeBenchFailure) -> Double {
        let path = "/proc/\(id)/status"
        guard let file = fopen(path, "r") else {
            throw .system(call: path, reason: String(cString: strerror(errno)))
        }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        while fgets(&line, Int32(line.count), file) != nil {
            let text = line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            guard text.starts(with: "VmHWM:".utf8) else { continue }
            let digits = text.filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            return (Double(String(decoding: digits, as: UTF8.self)) ?? .nan) / 1024
        }
        throw .system(call: path, reason: "there is no line VmHWM")
    }
}

/// Time that has passed since it was made.
struct Stopwatch {
    private let start = Self.nanoseconds(CLOCK_MONOTONIC)

    var milliseconds: Double { Double(Self.nanoseconds(CLOCK_MONOTONIC) - start) / 1_000_000 }

    static var wallMilliseconds: Int64 { nanoseconds(CLOCK_REALTIME) / 1_000_000 }

    private static func nanoseconds(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
