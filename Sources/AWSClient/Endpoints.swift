import Wire

/// Where each service is reached: AWS's own regional hosts, unless environment or profile redirect them.
package struct Endpoints: Sendable {
    private var urlForAll: HTTPURL?
    /// By the service's name in ``AWSService/endpointVariable``.
    private var urlByService: [String: HTTPURL] = [:]
    /// What a profile says; anything the environment says comes before.
    private var profileURLForAll: HTTPURL?
    private var profileURLByService: [String: HTTPURL] = [:]
    /// Hosts whose cryptography is validated by FIPS 140.
    package private(set) var usesFIPS = false
    /// Hosts that are reached over IPv6 as well.
    package private(set) var usesDualStack = false

    /// AWS itself.
    package init() {}

    /// AWS itself, at other hosts than the usual ones.
    package init(usesFIPS: Bool, usesDualStack: Bool) {
        self.usesFIPS = usesFIPS
        self.usesDualStack = usesDualStack
    }

    /// Every service at one address, as LocalCloud and moto are.
    package init(all url: HTTPURL) {
        urlForAll = url
    }

    /// Reads `AWS_ENDPOINT_URL_<SERVICE>` and `AWS_ENDPOINT_URL`, which
    /// `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=true` turns off, `AWS_USE_FIPS_ENDPOINT` and
    /// `AWS_USE_DUALSTACK_ENDPOINT`.
    ///
    /// - Throws: A configuration failure naming the variable that is not an address, or neither true nor
    ///   false.
    package init(environment: [String: String]) throws(AWSFailure) {
        usesFIPS = try Self.flag("AWS_USE_FIPS_ENDPOINT", environment)
        usesDualStack = try Self.flag("AWS_USE_DUALSTACK_ENDPOINT", environment)
        let isIgnored = try Self.flag("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", environment)
        for (name, text) in environment where name.hasPrefix(Self.variable) && !text.isEmpty && !isIgnored {
            if name == Self.variable {
                urlForAll = try Self.url(text, of: name)
            } else if name.hasPrefix(Self.variable + "_") {
                urlByService[String(name.dropFirst(Self.variable.count + 1))] = try Self.url(text, of: name)
            }
        }
    }

    /// The same with what a profile says where the environment says nothing.
    ///
    /// - Throws: A configuration failure naming the property that is not an address.
    func over(
        urlForAll: String?, urlByService: [String: String], of profile: String
    ) throws(AWSFailure) -> Endpoints {
        var copy = self
        if let urlForAll { copy.profileURLForAll = try Self.url(urlForAll, of: "endpoint_url of \(profile)") }
        for (service, text) in urlByService {
            copy.profileURLByService[service] = try Self.url(
                text, of: "endpoint_url of \(service.lowercased()) of \(profile)")
        }
        return copy
    }

    /// - Returns: `nil` when no address can be made with that region.
    package func url(of service: AWSService, region: String) -> HTTPURL? {
        let name = service.endpointVariable
        if let url = urlByService[name] ?? urlForAll ?? profileURLByService[name] ?? profileURLForAll {
            return url
        }
        guard region.isRegion else { return nil }
        return HTTPURL("https://\(host(of: service, Partition(region: region), region))")
    }

    /// Source: the endpoint rules of botocore's service models; `Tests/Fixtures/aws/endpoints` holds what
    /// they make of each service and partition.
    private func host(of service: AWSService, _ partition: Partition, _ region: String) -> String {
        let prefix = service.hostPrefix
        if service.globalRegion != nil {
            let host = usesFIPS ? prefix + "-fips" : prefix
            if usesDualStack {
                return partition == .commercial
                    ? "\(host).global.\(partition.dualStackDomain)" : "\(host).\(partition.dualStackDomain)"
            }
            return partition.id == "aws-cn"
                ? "\(host).\(partition.globalRegion).\(partition.domain)" : "\(host).\(partition.domain)"
        }
        let host = usesFIPS ? hostWithFIPS(prefix, partition) : prefix
        if prefix == "s3" && usesDualStack { return "\(host).dualstack.\(region).\(partition.domain)" }
        let isDualStackAnyway =
            prefix == "secretsmanager" && ["aws", "aws-cn", "aws-us-gov"].contains(partition.id)
        let isDualStack = usesDualStack && !isDualStackAnyway || service.isDualStackOnly
        return "\(host).\(region).\(isDualStack ? partition.dualStackDomain : partition.domain)"
    }

    private func hostWithFIPS(_ prefix: String, _ partition: Partition) -> String {
        if partition.id == "aws-us-gov" && Self.governmentHosts.contains(prefix)
            && (!usesDualStack || prefix == "monitoring")
        {
            return prefix
        }
        if prefix == "runtime.sagemaker" && partition == .commercial && !usesDualStack {
            return "runtime-fips.sagemaker"
        }
        return prefix + "-fips"
    }

    /// Of these the usual host in the government's regions is the validated one.
    private static let governmentHosts: Set = [
        "logs", "monitoring", "oidc", "portal.sso", "runtime.sagemaker", "sqs", "sts",
    ]
    private static let variable = "AWS_ENDPOINT_URL"

    private static func url(_ text: String, of name: String) throws(AWSFailure) -> HTTPURL {
        guard let url = HTTPURL(text) else {
            throw AWSFailure(configuration: "\(name) is not an http or https address")
        }
        return url
    }

    private static func flag(_ name: String, _ environment: [String: String]) throws(AWSFailure) -> Bool {
        guard let text = environment[name], !text.isEmpty else { return false }
        switch text.lowercased() {
        case "true": return true
        case "false": return false
        default: throw AWSFailure(configuration: "\(name) is neither true nor false")
        }
    }
}

extension AWSService {
    /// Whether all its hosts are under the domain for IPv6.
    fileprivate var isDualStackOnly: Bool { domain == Partition.commercial.dualStackDomain }

    /// The region that calls are signed for.
    package func signingRegion(in region: String) -> String {
        globalRegion == nil ? region : Partition(region: region).globalRegion
    }
}
