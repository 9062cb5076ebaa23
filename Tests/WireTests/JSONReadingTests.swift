import Quantities
import Testing
import Wire

@Suite struct JSONReadingTests {
    /// Documents of RFC 8259, and what they read as when written again.
    @Test(arguments: [
        ("null", "null"), (" true ", "true"), ("false", "false"), ("[]", "[]"), ("{}", "{}"), ("[ ]", "[]"),
        ("{ }", "{}"), ("0", "0"), ("-0", "-0"), ("1.0", "1.0"), ("1e5", "1e5"), ("1E+5", "1E+5"),
        ("1.5e-5", "1.5e-5"),
        ("123456789012345678901234567890.123", "123456789012345678901234567890.123"), (#""""#, #""""#),
        ("\t[1,\r\n2]", "[1,2]"), (#"{"b":1,"a":{"d":[],"c":null}}"#, #"{"a":{"c":null,"d":[]},"b":1}"#),
        (#"{"a":1,"a":2}"#, #"{"a":2}"#), (#"{"":0}"#, #"{"":0}"#), ("[[[[1]]]]", "[[[[1]]]]"),
        (#""\"\\\/\b\f\n\r\t""#, #""\"\\/\u0008\u000c\n\r\t""#), (#""\u0041\u00e9\u20AC""#, #""Aé€""#),
        (#""\uD83D\uDE00""#, #""😀""#), (#""\u0000""#, #""\u0000""#), ("\"\u{7f}\"", "\"\u{7f}\""),
        ("\"\u{2028}\"", "\"\u{2028}\""), (#""\ud83d""#, "\"\u{fffd}\""), (#""\ude00x""#, "\"\u{fffd}x\""),
        (#""\ud83d\ud83d\ude00""#, "\"\u{fffd}😀\""), (#""\ud83d\u0041""#, "\"\u{fffd}A\""),
        (#""\ud83d\n""#, "\"\u{fffd}\\n\""),
    ])
    func `documents are read`(_ text: String, _ written: String) throws {
        #expect(try JSONValue(reading: text).text == written)
    }

    @Test(arguments: [
        "", " ", "nul", "nulll", "True", "undefined", "NaN", "Infinity", "-Infinity", "[", "]", "{", "}",
        "[1", "[1,",
        "[1,]", "[,1]", "[1 2]", "[1,,2]", "{1:2}", "{a:1}", "{'a':1}", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#,
        #"{"a":1 "b":2}"#, #"{"a" 1}"#, #"{,}"#, "01", "-01", "00", "-", "+1", ".5", "5.", "1.e5", "1e",
        "1e+",
        "0x10", "1_000", "1 2", "--1", "1.2.3", "'a'", "\"", "\"a", #""\"#, #""\x41""#, #""\u12""#,
        #""\u12G4""#,
        #""\u+123""#, #""\u１234""#, "\"\n\"", "\"\t\"", "\"\u{1}\"", "\"\u{0}\"", "[1]]", "{}{}", "null,",
        "// c\n1",
        "/* c */ 1", "\u{feff}1", "\u{a0}1", "[1]\u{0}", "nul\u{0}", "[tru]", "{\"a\":1]", "[1}",
    ])
    func `what is not JSON is refused`(_ text: String) {
        #expect(throws: JSONFailure.self) { try JSONValue(reading: text) }
    }

    @Test(
        arguments: [
            [0x22, 0xff, 0x22], [0x22, 0xc0, 0x80, 0x22], [0x22, 0xed, 0xa0, 0x80, 0x22],
            [0x22, 0xe2, 0x82, 0x22],
            [0x22, 0xf4, 0x90, 0x80, 0x80, 0x22], [0x22, 0x5c, 0x6e, 0x80, 0x22], [0xff],
            [0xfe, 0xff, 0x00, 0x31],
        ] as [[UInt8]])
    func `strings are UTF-8`(_ bytes: [UInt8]) {
        #expect(throws: JSONFailure.self) { try JSONValue(reading: bytes) }
    }

    @Test func `a failure says where`() {
        #expect(throws: JSONFailure.unexpectedByte(offset: 4)) { try JSONValue(reading: "[1, x]") }
        #expect(throws: JSONFailure.unexpectedByte(offset: 2)) { try JSONValue(reading: "{}x") }
        #expect(throws: JSONFailure.endOfText) { try JSONValue(reading: "[1, ") }
    }

    @Test func `nesting has a limit, whatever is opened`() throws {
        func nested(_ count: Int) -> String {
            String(repeating: "[", count: count) + String(repeating: "]", count: count)
        }
        #expect(try JSONValue(reading: nested(128)).text == nested(128))
        #expect(throws: JSONFailure.nestedTooDeeply(limit: 128)) { try JSONValue(reading: nested(129)) }
        let objects = String(repeating: #"{"a":"#, count: 100_000)
        #expect(throws: JSONFailure.nestedTooDeeply(limit: 128)) { try JSONValue(reading: objects) }
        // Beside each other is not inside each other.
        #expect(
            try JSONValue(reading: "[" + String(repeating: "[],", count: 1000) + "[]]").array?.count == 1001)
    }

    @Test func `numbers keep their digits and become what is asked for`() throws {
        let value = try JSONValue(
            reading: "[9007199254740993, 0.1, 1e2, 1.5, 9223372036854775808, 1e-8, 1e400]")
        let numbers = try #require(value.array)
        #expect(numbers[0].int == 9_007_199_254_740_993)
        #expect(numbers[0].decimal?.description == "9007199254740993")
        #expect(numbers[1].decimal == Decimal("0.1"))
        #expect(numbers[1].double == 0.1)
        #expect(numbers[2].int == 100)
        #expect(numbers[3].int == nil)
        #expect(numbers[4].int == nil)
        #expect(numbers[4].decimal?.description == "9223372036854775808")
        #expect(numbers[5].decimal?.description == "0.00000001")
        #expect(numbers[6].decimal == nil)
        #expect(numbers[6].int == nil)
    }

    @Test func `a kind is not another kind`() throws {
        let value: JSONValue = ["text": "1", "number": 1, "flag": true, "nothing": nil, "list": [1]]
        #expect(value["text"]?.int == nil)
        #expect(value["number"]?.string == nil)
        #expect(value["flag"]?.int == nil)
        #expect(value["number"]?.bool == nil)
        #expect(value["nothing"]?.isNull == true)
        #expect(value["missing"] == nil)
        #expect(value["list"]?["0"] == nil)
        #expect(value["list"]?.array == [1])
    }
}
