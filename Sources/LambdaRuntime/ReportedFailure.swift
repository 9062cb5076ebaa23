import Wire

/// A failure as Lambda reports it to the caller: `{"errorMessage", "errorType", "stackTrace"}`.
package struct ReportedFailure: Error, Equatable {
    /// `Function.<Name>`: Lambda keeps the name only when it is letters and starts with a capital.
    package let errorType: String
    package let message: String

    package init(name: String, message: String) {
        errorType = "Function.\(Self.letters(of: name))"
        self.message = message
    }

    /// - Parameter error: Its description is told to the caller. One without a description shows its type and case alone, because the
    ///   values in it were never meant for strangers.
    package init(_ error: any Error) {
        let name = Self.typeName(of: error)
        let message =
            if let described = error as? any CustomStringConvertible { described.description } else {
                Self.caseName(of: error).map { "\(name).\($0)" } ?? name
            }
        self.init(name: name, message: message)
    }

    package static func responseTooLarge(byteCount: Int, limit: Int) -> ReportedFailure {
        ReportedFailure(
            name: "ResponseSizeTooLarge",
            message: "the response has \(byteCount) bytes; Lambda takes at most \(limit)")
    }

    /// - Parameter failure: How the handler ended when it was cancelled.
    package static func deadlineExceeded(after time: Duration, _ failure: ReportedFailure) -> ReportedFailure
    {
        let milliseconds = time / .milliseconds(1)
        return ReportedFailure(
            name: "DeadlineExceeded",
            message: "the function did not finish within \(Int(milliseconds)) ms: \(failure.message)")
    }

    /// Swift errors carry no stack, so the trace is empty.
    package var json: JSONValue {
        ["errorMessage": .string(message), "errorType": .string(errorType), "stackTrace": []]
    }

    package var logFields: [String: JSONValue] {
        ["errorType": .string(errorType), "reason": .string(message)]
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
