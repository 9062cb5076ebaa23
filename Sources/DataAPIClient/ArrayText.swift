/// PostgreSQL's text form of an array: `{"AAPL","say \"hi\"",NULL}`.
enum ArrayText {
    static func literal(_ elements: [Field]) -> String {
        "{" + elements.map(element).joined(separator: ",") + "}"
    }

    private static func element(_ field: Field) -> String {
        switch field {
        case .null: "NULL"
        case .boolean(let flag): flag ? "t" : "f"
        case .long(let number): String(number)
        case .double(let number): quoted(number.description)
        case .string(let text): quoted(text)
        case .blob(let bytes): quoted("\\x" + bytes.map(hexadecimal).joined())
        case .array(let elements): literal(elements)
        }
    }

    /// Quoting every string needs no list of the characters and words (`NULL`) that require it.
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { quoted += "\\" }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
}
