/// A part of AWS with domains and accounts of its own.
///
/// Source: botocore's `data/partitions.json`; of its region patterns the beginnings are enough to tell them
/// apart.
package struct Partition: Sendable, Equatable {
    package let id: String
    /// The end of a regional host name.
    package let domain: String
    /// The same of hosts that are reached over IPv6 as well.
    package let dualStackDomain: String
    /// The region that services are signed for which exist once in the partition.
    package let globalRegion: String

    /// The partition a region lies in; a region nobody knows is taken for one of the commercial partition.
    package init(region: String) {
        self = Self.byPrefix.first { region.hasPrefix($0.prefix) }?.partition ?? .commercial
    }

    private init(_ id: String, _ domain: String, _ dualStackDomain: String, _ globalRegion: String) {
        self.id = id
        self.domain = domain
        self.dualStackDomain = dualStackDomain
        self.globalRegion = globalRegion
    }

    package static let commercial = Partition("aws", "amazonaws.com", "api.aws", "us-east-1")

    /// Built when a region is first asked for, not at start.
    private static let byPrefix: [(prefix: String, partition: Partition)] = [
        ("cn-", Partition("aws-cn", "amazonaws.com.cn", "api.amazonwebservices.com.cn", "cn-northwest-1")),
        ("us-gov-", Partition("aws-us-gov", "amazonaws.com", "api.aws", "us-gov-west-1")),
        ("us-iso-", Partition("aws-iso", "c2s.ic.gov", "api.aws.ic.gov", "us-iso-east-1")),
        ("us-isob-", Partition("aws-iso-b", "sc2s.sgov.gov", "api.aws.scloud", "us-isob-east-1")),
        ("eu-isoe-", Partition("aws-iso-e", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk", "eu-isoe-west-1")),
        ("us-isof-", Partition("aws-iso-f", "csp.hci.ic.gov", "api.aws.hci.ic.gov", "us-isof-south-1")),
        ("eusc-", Partition("aws-eusc", "amazonaws.eu", "api.amazonwebservices.eu", "eusc-de-east-1")),
    ]
}

extension String {
    /// Whether this can be a region: letters, digits and hyphens, so that it stays one label of a host name
    /// wherever it is put.
    var isRegion: Bool {
        !isEmpty
            && utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}
