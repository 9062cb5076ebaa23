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

    /// Source: RFC 4231, test case 2.
    @Test func `HMAC-SHA-256 of the published example`() {
        #expect(
            Digest.hexadecimal(
                Digest.hmacSHA256(key: Array("Jefe".utf8), Array("what do ya want for nothing?".utf8)))
                == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
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
