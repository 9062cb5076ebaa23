import Quantities
import Testing
import Wire

@Suite struct JSONWritingTests {
    @Test func `keys are sorted, so equal values give equal bytes`() {
        var members: [String: JSONValue] = [:]
        for number in (0..<100).reversed() { members["k\(number)"] = .number(number) }
        let forward = Dictionary(uniqueKeysWithValues: (0..<100).map { ("k\($0)", JSONValue.number($0)) })
        #expect(JSONValue.object(members).bytes == JSONValue.object(forward).bytes)
        #expect((["b": 1, "a": 2, "B": 3, "": 4] as JSONValue).text == #"{"":4,"B":3,"a":2,"b":1}"#)
    }

    @Test func `control characters are escaped, everything else is itself`() {
        let text = String(String.UnicodeScalarView((0...0x20).compactMap(Unicode.Scalar.init)))
        #expect(
            JSONValue.string(text).text
                == #""\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\t\n\u000b\u000c\r\u000e\u000f"#
                + #"\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017"#
                + #"\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f ""#
        )
        #expect(JSONValue.string("\"\\/é😀").text == #""\"\\/é😀""#)
    }

    @Test func `numbers are JSON numbers`() throws {
        #expect(JSONValue.number(Double.nan) == .null)
        #expect(JSONValue.number(-Double.infinity) == .null)
        #expect(JSONValue.number(3.0).text == "3")
        #expect(JSONValue.number(0.1).text == "0.1")
        #expect(JSONValue.number(-0.0).text == "0")
        #expect(JSONValue.number(try #require(Decimal("-12.50"))).text == "-12.5")
        for value in [1e-7, 5e-324, 1.7976931348623157e308, 1e21, 123456.789, 1e15, -2.5e-10] {
            #expect(try JSONValue(reading: JSONValue.number(value).text).double == value)
        }
    }

    @Test func `pretty text is for people and reads the same`() throws {
        let value: JSONValue = ["a": [1, ["b": nil]], "c": [], "d": [:]]
        #expect(
            value.prettyText == """
                {
                  "a": [
                    1,
                    {
                      "b": null
                    }
                  ],
                  "c": [],
                  "d": {}
                }
                """)
        #expect(try JSONValue(reading: value.prettyText) == value)
    }

    @Test func `what is written is read as the same value, on seeded random documents`() throws {
        var random = Seeded(state: 12)
        for _ in 0..<2000 {
            let value = document(depth: 4, using: &random)
            try #require(try JSONValue(reading: value.bytes) == value)
            try #require(try JSONValue(reading: value.prettyText).bytes == value.bytes)
        }
    }

    @Test func `no damaged document makes the reader trap`() {
        var random = Seeded(state: 13)
        for _ in 0..<3000 {
            var bytes = document(depth: 3, using: &random).bytes
            for _ in 0..<3 where !bytes.isEmpty {
                bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(
                    in: 0...255, using: &random)
            }
            if Bool.random(using: &random) { bytes.removeLast(bytes.count / 3) }
            guard let value = try? JSONValue(reading: bytes) else { continue }
            #expect((try? JSONValue(reading: value.bytes)) == value)
        }
    }

    private func document(depth: Int, using random: inout Seeded) -> JSONValue {
        switch Int.random(in: 0...(depth > 0 ? 7 : 5), using: &random) {
        case 0: .null
        case 1: .bool(Bool.random(using: &random))
        case 2: .number(Int.random(in: Int.min...Int.max, using: &random))
        case 3: .number(Double(bitPattern: random.next()))
        case 4, 5: .string(text(using: &random))
        case 6:
            .array(
                (0..<Int.random(in: 0...4, using: &random)).map { _ in
                    document(depth: depth - 1, using: &random)
                })
        default:
            .object(
                Dictionary(
                    (0..<Int.random(in: 0...4, using: &random)).map { _ in
                        (text(using: &random), document(depth: depth - 1, using: &random))
                    }, uniquingKeysWith: { $1 }))
        }
    }

    private func text(using random: inout Seeded) -> String {
        var scalars = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...8, using: &random) {
            let limit: UInt32 = Bool.random(using: &random) ? 0x80 : 0x11_0000
            scalars.append(Unicode.Scalar(UInt32.random(in: 0..<limit, using: &random)) ?? "?")
        }
        return String(scalars)
    }
}

/// A small generator for properties (Knuth's MMIX constants).
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 29)
    }
}
