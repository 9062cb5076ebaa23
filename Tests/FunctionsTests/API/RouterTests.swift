import AWSClient
import Fakes
import Testing
import Wire

/// Nothing here may reach the database: the transport has no answers.
@Suite struct RouterTests {
    private func expectProblem(_ reply: APIUnderTest.Reply, _ status: Int, _ code: String) {
        #expect(reply.status == status)
        #expect(reply["code"]?.string == code)
        #expect(reply["detail"]?.string?.isEmpty == false)
        #expect(reply["request_id"]?.string == "request-1")
        let members = Set(reply.body.object?.keys.map { $0 } ?? [])
        #expect(members.subtracting(["fields"]) == ["code", "detail", "request_id"])
        #expect(reply.headers["content-type"] == "application/json")
        #expect(reply.headers["x-request-id"] == "request-1")
        #expect(reply.headers["cache-control"] == "no-store")
    }

    @Test(arguments: ["/", "/api", "/api/nothing", "/api/accounts/1/2/3", "/API/user", "/api//"])
    func `an unknown address is 404, signed in or not`(path: String) async throws {
        let api = try APIUnderTest()
        expectProblem(try await api.send("GET", path), 404, "not_found")
        expectProblem(try await api.send("GET", path, user: nil), 404, "not_found")
    }

    @Test(arguments: [
        ("PATCH", "/api/user", "GET, PUT"), ("DELETE", "/api/jobs/x", "GET"),
        ("BREW", "/api/accounts", "GET, POST"), ("HEAD", "/api/user", "GET, PUT"),
    ]) func `a wrong method is 405 and names the right ones`(method: String, path: String, allowed: String)
        async throws
    {
        let reply = try await APIUnderTest().send(method, path)
        expectProblem(reply, 405, "method_not_allowed")
        #expect(reply.headers["allow"] == allowed)
    }

    @Test func `without a token the answer is 401 and says how to sign in`() async throws {
        let reply = try await APIUnderTest().send("GET", "/api/user", user: nil)
        expectProblem(reply, 401, "unauthorized")
        #expect(reply.headers["www-authenticate"] == "Bearer")
    }

    @Test func `a token that was refused is 401, and an expired one says so`() async throws {
        let api = try APIUnderTest()
        let forged = try TestIssuer.token(key: .shared(1))
        let reply = try await api.send(
            "GET", "/api/user", user: nil, headers: ["authorization": "Bearer \(forged)"])
        expectProblem(reply, 401, "unauthorized")
        #expect(reply.headers["www-authenticate"] == "Bearer error=\"invalid_token\"")
        let old = try TestIssuer.token(["exp": 1_000_000])
        let expired = try await api.send(
            "GET", "/api/user", user: nil, headers: ["authorization": "Bearer \(old)"])
        expectProblem(expired, 401, "token_expired")
    }

    @Test func `a body is not looked at before the token`() async throws {
        let reply = try await APIUnderTest().send("POST", "/api/accounts", text: "{", user: nil)
        expectProblem(reply, 401, "unauthorized")
    }

    @Test func `a sign-in service that is down is 503, not 401`() async throws {
        let api = try APIUnderTest()
        api.issuer.answer(.failure(.timedOut(host: "issuer.example", after: .seconds(5))))
        let reply = try await api.send("GET", "/api/user")
        expectProblem(reply, 503, "unavailable")
        #expect(reply.headers["retry-after"] == "5")
    }

    @Test(arguments: ["{", "[1", "{\"a\":}", "\u{0}", "{\"a\":1}x", "nope", "[]", "7", "null", "\"x\""])
    func `a body that is no JSON object is 400`(text: String) async throws {
        expectProblem(
            try await APIUnderTest().send("POST", "/api/accounts", text: text), 400, "malformed")
    }

    @Test func `deep nesting is refused and does not crash`() async throws {
        let text = "{\"options\":" + String(repeating: "[", count: 100_000)
        expectProblem(try await APIUnderTest().send("POST", "/api/analyze", text: text), 400, "malformed")
    }

    @Test func `a body that changes nothing is 400`() async throws {
        let api = try APIUnderTest()
        expectProblem(try await api.send("PUT", "/api/user", body: [:]), 400, "malformed")
        expectProblem(try await api.send("PUT", "/api/user"), 400, "malformed")
    }

    @Test(arguments: [
        ("GET", "/api/jobs/x"), ("GET", "/api/accounts/latest"), ("PUT", "/api/accounts/1"),
        ("DELETE", "/api/positions/none"),
        ("GET", "/api/accounts/%00/positions"), ("GET", "/api/jobs/';DROP TABLE jobs;--/events"),
    ]) func `what is no id names nothing`(method: String, path: String) async throws {
        let body: JSONValue? = method == "PUT" ? ["account_name": "x"] : nil
        expectProblem(try await APIUnderTest().send(method, path, body: body), 404, "not_found")
    }

    @Test(arguments: [
        ("/api/jobs", "limit=0"), ("/api/jobs", "limit=101"), ("/api/jobs", "limit=x"),
        ("/api/jobs", "before=x"), ("/api/jobs", "before=1_2"), ("/api/instruments", "after=%20"),
        ("/api/instruments", "limit=201"), ("/api/instruments", "search=a&after=SPY"),
        ("/api/instruments", "search=" + String(repeating: "x", count: 101)),
        ("/api/jobs", "before=9223372036854775807_00000000-0000-4000-8000-000000000001"),
        ("/api/jobs", "before=-9223372036854775808_00000000-0000-4000-8000-000000000001"),
        ("/api/jobs/00000000-0000-4000-8000-000000000001/events", "after=x"),
    ]) func `a query that cannot be read is 422`(path: String, query: String) async throws {
        let reply = try await APIUnderTest().send("GET", path, query: query)
        expectProblem(reply, 422, "invalid")
        #expect(reply["fields"]?.object?.count == 1)
    }

    @Test func `a database that is down is 503 and quotes nothing`() async throws {
        let transport = ScriptedTransport(
            Array(
                repeating: .failure(.notConnected(host: "secret.host.example", reason: "refused")), count: 50)
        )
        let reply = try await APIUnderTest(transport: transport).send("GET", "/api/accounts")
        #expect(reply.status == 503)
        #expect(!reply.text.contains("secret.host"))
        let health = try await APIUnderTest(transport: transport).send("GET", "/api/health", user: nil)
        expectProblem(health, 503, "unavailable")
    }

    @Test func `an answer nobody expected is 500 and quotes nothing`() async throws {
        let transport = ScriptedTransport(.error("BadRequestException", 400, "password of cluster"))
        let api = try APIUnderTest(transport: transport)
        let reply = try await api.send("GET", "/api/accounts")
        expectProblem(reply, 500, "internal")
        #expect(!reply.text.contains("password"))
    }

    @Test func `a browser on our site may call, another may not`() async throws {
        let api = try APIUnderTest()
        let ours = try await api.send(
            "OPTIONS", "/api/user", user: nil, headers: ["origin": TestIssuer.party])
        #expect(ours.status == 204)
        #expect(ours.text.isEmpty)
        #expect(ours.headers["access-control-allow-origin"] == TestIssuer.party)
        #expect(ours.headers["access-control-allow-methods"] == "GET, POST, PUT, DELETE, OPTIONS")
        #expect(ours.headers["access-control-allow-headers"] == "authorization, content-type")
        #expect(ours.headers["vary"] == "Origin")
        let failed = try await api.send("GET", "/api/user", user: nil, headers: ["origin": TestIssuer.party])
        #expect(failed.headers["access-control-allow-origin"] == TestIssuer.party)
        let theirs = try await api.send(
            "OPTIONS", "/api/user", user: nil, headers: ["origin": "https://evil.example"])
        #expect(theirs.status == 204)
        #expect(theirs.headers.keys.allSatisfy { !$0.hasPrefix("access-control") })
    }

    @Test func `tokens never reach the log`() async throws {
        let api = try APIUnderTest()
        let token = try TestIssuer.token(key: .shared(1))
        _ = try await api.send(
            "GET", "/api/user", user: nil, headers: ["authorization": "Bearer \(token)"])
        #expect(api.log.text.contains("\"status\":401"))
        #expect(!api.log.text.contains(token.prefix(20)))
    }

}
