// Foundation names a file for the key.
import Foundation
import LocalCloud
import Testing
import Wire

@Suite struct LocalSignInTests {
    @Test func `the households to choose from are listed without their keys`() async throws {
        let answer = try await Self.ask(.get, "/identity/households").body
        let rows = try #require(answer["households"]?.array)
        #expect(rows.count == DemoHousehold.all.count)
        #expect(rows.first == ["alias": "demo", "name": "Demo Household", "email": "demo@example.com"])
    }

    @Test func `a household gets a token for an hour`() async throws {
        let (status, answer) = try await Self.signIn(#"{"household":"ada"}"#)
        #expect(status == 200)
        #expect(answer["subject"] == "user_local_ada")
        #expect(answer["name"] == "Ada Example")
        #expect(answer["expires_at"] == "2027-01-15T09:00:00.000Z")
        let claims = try Self.claims(of: answer)
        #expect(claims["sub"] == "user_local_ada")
        #expect(claims["exp"]?.int == 1_800_003_600)
    }

    @Test func `somebody new gets a household of their own, the same one each time`() async throws {
        let first = try await Self.signIn(#"{"name":"  Zoë O'Hara "}"#).answer
        #expect(first["name"] == "Zoë O'Hara")
        #expect(first["subject"]?.string?.hasPrefix("user_local_zoe-o-hara_") == true)
        #expect(try Self.claims(of: first)["email"] == "zoe-o-hara@example.com")
        let again = try await Self.signIn(#"{"name":"Zoe\u0308 O'Hara"}"#).answer
        #expect(again["subject"] == first["subject"])
    }

    @Test func `names that look alike in keys are different households`() throws {
        let names = ["Ada", "ada", "Ada!", "李", "王"]
        let subjects = Set(try names.map { try DemoHousehold(name: $0).subject })
        #expect(subjects.count == names.count)
        #expect(subjects.isDisjoint(with: DemoHousehold.all.map(\.subject)))
    }

    @Test func `a name may have a hundred characters`() throws {
        let household = try DemoHousehold(name: String(repeating: "é", count: 100))
        #expect(household.subject.utf8.count < 60)
        #expect(throws: SignInFailure.badName) {
            try DemoHousehold(name: String(repeating: "é", count: 101))
        }
    }

    @Test(arguments: [
        "", "{", "[]", "{}", #"{"household":"nobody"}"#, #"{"household":"user_local_demo"}"#,
        #"{"household":7}"#, #"{"name":null}"#, #"{"name":""}"#, #"{"name":"  \n "}"#,
        #"{"name":"a\u0000b"}"#,
        #"{"name":"a\nb"}"#, #"{"household":"demo","name":"Ada"}"#,
    ]) func `what names nobody is refused with a sentence`(body: String) async throws {
        let (status, answer) = try await Self.signIn(body)
        #expect(status == 400)
        #expect(answer["detail"]?.string?.isEmpty == false)
        #expect(answer["token"] == nil)
    }

    @Test func `a request that is too large is not read`() async throws {
        let padding = String(repeating: " ", count: LocalSignIn.largestBodyBytes)
        #expect(try await Self.signIn(#"{"household":"demo"}"# + padding).status == 400)
    }

    @Test func `no cache keeps a token`() async throws {
        let reply = try await Self.reply(.post, "/identity/sign-in", #"{"household":"demo"}"#)
        #expect(reply.headers["Cache-Control"] == "no-store")
    }

    private static func signIn(_ body: String) async throws -> (status: Int, answer: JSONValue) {
        let (status, answer) = try await ask(.post, "/identity/sign-in", body)
        return (status, answer)
    }

    private static func ask(_ method: HTTPMethod, _ path: String, _ body: String = "") async throws -> (
        status: Int, body: JSONValue
    ) {
        guard case .complete(let response) = try await reply(method, path, body) else { return (0, .null) }
        return (response.status, try JSONValue(reading: response.body))
    }

    private static func reply(_ method: HTTPMethod, _ path: String, _ body: String) async throws -> Reply {
        let directory = try TemporaryDirectory()
        let identity = try LocalIdentity(issuer: "http://a", keyFile: directory.path + "/key.pem")
        let signIn = LocalSignIn(identity, now: ManualClock().clock.now)
        let route = try #require(
            signIn.routes.first { $0.method == method && $0.pathPrefix == path })
        let url = try #require(HTTPURL("http://localhost:8000" + path))
        return await route.answer(HTTPRequest(method, url, body: Array(body.utf8)))
    }

    private static func claims(of answer: JSONValue) throws -> JSONValue {
        let parts = try #require(answer["token"]?.string).split(separator: ".")
        let bytes = try #require(Base64.decode(String(parts[1]), alphabet: .url))
        return try JSONValue(reading: bytes)
    }
}
