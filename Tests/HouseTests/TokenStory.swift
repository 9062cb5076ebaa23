import AWSClient
import Foundation
import LocalCloud
import Quantities
import Testing
import Wire

extension SharedHouse {
    @Suite struct TokenStory {
        @Test func `only a valid token of our own provider gets in`() async throws {
            let house = try SharedHouse.house
            let identity = house.cloud.services.identity
            let valid = try identity.token(for: .demo, lifetime: .seconds(600), now: .now)
            let parts = valid.split(separator: ".").map(String.init)
            let stranger = try Self.token(of: "stranger", issuer: identity.issuer)
            let elsewhere = try Self.token(of: "elsewhere", issuer: "http://127.0.0.1:1/identity")
            let unsigned = Base64.encode(Array(#"{"alg":"none","kid":"1"}"#.utf8), alphabet: .url)
            let refused: [(String, String?)] = [
                ("no token", nil),
                ("nonsense", "abc"),
                (
                    "expired",
                    try identity.token(for: .demo, lifetime: .seconds(60), now: .now - .seconds(3600))
                ),
                (
                    "from the future",
                    try identity.token(for: .demo, lifetime: .seconds(60), now: .now + .seconds(3600))
                ),
                ("another subject", try Self.claiming("user_somebody_else", in: parts)),
                ("no signature", "\(parts[0]).\(parts[1])."),
                ("no algorithm", "\(unsigned).\(parts[1])."),
                ("another key", stranger),
                ("another issuer", elsewhere),
            ]
            for (name, token) in refused {
                let answer = try await house.visitor("nobody", token: token).send(.get, "/api/user")
                #expect(answer.status == 401, "\(name): \(answer.body.text)")
                #expect(answer.body["detail"]?.string?.isEmpty == false)
                #expect(answer.headers["www-authenticate"] != nil)
            }
            #expect(try await house.visitor("demo", token: valid).send(.get, "/api/user").status == 200)
            #expect(try await house.visitor("nobody", token: nil).send(.get, "/api/health").status == 200)
        }

        /// By a provider with a key of its own.
        private static func token(of name: String, issuer: String) throws -> String {
            let directory = try House.temporaryDirectory()
            defer {
                do {
                    try FileManager.default.removeItem(atPath: directory)
                } catch {
                    Issue.record("\(directory) stays: \(error)")
                }
            }
            let identity = try LocalIdentity(issuer: issuer, keyFile: directory + "/\(name).pem")
            return try identity.token(for: .demo, lifetime: .seconds(600), now: .now)
        }

        /// The signature of one token under the claims of another.
        private static func claiming(_ subject: String, in parts: [String]) throws -> String {
            let bytes = try #require(Base64.decode(parts[1], alphabet: .url))
            var claims = try #require(try JSONValue(reading: bytes).object)
            claims["sub"] = .string(subject)
            let forged = Base64.encode(JSONValue.object(claims).bytes, alphabet: .url)
            return "\(parts[0]).\(forged).\(parts[2])"
        }
    }
}
