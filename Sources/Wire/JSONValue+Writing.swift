extension JSONValue {
    /// Compact UTF-8 with sorted keys.
    package var bytes: [UInt8] {
        var writer = JSONWriter(indentation: nil)
        writer.write(self, depth: 0)
        return writer.output
    }

    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Indented by two blanks, for files and terminals.
    package var prettyText: String {
        var writer = JSONWriter(indentation: 2)
        writer.write(self, depth: 0)
        return String(decoding: writer.output, as: UTF8.self)
    }
}

private struct JSONWriter {
    let indentation: Int?
    var output: [UInt8] = []

    init(indentation: Int?) { self.indentation = indentation }

    mutating func write(_ value: JSONValue, depth: Int) {
        switch value {
        case .null: output += "null".utf8
        case .bool(let flag): output += (flag ? "true" : "false").utf8
        case .number(let number): output += number.digits.utf8
        case .string(let text): write(text)
        case .array(let elements):
            write(elements, between: "[", "]", depth: depth) { writer, element in
                writer.write(element, depth: depth + 1)
            }
        case .object(let members):
            write(members.sorted { $0.key < $1.key }, between: "{", "}", depth: depth) { writer, member in
                writer.write(member.key)
                writer.output += (writer.indentation == nil ? ":" : ": ").utf8
                writer.write(member.value, depth: depth + 1)
            }
        }
    }

    private mutating func write<Element>(
        _ elements: [Element], between open: String, _ close: String, depth: Int,
        each: (inout JSONWriter, Element) -> Void
    ) {
        output += open.utf8
        for (index, element) in elements.enumerated() {
            if index > 0 { output.append(UInt8(ascii: ",")) }
            newLine(depth: depth + 1)
            each(&self, element)
        }
        if !elements.isEmpty { newLine(depth: depth) }
        output += close.utf8
    }

    private mutating func newLine(depth: Int) {
        guard let indentation else { return }
        output.append(UInt8(ascii: "\n"))
        output += repeatElement(UInt8(ascii: " "), count: depth * indentation)
    }

    /// Copies what needs no escape in runs.
    private mutating func write(_ text: String) {
        var text = text
        output.append(UInt8(ascii: "\""))
        text.withUTF8 { bytes in
            var start = 0
            for index in bytes.indices where Self.isEscaped(bytes[index]) {
                output += bytes[start..<index]
                escape(bytes[index])
                start = index + 1
            }
            output += bytes[start...]
        }
        output.append(UInt8(ascii: "\""))
    }

    private static func isEscaped(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private mutating func escape(_ byte: UInt8) {
        output.append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\n"): output.append(UInt8(ascii: "n"))
        case UInt8(ascii: "\r"): output.append(UInt8(ascii: "r"))
        case UInt8(ascii: "\t"): output.append(UInt8(ascii: "t"))
        case 0..<0x20:
            output += "u00".utf8
            output.append(Self.hexadecimal[Int(byte >> 4)])
            output.append(Self.hexadecimal[Int(byte & 15)])
        default: output.append(byte)
        }
    }

    private static let hexadecimal = Array("0123456789abcdef".utf8)
}
