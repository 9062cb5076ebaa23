import Testing
import Wire

@Suite struct PercentEncodingTests {
    @Test func `only the unreserved characters stay`() {
        let ascii = String(String.UnicodeScalarView((0x20..<0x7f).compactMap { Unicode.Scalar(UInt8($0)) }))
        #expect(
            PercentEncoding.encode(ascii)
                == "%20%21%22%23%24%25%26%27%28%29%2A%2B%2C-.%2F0123456789%3A%3B%3C%3D%3E%3F%40"
                + "ABCDEFGHIJKLMNOPQRSTUVWXYZ%5B%5C%5D%5E_%60abcdefghijklmnopqrstuvwxyz%7B%7C%7D~")
        #expect(PercentEncoding.encode("a/b c", keeping: "/") == "a/b%20c")
        #expect(PercentEncoding.encode("é€😀") == "%C3%A9%E2%82%AC%F0%9F%98%80")
    }

    @Test(arguments: [
        ("a%20b", "a b"), ("%C3%A9", "é"), ("%c3%a9", "é"), ("100%", "100%"), ("%2", "%2"), ("%zz", "%zz"),
        ("%+1", "%+1"), ("%-1", "%-1"), ("a+b", "a+b"), ("%00", "\u{0}"), ("%25 41", "% 41"),
        ("%2541", "%41"), ("", ""),
    ])
    func `what is encoded is decoded, once`(_ text: String, _ decoded: String) {
        #expect(PercentEncoding.decode(text) == decoded)
    }

    @Test(arguments: ["%ff", "%C3", "%C3%28", "%ED%A0%80", "%C0%AF"]) func `what is not UTF-8 is refused`(
        _ text: String
    ) {
        #expect(PercentEncoding.decode(text) == nil)
    }

    @Test func `a query falls into pairs`() {
        let pairs = PercentEncoding.pairs(ofQuery: "a=1&b=x+y&&c&d=&e=f=g&%C3%A9=%26&a=2&bad=%ff")
        #expect(pairs.map(\.name) == ["a", "b", "c", "d", "e", "é", "a"])
        #expect(pairs.map(\.value) == ["1", "x y", "", "", "f=g", "&", "2"])
        #expect(PercentEncoding.pairs(ofQuery: "").isEmpty)
    }
}

@Suite struct Base64Tests {
    /// The test vectors of RFC 4648, section 10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func `the published vectors`(_ plain: String, _ encoded: String) {
        #expect(Base64.encode(plain.utf8) == encoded)
        #expect(Base64.decode(encoded) == Array(plain.utf8))
        #expect(Base64.encode(plain.utf8, alphabet: .url) == String(encoded.filter { $0 != "=" }))
    }

    @Test func `the alphabets differ in two characters`() {
        let bytes: [UInt8] = [0xfb, 0xff, 0xbf]
        #expect(Base64.encode(bytes) == "+/+/")
        #expect(Base64.encode(bytes, alphabet: .url) == "-_-_")
        #expect(Base64.decode("+/+/", alphabet: .url) == nil)
        #expect(Base64.decode("-_-_") == nil)
    }

    @Test(arguments: [
        "Z", "Zg", "Zg=", "Zg===", "Zm9v=", "=", "====", "Zg==Zg==", "Zm 9v", "Zm9v\n", "Zm9é", "Z===",
        "Zh==", "Zm9=",
        "Zm8==",
    ])
    func `what is not Base64 is refused`(_ text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test(arguments: ["Z", "Zh", "Zm9", "Z.g"]) func `what is not Base64 for addresses is refused`(
        _ text: String
    ) {
        #expect(Base64.decode(text, alphabet: .url) == nil)
    }

    @Test func `bytes come back, on seeded random ones`() throws {
        var random = Seeded(state: 21)
        for count in 0..<300 {
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            try #require(Base64.decode(Base64.encode(bytes)) == bytes)
            try #require(Base64.decode(Base64.encode(bytes, alphabet: .url), alphabet: .url) == bytes)
        }
    }
}
