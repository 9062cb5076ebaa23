#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What the sources of settings and credentials see of the machine they run on.
package struct Machine: Sendable {
    package var environment: [String: String]
    /// Reads a file; `nil` when there is none.
    package var read: @Sendable (_ path: String) throws(AWSFailure) -> [UInt8]?
    /// Puts a file in another's place, readable for its owner alone.
    package var replace: @Sendable (_ path: String, _ bytes: [UInt8]) throws(AWSFailure) -> Void
    /// Runs a command line to its end.
    package var run:
        @Sendable (_ command: String, _ timeout: Duration) async throws(AWSFailure) -> ChildOutput

    package init(
        environment: [String: String],
        read: @escaping @Sendable (_ path: String) throws(AWSFailure) -> [UInt8]?,
        replace: @escaping @Sendable (_ path: String, _ bytes: [UInt8]) throws(AWSFailure) -> Void,
        run:
            @escaping @Sendable (
                _ command: String, _ timeout: Duration
            ) async throws(AWSFailure) -> ChildOutput
    ) {
        self.environment = environment
        self.read = read
        self.replace = replace
        self.run = run
    }

    /// This machine. Nothing is read or run before it is asked for.
    package static func live(environment: [String: String]) -> Machine {
        Machine(
            environment: environment,
            read: { path throws(AWSFailure) in try LiveFile.read(path) },
            replace: { path, bytes throws(AWSFailure) in try LiveFile.replace(path, with: bytes) },
            run: { command, timeout async throws(AWSFailure) in
                try await ChildCommand(command, environment: environment, timeout: timeout).output()
            })
    }

    /// A variable; `nil` when absent or empty.
    package subscript(variable: String) -> String? {
        guard let value = environment[variable], !value.isEmpty else { return nil }
        return value
    }

    /// A path with `~` at its beginning written out; `nil` when that needs a home and there is none.
    package func expand(_ path: String) -> String? {
        guard path == "~" || path.hasPrefix("~/") else { return path }
        return self["HOME"].map { $0 + path.dropFirst() }
    }
}

/// What a program has said, and how it ended.
package struct ChildOutput: Sendable, Equatable {
    /// 128 and the signal's number for one that was ended by a signal.
    package let status: Int32
    package let output: [UInt8]
    package let complaint: [UInt8]

    package init(status: Int32, output: [UInt8], complaint: [UInt8] = []) {
        self.status = status
        self.output = output
        self.complaint = complaint
    }
}

/// Files with the system's own calls: Foundation would weigh more than the whole client.
enum LiveFile {
    /// Of a settings file, a token or a cache entry.
    static let largestBytes = 4 << 20

    static func read(_ path: String) throws(AWSFailure) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw failure("cannot be read", path)
        }
        defer { close(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16 << 10)
        while true {
            let count = chunk.withUnsafeMutableBytes {
                systemRead(file, $0.baseAddress, $0.count)
            }
            if count == 0 { return bytes }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw failure("cannot be read", path) }
            bytes += chunk[..<count]
            guard bytes.count <= largestBytes else {
                throw AWSFailure(configuration: "\(path) is larger than \(largestBytes) bytes")
            }
        }
    }

    /// Written beside it and renamed, so that nobody ever reads half of it.
    static func replace(_ path: String, with bytes: [UInt8]) throws(AWSFailure) {
        let draft = "\(path).\(getpid()).tmp"
        let file = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure("cannot be written", path) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { systemWrite(file, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else {
                let error = failure("cannot be written", path)
                close(file)
                unlink(draft)
                throw error
            }
            rest = rest.dropFirst(count)
        }
        close(file)
        guard rename(draft, path) == 0 else {
            let error = failure("cannot be written", path)
            unlink(draft)
            throw error
        }
    }

    private static func failure(_ trouble: String, _ path: String) -> AWSFailure {
        AWSFailure(configuration: "\(path) \(trouble): \(String(cString: strerror(errno)))")
    }
}

/// Under names that the methods above do not hide.
func systemRead(_ file: Int32, _ bytes: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(file, bytes, count)
}
private func systemWrite(_ file: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(file, bytes, count)
}
