import Quantities
import Wire

/// How an attempt ended.
enum SandboxOutcome: Sendable, Equatable {
    case response([UInt8])
    /// The bootstrap reported an error; the bytes are its own JSON.
    case failed([UInt8], errorType: String)
    case initFailed([UInt8], errorType: String)
    case responseTooLarge(byteCount: Int)
    case invalidResponseMode
    case exited(ChildProcess.ExitStatus)
    case timedOut(after: Duration)

    /// Whether the process goes on to its next event.
    var isAnswer: Bool {
        switch self {
        case .response, .failed, .responseTooLarge, .invalidResponseMode: true
        case .initFailed, .exited, .timedOut: false
        }
    }

    /// `nil` for success.
    var errorType: String? {
        switch self {
        case .response: nil
        case .failed(_, let errorType), .initFailed(_, let errorType): errorType
        case .responseTooLarge: "Function.ResponseSizeTooLarge"
        case .invalidResponseMode: "Runtime.InvalidResponseModeHeader"
        case .exited: "Runtime.ExitError"
        case .timedOut: "Sandbox.Timedout"
        }
    }

    /// What the platform writes about an end that is no answer.
    func logLine(requestID: String, at moment: Timestamp) -> String? {
        switch self {
        case .exited(let status):
            "RequestId: \(requestID) Error: Runtime exited with error: \(status)\nRuntime.ExitError"
        case .timedOut(let limit):
            "\(moment) \(requestID) Task timed out after \(limit.secondsText) seconds\n"
        case .response, .failed, .initFailed, .responseTooLarge, .invalidResponseMode: nil
        }
    }

    /// What the caller gets.
    func payload(requestID: String) -> [UInt8] {
        let message: String
        switch self {
        case .response(let bytes), .failed(let bytes, _), .initFailed(let bytes, _): return bytes
        case .responseTooLarge(let byteCount):
            message =
                "Response payload size (\(byteCount) bytes) exceeded maximum allowed payload size "
                + "(\(LambdaLimits.responseBytes) bytes)."
        case .invalidResponseMode: message = "Invalid function response mode"
        case .exited(let status):
            message = "RequestId: \(requestID) Error: Runtime exited with error: \(status)"
        case .timedOut(let limit):
            message = "RequestId: \(requestID) Error: Task timed out after \(limit.secondsText) seconds"
        }
        let document: JSONValue = [
            "errorType": .optional(errorType), "errorMessage": .string(message),
        ]
        return document.bytes
    }
}

/// An attempt that is over.
struct SandboxResult: Sendable {
    let outcome: SandboxOutcome
    let startedAt: Timestamp
    let initDuration: Duration?
    let duration: Duration
    var log: LogTail

    /// The platform's last line about an invocation. What is not measured here, such as billed time and
    /// memory, is not in it.
    func report(requestID: String, memoryMegabytes: Int) -> String {
        var report =
            "REPORT RequestId: \(requestID)\tDuration: \(duration.millisecondsText) ms\t"
            + "Memory Size: \(memoryMegabytes) MB\t"
        if let initDuration { report += "Init Duration: \(initDuration.millisecondsText) ms\t" }
        if let errorType = outcome.errorType, !outcome.isAnswer {
            report += "Status: \(errorType == "Sandbox.Timedout" ? "timeout" : "error")\t"
        }
        return report
    }
}

/// The end of what an invocation wrote, at most ``LambdaLimits/logTailBytes``.
struct LogTail: Sendable {
    private(set) var bytes: [UInt8] = []

    mutating func append(_ line: String) {
        bytes += Array(line.utf8.suffix(LambdaLimits.logTailBytes))
        bytes.append(UInt8(ascii: "\n"))
        if bytes.count > LambdaLimits.logTailBytes {
            bytes.removeFirst(bytes.count - LambdaLimits.logTailBytes)
        }
    }
}

extension Duration {
    /// `3.00`
    var secondsText: String {
        let hundredths = (self / .milliseconds(10)).rounded()
        let text = String(Int(hundredths))
        let padded = String(repeating: "0", count: max(0, 3 - text.count)) + text
        return "\(padded.dropLast(2)).\(padded.suffix(2))"
    }

    /// Milliseconds with two decimals, as the platform's REPORT line has them.
    var millisecondsText: String { (self * 1000).secondsText }
}
