import Wire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What the agent of a container lends: ECS, EKS Pod Identity, and functions restored by SnapStart.
///
/// `AWS_CONTAINER_CREDENTIALS_RELATIVE_URI` is a path at the agent of ECS;
/// `AWS_CONTAINER_CREDENTIALS_FULL_URI` an address, over plain http only on this machine and at the agents'
/// own addresses. What `AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE` holds, or else
/// `AWS_CONTAINER_AUTHORIZATION_TOKEN` is, travels as `Authorization`.
package struct ContainerCredentials: CredentialsSource {
    private let machine: Machine
    private let aws: AWSConfiguration

    package static let timeout = Duration.seconds(2)
    package static let attempts = 3
    /// Between attempts.
    package static let pause = Duration.seconds(1)
    /// Either of them sets this up.
    static let variables = [relative, full]
    private static let relative = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"
    private static let full = "AWS_CONTAINER_CREDENTIALS_FULL_URI"
    private static let agent = "169.254.170.2"
    private static let name = "container credentials"

    package init(_ machine: Machine, _ aws: AWSConfiguration) {
        self.machine = machine
        self.aws = aws
    }

    package func find() async throws(AWSFailure) -> CredentialsFinding {
        guard let url = try address() else {
            return .absent("\(Self.relative) and \(Self.full) are not set")
        }
        var headers: HTTPHeaders = ["Accept": "application/json"]
        headers["Authorization"] = try token()
        let service = MetadataService(
            name: Self.name, attempts: Self.attempts, timeout: Self.timeout, aws: aws)
        let response = try await service.send(
            HTTPRequest(.get, url, headers: headers), pause: Self.pause)
        guard response.status == 200 else { throw service.refused(response) }
        guard let lent = LentCredentials(try service.document(of: response), token: "Token") else {
            throw service.malformed("no AccessKeyId, SecretAccessKey or readable Expiration")
        }
        return .found(lent)
    }

    private func address() throws(AWSFailure) -> HTTPURL? {
        if let path = machine[Self.relative] {
            guard path.hasPrefix("/"), let url = HTTPURL("http://\(Self.agent)\(path)"),
                url.host == Self.agent
            else {
                throw AWSFailure(configuration: "\(Self.relative) is not a path that begins with /")
            }
            return url
        }
        guard let text = machine[Self.full] else { return nil }
        guard let url = HTTPURL(text) else {
            throw AWSFailure(configuration: "\(Self.full) is not an http or https address")
        }
        guard Self.isAllowed(url) else {
            throw AWSFailure(
                configuration:
                    "\(Self.full) leads to \(url.host): over http it may lead to this machine, "
                    + "\(Self.agent), 169.254.170.23 or fd00:ec2::23 only")
        }
        return url
    }

    /// Whether keys may be asked for there: anywhere over https, and over http where nobody can listen in.
    package static func isAllowed(_ url: HTTPURL) -> Bool {
        if url.scheme == "https" { return true }
        let host = url.host.lowercased()
        if host == "localhost" { return true }
        if host.hasPrefix("[") {
            var address = in6_addr()
            guard host.hasSuffix("]"), inet_pton(AF_INET6, String(host.dropFirst().dropLast()), &address) == 1
            else { return false }
            let bytes = withUnsafeBytes(of: address) { [UInt8]($0) }
            let loopback = [UInt8](repeating: 0, count: 15) + [1]
            let podIdentity: [UInt8] = [0xfd, 0, 0x0e, 0xc2] + [UInt8](repeating: 0, count: 11) + [0x23]
            return bytes == loopback || bytes == podIdentity
        }
        var address = in_addr()
        guard inet_pton(AF_INET, host, &address) == 1 else { return false }
        let bytes = withUnsafeBytes(of: address) { [UInt8]($0) }
        return bytes[0] == 127 || bytes == [169, 254, 170, 2] || bytes == [169, 254, 170, 23]
    }

    /// The file is read anew each time, as its token is replaced. A token that would begin another header is
    /// refused.
    private func token() throws(AWSFailure) -> String? {
        let file = machine["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"]
        let token: String
        if let file {
            guard let bytes = try machine.read(file) else {
                throw AWSFailure(configuration: "\(file), the container's authorization token, is not there")
            }
            token = String(decoding: bytes, as: UTF8.self)
        } else if let text = machine["AWS_CONTAINER_AUTHORIZATION_TOKEN"] {
            token = text
        } else {
            return nil
        }
        guard token.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }) else {
            throw AWSFailure(
                configuration: "the container's authorization token has a line break or control character")
        }
        return token
    }
}
