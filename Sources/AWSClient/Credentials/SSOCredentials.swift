import Quantities
import SigV4
import Wire

/// A permission set of IAM Identity Center, for whoever has signed in with `aws sso login`.
package struct SSOCredentials: Sendable, Equatable {
    /// The `[sso-session]` it is signed in by; `nil` for the older form, all in the profile.
    package var session: String?
    package var startURL: String
    package var region: String
    package var account: String
    package var role: String

    package init(session: String?, startURL: String, region: String, account: String, role: String) {
        self.session = session
        self.startURL = startURL
        self.region = region
        self.account = account
        self.role = role
    }

    func lent(_ machine: Machine, _ aws: AWSConfiguration) async throws(AWSFailure) -> LentCredentials {
        let aws = aws.inRegion(region)
        let token = try await SSOToken.current(of: self, machine, aws)
        let query =
            "role_name=\(PercentEncoding.encode(role))&account_id=\(PercentEncoding.encode(account))"
        let client = UnsignedClient(.sso, aws)
        let reply: JSONValue
        do throws(AWSFailure) {
            reply = try await client.json(
                AWSCall(
                    .get, path: "/federation/credentials", query: query,
                    headers: ["x-amz-sso_bearer_token": token]))
        } catch let failure where failure.code == "UnauthorizedException" {
            throw hasEnded
        }
        guard let keys = reply["roleCredentials"], let id = keys["accessKeyId"]?.string,
            let secret = keys["secretAccessKey"]?.string, let expiry = keys["expiration"]?.int
        else {
            throw client.malformed("no roleCredentials")
        }
        return LentCredentials(
            Credentials(
                accessKeyID: id, secretAccessKey: secret, sessionToken: keys["sessionToken"]?.string),
            expiry: Timestamp(millisecondsSinceEpoch: Int64(expiry)))
    }

    /// What the file of the token is named after, and how one signs in again.
    var cacheName: String { session ?? startURL }
    var hasEnded: AWSFailure {
        let command = session.map { "aws sso login --sso-session \($0)" } ?? "aws sso login"
        return AWSFailure(configuration: "nobody is signed in to \(cacheName), or no more: \(command)")
    }
}

/// What `aws sso login` leaves in `~/.aws/sso/cache`, in a file named after the SHA-1 of the session.
struct SSOToken {
    private var document: [String: JSONValue]

    /// How long before its end a token is renewed.
    static let window = Duration.seconds(300)

    /// The token that is in the file, renewed where it ends and can be.
    ///
    /// - Throws: A configuration failure when nobody is signed in, or no more.
    static func current(
        of sso: SSOCredentials, _ machine: Machine, _ aws: AWSConfiguration
    ) async throws(AWSFailure) -> String {
        let name = Digest.hexadecimal(Digest.sha1(Array(sso.cacheName.utf8)))
        guard let path = machine.expand("~/.aws/sso/cache/\(name).json"), let bytes = try machine.read(path)
        else { throw sso.hasEnded }
        let held: SSOToken
        do {
            held = SSOToken(document: try JSONValue(reading: bytes).object ?? [:])
        } catch {
            throw AWSFailure(configuration: "\(path): \(error.description)")
        }
        guard let token = held["accessToken"], let expiry = held.time("expiresAt") else {
            throw AWSFailure(configuration: "\(path) has no accessToken or no readable expiresAt")
        }
        let now = aws.now()
        if now < expiry - window { return token }
        // The older form has nothing to renew with.
        guard sso.session != nil, let renewed = try await held.renewed(aws) else {
            if now < expiry { return token }
            throw sso.hasEnded
        }
        try machine.replace(path, JSONValue.object(renewed.document).bytes)
        return renewed["accessToken"] ?? token
    }

    /// - Returns: `nil` when there is nothing to renew it with, or Identity Center will not.
    private func renewed(_ aws: AWSConfiguration) async throws(AWSFailure) -> SSOToken? {
        guard let id = self["clientId"], let secret = self["clientSecret"],
            let refreshToken = self["refreshToken"],
            let registrationExpiry = time("registrationExpiresAt"), aws.now() < registrationExpiry
        else { return nil }
        let reply: JSONValue
        do throws(AWSFailure) {
            reply = try await UnsignedClient(.ssoOIDC, aws).json(
                AWSCall(
                    .post, path: "/token",
                    json: [
                        "clientId": .string(id), "clientSecret": .string(secret),
                        "grantType": "refresh_token", "refreshToken": .string(refreshToken),
                    ]))
        } catch let failure where failure.isRefusal {
            return nil
        }
        guard let token = reply["accessToken"]?.string, let seconds = reply["expiresIn"]?.int else {
            throw AWSFailure(
                service: AWSService.ssoOIDC.name, kind: .malformedResponse,
                message: "no accessToken or expiresIn")
        }
        var document = document
        document["accessToken"] = .string(token)
        document["expiresAt"] = .string(Self.text(aws.now() + .seconds(seconds)))
        document["refreshToken"] = reply["refreshToken"] ?? document["refreshToken"]
        return SSOToken(document: document)
    }

    private subscript(name: String) -> String? { document[name]?.string }

    /// RFC 3339; old tools wrote `UTC` in the place of `Z`.
    private func time(_ name: String) -> Timestamp? {
        guard let text = self[name] else { return nil }
        return Timestamp(text.hasSuffix("UTC") ? text.dropLast(3) + "Z" : text[...])
    }

    /// Whole seconds, as every tool that reads the file understands.
    private static func text(_ moment: Timestamp) -> String {
        String(moment.description.dropLast(".000Z".count)) + "Z"
    }
}

extension AWSFailure {
    /// Whether the service has understood, and said no for good.
    fileprivate var isRefusal: Bool {
        if case .service(_, let status) = kind { (400...499).contains(status) && !isRetryable } else { false }
    }
}
