/// For which key, day, region and service a signature is good: `KEY/20261121/us-east-1/sqs/aws4_request`.
package struct CredentialScope: Sendable, Equatable, CustomStringConvertible {
    package let accessKeyID: String
    /// `yyyymmdd`, UTC.
    package let date: String
    package let region: String
    /// The signing name, such as `rds-data` or `bedrock`.
    package let service: String

    package init(accessKeyID: String, date: String, region: String, service: String) {
        self.accessKeyID = accessKeyID
        self.date = date
        self.region = region
        self.service = service
    }

    /// Reads the value of `Credential=`; an access key id may contain slashes.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 5, parts[parts.count - 1] == Self.terminator else { return nil }
        accessKeyID = parts[..<(parts.count - 4)].joined(separator: "/")
        date = String(parts[parts.count - 4])
        region = String(parts[parts.count - 3])
        service = String(parts[parts.count - 2])
    }

    package var description: String { "\(accessKeyID)/\(date)/\(region)/\(service)/\(Self.terminator)" }

    static let terminator = "aws4_request"
}
