import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The pipe a child writes its output to.
///
/// We hold the writing end as well: a marker we write arrives behind everything the child wrote before,
/// which makes the order of the pipe the order of events. Markers begin with NUL and a number nobody can
/// guess.
final class ChildOutput: Sendable {
    /// A longer line is cut into pieces of this size, as CloudWatch does.
    static let longestLineBytes = 262_144

    let writeEnd: Int32
    private let readEnd: Int32
    private let isOpen = Mutex(true)
    private let sender: AsyncStream<ChildProcess.Event>.Continuation
    private let secret = String(UInt64.random(in: .min ... .max), radix: 36)
    private let exitStatus = Mutex<ChildProcess.ExitStatus?>(nil)

    init(sender: AsyncStream<ChildProcess.Event>.Continuation) throws(ChildProcessFailure) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw .noPipe(reason: String(cString: strerror(errno))) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        readEnd = ends[0]
        writeEnd = ends[1]
        self.sender = sender
    }

    func write(marker: String) {
        isOpen.withLock { isOpen in
            guard isOpen else { return }
            writeToPipe("\0\(secret) \(marker)\n")
        }
    }

    /// The child is gone: everything behind this is nobody's.
    func end(with status: ChildProcess.ExitStatus) {
        exitStatus.withLock { $0 = status }
        write(marker: "exit")
    }

    func close() {
        isOpen.withLock { isOpen in
            guard isOpen else { return }
            isOpen = false
            _ = closeDescriptor(writeEnd)
            _ = closeDescriptor(readEnd)
        }
        sender.finish()
    }

    /// Reads until the child is gone; blocks its thread.
    func read() {
        var line: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = readFromPipe(&chunk)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { break }
            for byte in chunk[..<count] {
                if byte == UInt8(ascii: "\n") || line.count >= Self.longestLineBytes {
                    if deliver(line) { return close() }
                    line = []
                    if byte == UInt8(ascii: "\n") { continue }
                }
                line.append(byte)
            }
        }
        close()
    }

    /// - Returns: Whether that was the end.
    private func deliver(_ line: [UInt8]) -> Bool {
        let start = Array("\0\(secret) ".utf8)
        guard let mark = line.lastIndex(of: 0), line[mark...].starts(with: start) else {
            sender.yield(.line(String(decoding: line, as: UTF8.self)))
            return false
        }
        if mark > 0 { sender.yield(.line(String(decoding: line[..<mark], as: UTF8.self))) }
        let marker = String(decoding: line[(mark + start.count)...], as: UTF8.self)
        if marker == "exit", let status = exitStatus.withLock({ $0 }) {
            sender.yield(.exited(status))
            return true
        }
        if let number = Int(marker.drop { !$0.isNumber }) { sender.yield(.fence(number)) }
        return false
    }

    private func writeToPipe(_ text: String) {
        let bytes = Array(text.utf8)
        #if canImport(Glibc)
            let written = Glibc.write(writeEnd, bytes, bytes.count)
        #else
            let written = Darwin.write(writeEnd, bytes, bytes.count)
        #endif
        precondition(written == bytes.count, "a pipe takes a short write whole")
    }

    private func readFromPipe(_ chunk: inout [UInt8]) -> Int {
        #if canImport(Glibc)
            Glibc.read(readEnd, &chunk, chunk.count)
        #else
            Darwin.read(readEnd, &chunk, chunk.count)
        #endif
    }

    private func closeDescriptor(_ descriptor: Int32) -> Int32 {
        #if canImport(Glibc)
            Glibc.close(descriptor)
        #else
            Darwin.close(descriptor)
        #endif
    }
}
