/// An error together with the places it came through: `throw Located(QuoteFailure.closed)`.
///
/// Swift errors carry no stack, and a stripped static file has no names for the addresses of one
/// (guides/decisions/016-lambda-runtime.md). So the trace has the places the code has noted, and nothing is
/// paid for those it has not.
package struct Located: Error, CustomStringConvertible {
    package let error: any Error
    /// The innermost first.
    package let frames: [StackFrame]

    /// - Parameter error: When it is located already, this place is added to its own.
    package init(
        _ error: any Error, path: StaticString = #fileID, line: UInt = #line,
        label: StaticString = #function
    ) {
        let inner = error as? Located
        self.error = inner?.error ?? error
        frames = (inner?.frames ?? []) + [StackFrame(path: "\(path)", line: Int(line), label: "\(label)")]
    }

    package var description: String { ReportedFailure(error).message }
}

/// One line of a trace.
package struct StackFrame: Sendable, Equatable, CustomStringConvertible {
    /// Module and file: `Agents/Quotes.swift`.
    package let path: String
    package let line: Int
    /// The function: `price(of:)`.
    package let label: String

    package init(path: String, line: Int, label: String) {
        self.path = path
        self.line = line
        self.label = label
    }

    package var description: String { "\(path):\(line) \(label)" }
}
