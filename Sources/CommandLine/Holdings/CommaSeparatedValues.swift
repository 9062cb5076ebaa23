/// Records of a CSV file (RFC 4180): quoted fields may hold commas, quotes and line breaks; LF and CRLF both
/// end a record.
struct CommaSeparatedValues {
    struct Record: Equatable {
        /// Of its first character, from 1.
        let line: Int
        let fields: [String]
    }

    /// Blank lines are left out.
    let records: [Record]

    /// - Throws: ``HoldingsFailure`` for a quote that is never closed or text after a closing quote.
    init(_ text: String) throws(HoldingsFailure) {
        var reader = Reader(bytes: Array(text.utf8))
        records = try reader.read()
    }

    private struct Reader {
        let bytes: [UInt8]
        var offset = 0
        var line = 1

        init(bytes: [UInt8]) {
            let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
            self.bytes = bytes.starts(with: mark) ? Array(bytes.dropFirst(mark.count)) : bytes
        }

        mutating func read() throws(HoldingsFailure) -> [Record] {
            var records: [Record] = []
            while offset < bytes.count {
                let start = line
                let fields = try readRecord()
                if fields != [""] { records.append(Record(line: start, fields: fields)) }
            }
            return records
        }

        private mutating func readRecord() throws(HoldingsFailure) -> [String] {
            var fields: [String] = []
            while true {
                fields.append(try readField())
                guard offset < bytes.count else { return fields }
                let separator = bytes[offset]
                offset += 1
                switch separator {
                case UInt8(ascii: ","): continue
                case UInt8(ascii: "\r"):
                    if offset < bytes.count, bytes[offset] == UInt8(ascii: "\n") { offset += 1 }
                    line += 1
                    return fields
                default:
                    line += 1
                    return fields
                }
            }
        }

        private mutating func readField() throws(HoldingsFailure) -> String {
            while offset < bytes.count, bytes[offset] == UInt8(ascii: " ") { offset += 1 }
            if offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") { return try readQuoted() }
            let start = offset
            while offset < bytes.count, !isSeparator(bytes[offset]) { offset += 1 }
            var end = offset
            while end > start, bytes[end - 1] == UInt8(ascii: " ") { end -= 1 }
            return String(decoding: bytes[start..<end], as: UTF8.self)
        }

        private mutating func readQuoted() throws(HoldingsFailure) -> String {
            let start = line
            var field: [UInt8] = []
            offset += 1
            while true {
                guard offset < bytes.count else {
                    throw HoldingsFailure(line: start, message: "a quote is opened and never closed")
                }
                let byte = bytes[offset]
                offset += 1
                if byte == UInt8(ascii: "\"") {
                    guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") else { break }
                    offset += 1
                }
                if byte == UInt8(ascii: "\n") { line += 1 }
                field.append(byte)
            }
            while offset < bytes.count, bytes[offset] == UInt8(ascii: " ") { offset += 1 }
            guard offset == bytes.count || isSeparator(bytes[offset]) else {
                throw HoldingsFailure(line: line, message: "text follows a closing quote")
            }
            return String(decoding: field, as: UTF8.self)
        }

        private func isSeparator(_ byte: UInt8) -> Bool {
            byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
        }
    }
}

/// What is wrong with a line of a holdings file.
package struct HoldingsFailure: Error, Equatable, CustomStringConvertible {
    package let line: Int
    package let message: String

    package var description: String { "line \(line): \(message)" }
}
