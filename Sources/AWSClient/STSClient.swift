import Quantities
import Wire

/// Asks AWS STS who the credentials belong to, and for those of roles.
package struct STSClient: Sendable {
    private let client: AWSClient
    private let aws: AWSConfiguration

    package init(_ configuration: AWSConfiguration) {
        client = AWSClient(.sts, configuration)
        aws = configuration
    }

    package struct Identity: Sendable, Equatable {
        /// 12 digits.
        package let account: String
        package let arn: String
    }

    /// A role as it is assumed.
    package struct Role: Sendable, Equatable {
        package var arn: String
        /// Names the session in the logs of the account; made of the time unless given.
        package var sessionName: String?
        /// What the owner of a role in another account has agreed on.
        package var externalID: String?
        /// 15 minutes to 12 hours, and not above what the role allows; an hour unless given.
        package var duration: Duration?

        package init(arn: String) { self.arn = arn }
    }

    package func callerIdentity() async throws(AWSFailure) -> Identity {
        let reply = try await client.xml(Self.call("GetCallerIdentity"))
        let result = reply["GetCallerIdentityResult"]
        guard let account = result?["Account"]?.text, let arn = result?["Arn"]?.text else {
            throw client.malformed("no Account or Arn")
        }
        return Identity(account: account, arn: arn)
    }

    package func assume(_ role: Role) async throws(AWSFailure) -> LentCredentials {
        let reply = try await client.xml(
            Self.call(
                "AssumeRole",
                [
                    ("RoleArn", role.arn), ("RoleSessionName", sessionName(of: role)),
                    ("DurationSeconds", role.duration.map { String($0.components.seconds) }),
                    ("ExternalId", role.externalID),
                ]))
        return try credentials(reply["AssumeRoleResult"])
    }

    /// Needs no credentials of its own. An external id plays no part.
    package func assume(_ role: Role, webIdentityToken token: String) async throws(AWSFailure)
        -> LentCredentials
    {
        let reply = try await UnsignedClient(.sts, aws).xml(
            Self.call(
                "AssumeRoleWithWebIdentity",
                [
                    ("RoleArn", role.arn), ("RoleSessionName", sessionName(of: role)),
                    ("WebIdentityToken", token),
                    ("DurationSeconds", role.duration.map { String($0.components.seconds) }),
                ]))
        return try credentials(reply["AssumeRoleWithWebIdentityResult"])
    }

    private func credentials(_ result: XMLElement?) throws(AWSFailure) -> LentCredentials {
        guard let lent = LentCredentials(result?["Credentials"]) else {
            throw client.malformed("no Credentials")
        }
        return lent
    }

    private func sessionName(of role: Role) -> String {
        role.sessionName ?? "alex-\(aws.now().secondsSinceEpoch)"
    }

    private static func call(_ action: String, _ parameters: [(name: String, value: String?)] = []) -> AWSCall
    {
        var form = "Action=\(action)&Version=2011-06-15"
        for (name, value) in parameters {
            if let value { form += "&\(name)=\(PercentEncoding.encode(value))" }
        }
        return AWSCall(
            .post, path: "/", headers: ["Content-Type": "application/x-www-form-urlencoded; charset=utf-8"],
            body: Array(form.utf8))
    }
}
