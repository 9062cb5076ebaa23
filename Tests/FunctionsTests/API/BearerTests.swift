import Functions
import Quantities
import Testing
import Wire

@Suite struct BearerTests {
    let issuer: TestIssuer
    let bearer: Bearer

    init() throws {
        issuer = try TestIssuer()
        bearer = try issuer.bearer()
    }

    private func identify(_ token: String, at now: Timestamp = TestIssuer.now) async throws -> Identity {
        try await bearer.identify("Bearer \(token)", at: now)
    }

    private func expect(
        _ failure: BearerFailure, _ token: String, at now: Timestamp = TestIssuer.now,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async {
        await #expect(throws: failure, sourceLocation: sourceLocation) { try await identify(token, at: now) }
    }

    @Test func `a good token tells who asks`() async throws {
        let identity = try await identify(TestIssuer.token())
        #expect(identity.subject == "user_a")
        #expect(identity.name == "Ada Example")
        let fromMail = try await identify(TestIssuer.token(["name": nil, "email": "bob@example.com"]))
        #expect(fromMail.name == "bob")
        #expect(
            try await bearer.identify("bearer \(TestIssuer.token())", at: TestIssuer.now).subject == "user_a")
    }

    @Test func `time is checked with a small leeway`() async throws {
        let now = Int(TestIssuer.now.secondsSinceEpoch)
        await expect(.expired, try TestIssuer.token(["exp": .number(now - 5)]))
        _ = try await identify(TestIssuer.token(["exp": .number(now - 4)]))
        await expect(.notYetValid, try TestIssuer.token(["nbf": .number(now + 6)]))
        _ = try await identify(TestIssuer.token(["nbf": .number(now + 5)]))
        _ = try await identify(TestIssuer.token(["nbf": nil]))
    }

    @Test(arguments: ["exp", "nbf"]) func `a time that is no number is refused`(claim: String) async throws {
        await expect(.malformed, try TestIssuer.token([claim: "soon"]))
        await expect(.malformed, try TestIssuer.token([claim: .bool(true)]))
    }

    @Test func `a token without an expiry is refused`() async throws {
        await expect(.malformed, try TestIssuer.token(["exp": nil]))
    }

    @Test func `the issuer has to be ours`() async throws {
        await expect(.wrongIssuer, try TestIssuer.token(["iss": "https://evil.example"]))
        await expect(.wrongIssuer, try TestIssuer.token(["iss": .string(TestIssuer.name + "/")]))
        await expect(.wrongIssuer, try TestIssuer.token(["iss": nil]))
    }

    @Test func `the party has to be one of ours, where the token names one`() async throws {
        await expect(.wrongParty, try TestIssuer.token(["azp": "https://evil.example"]))
        await expect(.wrongParty, try TestIssuer.token(["azp": 7]))
        await expect(.wrongParty, try TestIssuer.token(["azp": [.string(TestIssuer.party)]]))
        _ = try await identify(TestIssuer.token(["azp": nil]))
    }

    @Test func `a token signed by another key is forged`() async throws {
        await expect(.forged, try TestIssuer.token(key: .shared(1)))
    }

    @Test(arguments: ["none", "None", "HS256", "RS512", "PS256", "ES256", ""])
    func `no other algorithm is accepted`(name: String) async throws {
        await expect(.forged, try TestIssuer.token(header: ["alg": .string(name)]))
    }

    @Test func `an unsigned token is forged`() async throws {
        let token = try TestIssuer.token(header: ["alg": "none"])
        let unsigned = token.split(separator: ".").prefix(2).joined(separator: ".") + "."
        await expect(.forged, unsigned)
    }

    @Test func `an extension that has to be understood is refused`() async throws {
        await expect(.forged, try TestIssuer.token(header: ["crit": ["b64"], "b64": false]))
    }

    @Test func `tampered claims are forged`() async throws {
        let parts = try TestIssuer.token().split(separator: ".")
        var claims = TestIssuer.claims
        claims["sub"] = "user_b"
        let tampered = Base64.encode(JSONValue.object(claims).bytes, alphabet: .url)
        await expect(.forged, "\(parts[0]).\(tampered).\(parts[2])")
    }

    @Test(arguments: ["", String(repeating: "x", count: 256)])
    func `a subject that cannot be a key of ours is refused`(subject: String) async throws {
        await expect(.malformed, try TestIssuer.token(["sub": .string(subject)]))
    }

    @Test func `a name never holds control characters and never exceeds its column`() async throws {
        let name = "A\u{0}d\na" + String(repeating: "👩‍👩‍👧", count: 300)
        let identity = try await identify(TestIssuer.token(["name": .string(name)]))
        let kept = try #require(identity.name)
        #expect(kept.hasPrefix("Ada"))
        #expect(kept.unicodeScalars.count <= 255)
        #expect(try await identify(TestIssuer.token(["name": "\u{7}", "email": nil])).name == nil)
    }

    @Test(arguments: [nil, "", "Bearer", "Bearer ", "Basic YTpi", "Bearer a b", "a.b.c"] as [String?])
    func `a header without a token is refused`(header: String?) async {
        await #expect(throws: header == nil ? BearerFailure.missing : .malformed) {
            try await bearer.identify(header, at: TestIssuer.now)
        }
        #expect(issuer.fetches == 0)
    }

    @Test(arguments: 0..<200)
    func `a token with a changed byte is refused and nothing crashes`(seed: Int) async throws {
        var random = SeededBits(seed: UInt64(seed))
        let good = try TestIssuer.token()
        var bytes = Array(good.utf8)
        switch seed % 5 {
        case 0: bytes.remove(at: Int(random.next(below: UInt64(bytes.count))))
        case 1: bytes.insert(UInt8(ascii: "."), at: Int(random.next(below: UInt64(bytes.count))))
        case 2: bytes = Array(bytes.prefix(Int(random.next(below: UInt64(bytes.count)))))
        case 3: bytes.swapAt(Int(random.next(below: UInt64(bytes.count))), 0)
        default: bytes[Int(random.next(below: UInt64(bytes.count)))] = UInt8(33 + random.next(below: 94))
        }
        let token = String(decoding: bytes, as: UTF8.self)
        guard token != good else { return }
        await #expect(throws: BearerFailure.self) { try await identify(token) }
    }

    @Test(arguments: [
        "..", ".", "a", "a.b", "a.b.c.d", "e30.e30.e30", "bnVsbA.bnVsbA.AA", "W10.W10.AA", "=.=.=",
    ])
    func `what is no token is malformed`(token: String) async {
        await expect(.malformed, token)
    }
}

/// Chance that is the same in every run.
struct SeededBits: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &+ 0x9E37_79B9_7F4A_7C15 }

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 29)
    }

    mutating func next(below limit: UInt64) -> UInt64 { (next() >> 11) % limit }
}
