import Wire

/// A failure as Lambda reports it to the caller: `{"errorMessage", "errorType", "stackTrace"}`.
package struct ReportedFailure: Error, Equatable {
    /// What follows is cut off: Managed Instances take at most 1 MiB of an error, and JSON may need six bytes
    /// for one of the message.
    package static let longestMessageBytes = 128 * 1024

    /// `Function.<Name>`: Lambda keeps the name only when it is letters and starts with a capital.
    package let errorType: String
    package let message: String
    /// The places the error came through, the innermost first; none when nobody noted them.
    package let frames: [StackFrame]

    package init(name: String, message: String, frames: [StackFrame] = []) {
        self.init(errorType: "Function.\(Self.letters(of: name))", message, frames)
    }

    private init(errorType: String, _ message: String, _ frames: [StackFrame]) {
        self.errorType = errorType
        self.message = Self.shortened(message)
        self.frames = frames
    }

    /// - Parameter error: Its description is told to the caller. One without a description shows its type and
    ///   case alone, because the values in it were never meant for strangers.
    package init(_ error: any Error) {
        let (error, frames) = Self.located(error)
        let name = Self.typeName(of: error)
        let message =
            if let described = error as? any CustomStringConvertible { described.description } else {
                Self.caseName(of: error).map { "\(name).\($0)" } ?? name
            }
        self.init(name: name, message: message, frames: frames)
    }

    package static func responseTooLarge(byteCount: Int, limit: Int) -> ReportedFailure {
        ReportedFailure(
            name: "ResponseSizeTooLarge",
            message: "the response has \(byteCount) bytes; Lambda takes at most \(limit)")
    }

    package static func streamTooLarge(limit: Int) -> ReportedFailure {
        ReportedFailure(
            name: "ResponseSizeTooLarge", message: "a streamed response has at most \(limit) bytes")
    }

    /// A hook before the snapshot has failed. The type is that of Lambda's own runtimes.
    package static func beforeSnapshot(_ error: any Error) -> ReportedFailure {
        let failure = ReportedFailure(error)
        return ReportedFailure(errorType: "Runtime.BeforeSnapshotError", failure.message, failure.frames)
    }

    package static func afterRestore(_ error: any Error) -> ReportedFailure {
        let failure = ReportedFailure(error)
        return ReportedFailure(errorType: "Runtime.AfterRestoreError", failure.message, failure.frames)
    }

    /// - Parameter failure: How the handler ended when it was cancelled.
    package static func deadlineExceeded(after time: Duration, _ failure: ReportedFailure) -> ReportedFailure
    {
        let milliseconds = time / .milliseconds(1)
        return ReportedFailure(
            name: "DeadlineExceeded",
            message: "the function did not finish within \(Int(milliseconds)) ms: \(failure.message)",
            frames: failure.frames)
    }

    package var json: JSONValue {
        [
            "errorMessage": .string(message), "errorType": .string(errorType),
            "stackTrace": .array(frames.map { .string($0.description) }),
        ]
    }

    package var logFields: [String: JSONValue] {
        ["errorType": .string(errorType), "reason": .string(message)]
    }

    private static func located(_ error: any Error) -> (any Error, [StackFrame]) {
        guard let located = error as? Located else { return (error, []) }
        return (located.error, located.frames)
    }

    /// Cut between characters of UTF-8.
    private static func shortened(_ message: String) -> String {
        guard message.utf8.count > longestMessageBytes else { return message }
        var bytes = message.utf8.prefix(longestMessageBytes + 1)
        while let last = bytes.popLast(), last & 0xc0 == 0x80 {}
        return String(decoding: bytes, as: UTF8.self) + " ..."
    }

    private static func typeName(of error: any Error) -> String { "\(type(of: error))" }

    private static func caseName(of error: any Error) -> String? {
        let mirror = Mirror(reflecting: error)
        guard mirror.displayStyle == .enum else { return nil }
        return mirror.children.first?.label ?? "\(error)"
    }

    /// The letters of a type's name without its generic arguments, capitalised.
    private static func letters(of name: String) -> String {
        let letters = name.utf8.prefix { $0 != UInt8(ascii: "<") }.filter(Self.isLetter)
        let text = String(decoding: letters, as: UTF8.self)
        return text.count < 2 ? "Unknown" : text.prefix(1).uppercased() + text.dropFirst()
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}
