import Testing
import Wire

/// Documents taken apart without a tree; what is JSON and what is not, ``JSONReadingTests`` say.
@Suite struct JSONReaderTests {
    @Test func `a document is taken apart in its own order`() throws {
        let text = #"{"a": [1, 2.5, -3e2], "skipped": {"x": [{}, [], "]}"]}, "b": "é\n", "c": [true, null]}"#
        let seen = try JSONReader.read(Array(text.utf8)) { reader throws(JSONFailure) in
            var seen: [String] = []
            try reader.enterObject()
            while let key = try reader.nextKey() {
                seen.append(key)
                switch key {
                case "a":
                    try reader.enterArray()
                    while try reader.nextElement() { seen.append("\(try reader.readDouble())") }
                case "b": seen.append(try reader.readString())
                case "c":
                    try reader.enterArray()
                    while try reader.nextElement() {
                        if try reader.nextKind() == .null {
                            try reader.readNull()
                            seen.append("nothing")
                        } else {
                            seen.append("\(try reader.readBool())")
                        }
                    }
                default: try reader.skipValue()
                }
            }
            return seen
        }
        #expect(seen == ["a", "1.0", "2.5", "-300.0", "skipped", "b", "é\n", "c", "true", "nothing"])
    }

    @Test(arguments: [
        (#" "a""#, 1), ("[]", 0), ("{}", 0), ("true", 0), ("null", 0),
    ])
    func `another kind than expected is a failure at its place, and no guess`(text: String, offset: Int) {
        #expect(throws: JSONFailure.unexpectedValue(offset: offset)) {
            try JSONReader.read(Array(text.utf8)) { reader throws(JSONFailure) in try reader.readInt() }
        }
    }

    @Test func `what is no JSON at all is told apart from another kind`() {
        #expect(throws: JSONFailure.unexpectedByte(offset: 1)) {
            try JSONReader.read(Array(" x".utf8)) { reader throws(JSONFailure) in try reader.readInt() }
        }
        #expect(throws: JSONFailure.endOfText) {
            try JSONReader.read([]) { reader throws(JSONFailure) in try reader.readBool() }
        }
        #expect(throws: JSONFailure.unexpectedByte(offset: 2)) {
            try JSONReader.read(Array("1 1".utf8)) { reader throws(JSONFailure) in try reader.readInt() }
        }
    }

    /// The reader looks at eight bytes at once: whatever ends a run has to be found at each place of them.
    @Test(arguments: 0..<20) func `what ends a string is found wherever it stands`(place: Int) throws {
        let start = String(repeating: "a", count: place)
        for end in ["", "bc", "bcdefghijklmn"] {
            #expect(try JSONValue(reading: "\"\(start)\"") == .string(start))
            #expect(try JSONValue(reading: "[\"\(start)\\\"\(end)\"]") == [.string(start + "\"" + end)])
            #expect(try JSONValue(reading: "[\"\(start)é\(end)\"]") == [.string(start + "é" + end)])
            #expect(try JSONValue(reading: "\"\(start)\u{7f}\(end)\"") == .string(start + "\u{7f}" + end))
            #expect(throws: JSONFailure.unexpectedByte(offset: place + 1)) {
                try JSONValue(reading: "\"\(start)\u{1f}\(end)\"")
            }
            for stray: UInt8 in [0x80, 0xA2, 0xDC, 0xFF] {
                let bytes = [UInt8(ascii: "\"")] + Array(start.utf8) + [stray] + Array("\(end)\"".utf8)
                #expect(throws: JSONFailure.unexpectedByte(offset: 1)) { try JSONValue(reading: bytes) }
            }
        }
    }

    @Test func `numbers are worth the same, read at once or from their digits`() throws {
        var random = Seeded(state: 14)
        for _ in 0..<20_000 {
            let text = number(using: &random)
            let (int, double) = try JSONReader.read(Array("[\(text), \(text)]".utf8)) {
                reader throws(JSONFailure) in
                try reader.enterArray()
                _ = try reader.nextElement()
                let int = try reader.readInt()
                _ = try reader.nextElement()
                let double = try reader.readDouble()
                _ = try reader.nextElement()
                return (int, double)
            }
            let tree = try JSONValue(reading: text)
            try #require(int == tree.int, "\(text)")
            try #require(double.bitPattern == Double(text)?.bitPattern, "\(text)")
        }
    }

    private func number(using random: inout Seeded) -> String {
        func digits(_ count: ClosedRange<Int>) -> String {
            (0..<Int.random(in: count, using: &random)).map { _ in
                "\(Int.random(in: 0...9, using: &random))"
            }
            .joined()
        }
        let whole =
            Bool.random(using: &random) ? "0" : "\(Int.random(in: 1...9, using: &random))\(digits(0...19))"
        var text = (Bool.random(using: &random) ? "-" : "") + whole
        if Bool.random(using: &random) { text += "." + digits(1...18) }
        if Int.random(in: 0...4, using: &random) == 0 {
            text += "e\(Int.random(in: -30...30, using: &random))"
        }
        return text
    }
}
