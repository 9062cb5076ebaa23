import Functions
import Quantities
import Testing
import Wire

@Suite struct KeySetTests {
    let issuer: TestIssuer
    let bearer: Bearer
    let now = TestIssuer.now
    let down = Result<HTTPResponse, TransportFailure>.failure(
        .notConnected(host: "issuer.example", reason: "refused"))

    init() throws {
        issuer = try TestIssuer()
        bearer = try issuer.bearer()
    }

    private func identify(
        _ header: [String: JSONValue?] = [:], key: RSAKey? = nil, after seconds: Int = 0
    ) async throws -> Identity {
        let moment = now + .seconds(seconds)
        let expiry = Int(moment.secondsSinceEpoch) + 60
        let token = try TestIssuer.token(["exp": .number(expiry)], header: header, key: key)
        return try await bearer.identify("Bearer \(token)", at: moment)
    }

    @Test func `keys are fetched once and kept for five minutes`() async throws {
        for seconds in [0, 1, 150, 299] { _ = try await identify(after: seconds) }
        #expect(issuer.fetches == 1)
        _ = try await identify(after: 300)
        #expect(issuer.fetches == 2)
    }

    @Test func `an unknown key id fetches again, but not more often than the interval`() async throws {
        _ = try await identify()
        for seconds in [1, 5, 9] {
            await #expect(throws: BearerFailure.forged) { try await identify(["kid": "x"], after: seconds) }
        }
        #expect(issuer.fetches == 1)
        await #expect(throws: BearerFailure.forged) { try await identify(["kid": "x"], after: 10) }
        await #expect(throws: BearerFailure.forged) { try await identify(["kid": "y"], after: 11) }
        #expect(issuer.fetches == 2)
    }

    @Test func `a rotated key works at once, and the old one no longer`() async throws {
        _ = try await identify()
        issuer.rotate(to: "second", try .shared(1))
        _ = try await identify(["kid": "second"], key: .shared(1), after: 20)
        #expect(issuer.fetches == 2)
        await #expect(throws: BearerFailure.forged) { try await identify(after: 21) }
    }

    @Test func `kept keys still work while the issuer is down, and it is not asked for every request`()
        async throws
    {
        _ = try await identify()
        issuer.answer(down)
        for seconds in [301, 302, 305, 310] { _ = try await identify(after: seconds) }
        #expect(issuer.fetches == 2)
        _ = try await identify(after: 311)
        #expect(issuer.fetches == 3)
    }

    @Test func `without keys the answer is to try again, not to sign in again`() async throws {
        issuer.answer(down)
        for seconds in [0, 1, 2] {
            await #expect {
                try await identify(after: seconds)
            } throws: { error in
                if case .keysUnavailable = error as? BearerFailure { true } else { false }
            }
        }
        #expect(issuer.fetches == 1)
        issuer.answer(nil)
        _ = try await identify(after: 10)
    }

    @Test(arguments: [
        HTTPResponse(status: 500), HTTPResponse(status: 200, body: Array("<html>".utf8)),
        HTTPResponse(status: 200, body: Array("{}".utf8)),
        HTTPResponse(status: 200, body: Array(#"{"keys":{}}"#.utf8)),
    ]) func `an answer that is no key set leaves the kept keys alone`(response: HTTPResponse) async throws {
        _ = try await identify()
        issuer.answer(.success(response))
        _ = try await identify(after: 301)
    }

    @Test func `a key that is too small or not for signatures is not used`() async throws {
        let small = try RSAKey(bits: 1024)
        var padded = try #require(small.entry(id: "padded").object)
        let zeros = [UInt8](repeating: 0, count: 128)
        padded["n"] = .string(Base64.encode(zeros + small.number("n"), alphabet: .url))
        var forEncryption = try #require(try RSAKey.shared(0).entry(id: "enc").object)
        forEncryption["use"] = "enc"
        var huge = try #require(try RSAKey.shared(0).entry(id: "huge").object)
        huge["n"] = .string(Base64.encode([UInt8](repeating: 0xff, count: 70_000), alphabet: .url))
        let entries: [JSONValue] = [
            small.entry(id: "small"), .object(padded), .object(forEncryption), .object(huge), 7,
        ]
        issuer.answer(
            .success(HTTPResponse(status: 200, body: JSONValue.object(["keys": .array(entries)]).bytes)))
        for (index, id) in ["small", "padded", "enc", "huge"].enumerated() {
            let key = try id == "small" || id == "padded" ? small : RSAKey.shared(0)
            await #expect(throws: BearerFailure.forged) {
                try await identify(["kid": .string(id)], key: key, after: index * 20)
            }
        }
    }
}
