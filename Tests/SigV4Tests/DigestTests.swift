import SigV4
import Testing

@Suite struct DigestTests {
    /// Source: FIPS 180-4 examples.
    @Test func `SHA-256 of the published examples`() {
        #expect(
            Digest.hexadecimal(Digest.sha256([]))
                == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(
            Digest.hexadecimal(Digest.sha256(Array("abc".utf8)))
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    /// Source: RFC 4231, test cases 1, 2, 6 and 7; the keys of the last two are longer than a block.
    @Test func `HMAC-SHA-256 of the published examples`() {
        let long = [UInt8](repeating: 0xaa, count: 131)
        let examples: [(key: [UInt8], message: String, code: String)] = [
            (
                [UInt8](repeating: 0x0b, count: 20), "Hi There",
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
            ),
            (
                Array("Jefe".utf8), "what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
            ),
            (
                long, "Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
            ),
            (
                long,
                "This is a test using a larger than block-size key and a larger than block-size data. The "
                    + "key needs to be hashed before being used by the HMAC algorithm.",
                "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
            ),
        ]
        for (key, message, code) in examples {
            #expect(Digest.hexadecimal(Digest.hmacSHA256(key: key, Array(message.utf8))) == code)
        }
    }

    /// Source: RFC 4231, test cases 3 and 4.
    @Test func `HMAC-SHA-256 of the published examples that are no texts`() {
        let key = [UInt8](repeating: 0xaa, count: 20)
        #expect(
            Digest.hexadecimal(Digest.hmacSHA256(key: key, [UInt8](repeating: 0xdd, count: 50)))
                == "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe")
        #expect(
            Digest.hexadecimal(Digest.hmacSHA256(key: Array(1...25), [UInt8](repeating: 0xcd, count: 50)))
                == "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b")
    }

    @Test func `a body longer than many blocks, and one as long as a block`() {
        #expect(
            Digest.hexadecimal(Digest.sha256([UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)))
                == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
        #expect(
            Digest.hexadecimal(Digest.sha256([UInt8](repeating: UInt8(ascii: "a"), count: 64)))
                == "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb")
    }

    /// Source: RFC 1321.
    @Test func `MD5 of the published example`() {
        #expect(Digest.hexadecimal(Digest.md5(Array("abc".utf8))) == "900150983cd24fb0d6963f7d28e17f72")
    }

    @Test func `texts are equal when all bytes are`() {
        #expect(Digest.isEqualInConstantTime("abc".utf8, "abc".utf8))
        #expect(!Digest.isEqualInConstantTime("abc".utf8, "abd".utf8))
        #expect(!Digest.isEqualInConstantTime("abc".utf8, "ab".utf8))
        #expect(Digest.isEqualInConstantTime("".utf8, "".utf8))
    }
}
