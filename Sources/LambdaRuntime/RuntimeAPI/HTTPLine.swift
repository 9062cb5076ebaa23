/// The lines of an HTTP/1.1 message.
enum HTTPLine {
    static let newLine = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let blank = UInt8(ascii: " ")
    private static let tab = UInt8(ascii: "\t")

    /// Whether the text, which ends with a line feed, ends with an empty line.
    static func isLastEmpty(in text: [UInt8]) -> Bool {
        let line = text.dropLast()
        guard let last = line.last, last != newLine else { return true }
        guard last == carriageReturn else { return false }
        return line.count == 1 || line.dropLast().last == newLine
    }

    static func withoutCarriageReturn(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        line.last == carriageReturn ? line.dropLast() : line
    }

    /// `HTTP/1.1 200 OK`, or `POST /invoke HTTP/1.1`
    static func start(
        _ line: ArraySlice<UInt8>, _ role: HTTPMessageReader.Role
    ) throws(HTTPMessageFailure) -> (HTTPMessageReader.StartLine, isVersion11: Bool) {
        switch role {
        case .reply:
            let words = line.split(separator: blank, maxSplits: 2)
            guard words.count >= 2, let isVersion11 = isVersion11(words[0]), words[1].count == 3,
                let status = decimal(words[1]), (100..<600).contains(status)
            else { throw .malformed("the first line is not that of an HTTP/1.1 reply") }
            return (.status(status), isVersion11)
        case .request:
            let words = line.split(separator: blank, omittingEmptySubsequences: false)
            guard words.count == 3, let isVersion11 = isVersion11(words[2]), words[0].allSatisfy(isToken),
                words[1].first == UInt8(ascii: "/"), words[1].allSatisfy({ $0 > blank && $0 < 0x7F })
            else { throw .malformed("the first line is not that of an HTTP/1.1 request") }
            let line = HTTPMessageReader.StartLine.request(
                method: String(decoding: words[0], as: UTF8.self),
                target: String(decoding: words[1], as: UTF8.self))
            return (line, isVersion11)
        }
    }

    private static func isVersion11(_ word: ArraySlice<UInt8>) -> Bool? {
        if word.elementsEqual("HTTP/1.1".utf8) { return true }
        return word.elementsEqual("HTTP/1.0".utf8) ? false : nil
    }

    /// `Name: value`. A blank before the colon, or a line that continues the one before it, would let two
    /// readers see two heads, so both are refused.
    static func field(
        _ line: ArraySlice<UInt8>
    ) throws(HTTPMessageFailure) -> (name: String, value: String) {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
            line[..<colon].allSatisfy(isToken)
        else { throw .malformed("a header line without a name") }
        let value = trimmed(line[(colon + 1)...])
        guard value.allSatisfy({ $0 >= blank || $0 == tab }) else {
            throw .malformed("a header with a control character")
        }
        return (String(decoding: line[..<colon], as: UTF8.self), String(decoding: value, as: UTF8.self))
    }

    /// `1F4;name=value`: hexadecimal, what follows the semicolon means nothing to us.
    static func chunkSize(_ line: ArraySlice<UInt8>) throws(HTTPMessageFailure) -> Int {
        let digits = trimmed(line.prefix { $0 != UInt8(ascii: ";") })
        guard (1...8).contains(digits.count) else { throw .malformed("a chunk without a size") }
        var size = 0
        for digit in digits {
            guard let value = hexadecimal(digit) else { throw .malformed("a chunk without a size") }
            size = size << 4 | value
        }
        return size
    }

    private static func hexadecimal(_ digit: UInt8) -> Int? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(digit - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): Int(digit - UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): Int(digit - UInt8(ascii: "A")) + 10
        default: nil
        }
    }

    /// Digits alone; at most ten, so that the number cannot overflow.
    static func decimal(_ digits: ArraySlice<UInt8>) -> Int? {
        guard (1...10).contains(digits.count) else { return nil }
        var number = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            number = number * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return number
    }

    /// What names may be made of: visible ASCII but separators.
    private static func isToken(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        case UInt8(ascii: "\""), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ","), UInt8(ascii: "/"),
            UInt8(ascii: ":")...UInt8(ascii: "@"), UInt8(ascii: "[")...UInt8(ascii: "]"),
            UInt8(ascii: "{"), UInt8(ascii: "}"):
            false
        default: byte > blank && byte < 0x7F
        }
    }

    private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var rest = text
        while let first = rest.first, first == blank || first == tab { rest.removeFirst() }
        while let last = rest.last, last == blank || last == tab { rest.removeLast() }
        return rest
    }
}
