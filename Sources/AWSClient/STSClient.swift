import Wire

/// Asks AWS STS who the credentials belong to.
package struct STSClient: Sendable {
    private let client: AWSClient

    package init(_ configuration: AWSConfiguration) {
        client = AWSClient(.sts, configuration)
    }

    package struct Identity: Sendable, Equatable {
        /// 12 digits.
        package let account: String
        package let arn: String
    }

    package func callerIdentity() async throws(AWSFailure) -> Identity {
        let reply = try await client.xml(
            AWSCall(
                .post, path: "/",
                headers: ["Content-Type": "application/x-www-form-urlencoded; charset=utf-8"],
                body: Array("Action=GetCallerIdentity&Version=2011-06-15".utf8)))
        let result = reply["GetCallerIdentityResult"]
        guard let account = result?["Account"]?.text, let arn = result?["Arn"]?.text else {
            throw client.malformed("no Account or Arn")
        }
        return Identity(account: account, arn: arn)
    }
}
