import LambdaRuntime
import Quantities
import Testing
import Wire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite struct LogDescriptorTests {
    private static let variable = "_LAMBDA_TELEMETRY_LOG_FD"

    @Test func `a logger writes frames into the descriptor that Lambda has given`() throws {
        let pipe = try Pipe()
        let environment = [
            Self.variable: String(pipe.writingEnd), "AWS_LAMBDA_FUNCTION_NAME": "alex-planner",
        ]
        let log = Logger(environment: environment)
        log.error("two\nlines", ["attempt": 2])
        log.info("more")
        let frames = try Frame.all(in: pipe.read())
        #expect(frames.map(\.type) == [0xA55A_0016, 0xA55A_000E])
        let first = try JSONValue(reading: frames[0].text)
        #expect(first["message"] == "two\nlines" && first["attempt"] == 2 && first["level"] == "ERROR")
        #expect(first["function"] == "alex-planner")
        let stated = try #require(first["timestamp"]?.string.flatMap { Timestamp($0) })
        #expect(stated.millisecondsSinceEpoch * 1000 == frames[0].microseconds / 1000 * 1000)
    }

    @Test func `children inherit neither the descriptor nor its name`() throws {
        let pipe = try Pipe()
        setenv(Self.variable, String(pipe.writingEnd), 1)
        #expect(fcntl(pipe.writingEnd, F_GETFD) & FD_CLOEXEC == 0)
        _ = try #require(LogDescriptor.telemetry([Self.variable: String(pipe.writingEnd)]))
        #expect(fcntl(pipe.writingEnd, F_GETFD) & FD_CLOEXEC != 0)
        #expect(getenv(Self.variable) == nil)
    }

    @Test(arguments: ["", "x", "-1", "2", "9999", "7 "])
    func `what is no open descriptor leaves standard error`(text: String) {
        #expect(LogDescriptor.telemetry([Self.variable: text]) == nil)
        #expect(LogDescriptor.telemetry([:]) == nil)
    }

    @Test func `a descriptor that is only read leaves standard error`() throws {
        let pipe = try Pipe()
        #expect(LogDescriptor.telemetry([Self.variable: String(pipe.readingEnd)]) == nil)
    }

    @Test func `a reader that has gone is a failure and not the end of the process`() throws {
        let pipe = try Pipe()
        // Closed by putting something else in its place, so that nobody else gets its number meanwhile.
        let nothing = open("/dev/null", O_RDONLY)
        #expect(dup2(nothing, pipe.readingEnd) == pipe.readingEnd)
        #expect(!LogDescriptor(pipe.writingEnd).append([1]))
        close(nothing)
    }

    @Test func `frames of several threads do not mix, however large`() throws {
        let pipe = try Pipe()
        // More than a pipe takes in one piece, and more than it holds; the writer must not wait for ever.
        #expect(fcntl(pipe.writingEnd, F_SETFL, O_NONBLOCK) == 0)
        let (threads, lines, length) = (4, 8, 70_000)
        let descriptor = LogDescriptor(pipe.writingEnd)
        for thread in 0..<threads {
            onNewThread {
                let text = [UInt8](repeating: UInt8(ascii: "a") + UInt8(thread), count: length)
                for _ in 0..<lines {
                    _ = descriptor.append(
                        LogFrame.bytes(of: text, .text, .info, at: Timestamp(secondsSinceEpoch: 0)))
                }
            }
        }
        let frames = try Frame.all(in: pipe.read(threads * lines * (length + 16)))
        #expect(frames.count == threads * lines)
        #expect(frames.allSatisfy { $0.text.count == length && Set($0.text).count == 1 })
    }
}

/// A frame as Lambda's end of the pipe takes it apart.
private struct Frame {
    let type: UInt32
    let microseconds: Int64
    let text: [UInt8]

    static func all(in bytes: [UInt8]) throws -> [Frame] {
        var frames: [Frame] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            func number(_ count: Int) -> UInt64 {
                defer { rest = rest.dropFirst(count) }
                return rest.prefix(count).reduce(0) { $0 << 8 | UInt64($1) }
            }
            let (type, length, time) = (number(4), Int(number(4)), number(8))
            try #require(rest.count >= length)
            frames.append(
                Frame(type: UInt32(type), microseconds: Int64(time), text: Array(rest.prefix(length))))
            rest = rest.dropFirst(length)
        }
        return frames
    }
}

/// A class because its descriptors are closed with it.
private final class Pipe: Sendable {
    let readingEnd: Int32
    let writingEnd: Int32

    init() throws {
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        (readingEnd, writingEnd) = (ends[0], ends[1])
    }

    deinit {
        close(readingEnd)
        close(writingEnd)
    }

    /// What is there, or exactly so many bytes.
    func read(_ count: Int? = nil) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        repeat {
            let taken = Glibc.read(
                readingEnd, &buffer, min(buffer.count, count.map { $0 - bytes.count } ?? .max))
            guard taken > 0 else { return bytes }
            bytes += buffer[..<taken]
        } while bytes.count < count ?? 0
        return bytes
    }
}
