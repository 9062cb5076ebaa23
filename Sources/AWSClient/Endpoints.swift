import Wire

/// Where each service is reached: AWS's own regional hosts, unless the environment redirects them.
package struct Endpoints: Sendable {
    private let urlForAll: HTTPURL?
    private let urlByService: [String: HTTPURL]

    /// AWS itself.
    package init() {
        urlForAll = nil
        urlByService = [:]
    }

    /// Every service at one address, as LocalCloud and moto are.
    package init(all url: HTTPURL) {
        urlForAll = url
        urlByService = [:]
    }

    /// Reads `AWS_ENDPOINT_URL_<SERVICE>` and `AWS_ENDPOINT_URL`; `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=true`
    /// turns both off.
    ///
    /// - Throws: A configuration failure naming the variable that is not an address.
    package init(environment: [String: String]) throws(AWSFailure) {
        let isIgnored = environment["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"]?.lowercased() == "true"
        var urlForAll: HTTPURL?
        var urlByService: [String: HTTPURL] = [:]
        for (name, text) in environment where name.hasPrefix(Self.variable) && !text.isEmpty && !isIgnored {
            guard let url = HTTPURL(text) else {
                throw AWSFailure(configuration: "\(name) is not an http or https address")
            }
            if name == Self.variable { urlForAll = url } else { urlByService[name] = url }
        }
        self.urlForAll = urlForAll
        self.urlByService = urlByService
    }

    package func url(of service: AWSService, region: String) -> HTTPURL? {
        if let url = urlByService["\(Self.variable)_\(service.endpointVariable)"] ?? urlForAll { return url }
        let domain = service.domain ?? (region.hasPrefix("cn-") ? "amazonaws.com.cn" : "amazonaws.com")
        let host = service.globalRegion == nil ? "\(service.hostPrefix).\(region)" : service.hostPrefix
        return HTTPURL("https://\(host).\(domain)")
    }

    private static let variable = "AWS_ENDPOINT_URL"
}
