import Wire

extension ReportedFailure {
    /// X-Ray takes no larger document.
    package static let largestCauseBytes = 64 * 1024

    /// The cause that X-Ray shows, for a header line: JSON in ASCII.
    ///
    /// Shape: `{"working_directory", "message", "exceptions": [{"type", "message", "stack": [{"path", "line",
    /// "label"}]}], "paths"}`.
    ///
    /// - Returns: `nil` when it is larger than X-Ray takes.
    package func xRayCause(workingDirectory: String) -> String? {
        var paths: [String] = []
        for frame in frames where !paths.contains(frame.path) { paths.append(frame.path) }
        let cause: JSONValue = [
            "working_directory": .string(workingDirectory), "message": .string(message),
            "exceptions": [
                [
                    "type": .string(errorType), "message": .string(message),
                    "stack": .array(frames.map(\.json)),
                ]
            ],
            "paths": .array(paths.map { .string($0) }),
        ]
        let text = Self.ascii(cause.text)
        return text.utf8.count <= Self.largestCauseBytes ? text : nil
    }

    /// Beyond ASCII a JSON text has characters only in strings, where an escape means the same.
    private static func ascii(_ json: String) -> String {
        if json.utf8.allSatisfy({ $0 < 0x7f }) { return json }
        var ascii = ""
        for unit in json.utf16 {
            if unit < 0x7f {
                ascii.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
            } else {
                let digits = String(unit, radix: 16)
                ascii += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            }
        }
        return ascii
    }
}

extension StackFrame {
    fileprivate var json: JSONValue {
        ["path": .string(path), "line": .number(line), "label": .string(label)]
    }
}
