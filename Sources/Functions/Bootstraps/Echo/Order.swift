import LambdaRuntime
import Wire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What a function does on a bad day, on demand, so that the packages can be checked against Lambda's
/// emulator: `{"order": "exit"}`.
enum Order {
    /// A failure that the handler throws.
    case fail
    /// The process ends by itself.
    case exit
    /// The process is ended by the kernel, as by a failed precondition.
    case trap
    /// Waits longer than any function may run, and can be cancelled.
    case wait
    /// Blocks its thread for good, deaf to cancellation.
    case hang
    /// `{"order": "bytes", "count": N}`: answers with a JSON text of so many bytes, its quotes included.
    case bytes(count: Int)

    static let exitStatus: Int32 = 3

    /// Cheap: Echo is measured with events that are no orders.
    static func begins(_ event: [UInt8]) -> Bool { event.starts(with: #"{"order""#.utf8) }

    init(reading event: [UInt8]) throws {
        let event = try JSONValue(reading: event)
        switch (event["order"]?.string, event["count"]?.int) {
        case ("fail", _): self = .fail
        case ("exit", _): self = .exit
        case ("trap", _): self = .trap
        case ("wait", _): self = .wait
        case ("hang", _): self = .hang
        case ("bytes", let count?) where count >= 2: self = .bytes(count: count)
        default: throw EchoFailure.unknownOrder
        }
    }

    func carryOut() async throws -> [UInt8] {
        switch self {
        case .fail: throw EchoFailure.toldToFail
        case .exit: _exit(Self.exitStatus)
        case .trap: preconditionFailure("told to trap")
        case .wait:
            try await Task.sleep(for: Invocation.longestRun * 2)
            return []
        case .hang:
            while true { pause() }
        case .bytes(let count):
            var text = [UInt8](repeating: UInt8(ascii: "x"), count: count)
            text[0] = UInt8(ascii: "\"")
            text[count - 1] = UInt8(ascii: "\"")
            return text
        }
    }
}

enum EchoFailure: Error, CustomStringConvertible {
    case toldNotToStart
    case toldToFail
    case unknownOrder

    var description: String {
        switch self {
        case .toldNotToStart: "ECHO_REFUSES is set"
        case .toldToFail: "it was told to fail"
        case .unknownOrder: "an order nobody knows"
        }
    }
}
