import Wire

/// What an EC2 instance lends to its role: IMDSv2. The first version, which any page could be tricked into
/// asking, is not spoken.
///
/// Off with `AWS_EC2_METADATA_DISABLED=true`. `AWS_EC2_METADATA_SERVICE_ENDPOINT` is another address,
/// `AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE=IPv6` the other usual one; `AWS_METADATA_SERVICE_TIMEOUT`
/// (seconds) and `AWS_METADATA_SERVICE_NUM_ATTEMPTS` are botocore's names.
package struct InstanceCredentials: CredentialsSource {
    private let machine: Machine
    private let profile: Profile
    private let aws: AWSConfiguration

    /// Source: botocore's `configprovider.py`.
    package static let timeout = Duration.seconds(1)
    package static let attempts = 1
    package static let pause = Duration.milliseconds(200)
    /// Six hours, the longest there is: 21,600 seconds.
    private static let tokenSeconds = "21600"
    private static let path = "/latest/meta-data/iam/security-credentials/"

    package init(_ machine: Machine, _ profile: Profile, _ aws: AWSConfiguration) {
        self.machine = machine
        self.profile = profile
        self.aws = aws
    }

    package func find() async throws(AWSFailure) -> CredentialsFinding {
        if machine["AWS_EC2_METADATA_DISABLED"]?.lowercased() == "true" {
            return .absent("AWS_EC2_METADATA_DISABLED is true")
        }
        let server = try address()
        let service = try service()
        let token: String
        do throws(AWSFailure) {
            token = try await self.token(server, service)
        } catch {
            // Most machines are no instance, or forbid to ask.
            switch error.kind {
            case .transport(let failure) where failure != .cancelled:
                return .absent("no instance metadata at \(server.authority)")
            case .service(_, let status) where (400...499).contains(status):
                return .absent("instance metadata at \(server.authority) is refused (\(status))")
            default: throw error
            }
        }
        let roles = try await get(Self.path, server, token, service)
        let lines = String(decoding: roles.body, as: UTF8.self).split(whereSeparator: \.isNewline)
        guard roles.status == 200, let role = lines.first else {
            if roles.status == 404 || roles.status == 200 { return .absent("the instance has no role") }
            throw service.refused(roles)
        }
        let response = try await get(Self.path + PercentEncoding.encode(role), server, token, service)
        guard response.status == 200 else { throw service.refused(response) }
        let document = try service.document(of: response)
        if let code = document["Code"]?.string, code != "Success" {
            throw AWSFailure(
                service: service.name, kind: .service(code: code, status: response.status),
                message: document["Message"]?.string ?? "")
        }
        guard let lent = LentCredentials(document, token: "Token") else {
            throw service.malformed("no AccessKeyId, SecretAccessKey or readable Expiration")
        }
        return .found(lent)
    }

    private func token(_ server: HTTPURL, _ service: MetadataService) async throws(AWSFailure) -> String {
        let request = HTTPRequest(
            .put, server.appending(path: "/latest/api/token"),
            headers: ["x-aws-ec2-metadata-token-ttl-seconds": Self.tokenSeconds])
        let response = try await service.send(request, pause: Self.pause)
        guard response.status == 200 else { throw service.refused(response) }
        let token = String(decoding: response.body, as: UTF8.self)
        guard !token.isEmpty, token.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7f }) else {
            throw service.malformed("no token")
        }
        return token
    }

    private func get(
        _ path: String, _ server: HTTPURL, _ token: String, _ service: MetadataService
    ) async throws(AWSFailure) -> HTTPResponse {
        try await service.send(
            HTTPRequest(
                .get, server.appending(path: path), headers: ["x-aws-ec2-metadata-token": token]),
            pause: Self.pause)
    }

    private func address() throws(AWSFailure) -> HTTPURL {
        let name = "AWS_EC2_METADATA_SERVICE_ENDPOINT"
        if let text = machine[name] ?? profile["ec2_metadata_service_endpoint"] {
            guard let url = HTTPURL(text) else {
                throw AWSFailure(configuration: "\(name) is not an http or https address")
            }
            return url
        }
        let mode = machine[name + "_MODE"] ?? profile["ec2_metadata_service_endpoint_mode"] ?? "ipv4"
        let text =
            switch mode.lowercased() {
            case "ipv4": "http://169.254.169.254/"
            case "ipv6": "http://[fd00:ec2::254]/"
            default: ""
            }
        guard let url = HTTPURL(text) else {
            throw AWSFailure(configuration: "\(name)_MODE is neither IPv4 nor IPv6")
        }
        return url
    }

    private func service() throws(AWSFailure) -> MetadataService {
        let (timeoutName, attemptsName) = (
            "AWS_METADATA_SERVICE_TIMEOUT", "AWS_METADATA_SERVICE_NUM_ATTEMPTS"
        )
        var (timeout, attempts) = (Self.timeout, Self.attempts)
        if let text = machine[timeoutName] ?? profile["metadata_service_timeout"] {
            guard let seconds = Int(text), seconds > 0 else {
                throw AWSFailure(configuration: "\(timeoutName) is not a positive number")
            }
            timeout = .seconds(seconds)
        }
        if let text = machine[attemptsName] ?? profile["metadata_service_num_attempts"] {
            guard let number = Int(text), number > 0 else {
                throw AWSFailure(configuration: "\(attemptsName) is not a positive number")
            }
            attempts = number
        }
        return MetadataService(
            name: "EC2 instance metadata", attempts: attempts, timeout: timeout, aws: aws)
    }
}
