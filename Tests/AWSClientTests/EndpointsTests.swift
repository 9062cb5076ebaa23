import AWSClient
import Testing
import Wire

@Suite struct EndpointsTests {
    private static let services: [AWSService] = [
        .apiGateway, .bedrockRuntime, .cloudFront, .cloudWatchLogs, .lambda, .rdsData, .s3, .s3Vectors,
        .sageMakerRuntime, .secretsManager, .sqs, .sso, .ssoOIDC, .sts,
    ]

    /// See `Tests/Fixtures/aws/endpoints/make_hosts.py`: the services have the names of their
    /// variables there.
    @Test func `every service has the host that botocore's rules give it, in every partition`() throws {
        let document = try #require(try fixture("endpoints/hosts.json")["services"]?.object)
        #expect(Set(document.keys) == Set(Self.services.map(\.endpointVariable)))
        for service in Self.services {
            for (place, host) in try #require(document[service.endpointVariable]?.object) {
                let words = place.split(separator: " ").map(String.init)
                let endpoints = Endpoints(
                    usesFIPS: words.contains("fips"), usesDualStack: words.contains("dualstack"))
                let url = endpoints.url(of: service, region: words[0])
                #expect(url?.description == (host.string ?? "") + "/", "\(service.name), \(place)")
            }
        }
    }

    @Test(arguments: services)
    func `every service can be redirected by its own variable`(_ service: AWSService) throws {
        let endpoints = try Endpoints(environment: [
            "AWS_ENDPOINT_URL_\(service.endpointVariable)": "http://own:1/"
        ])
        #expect(endpoints.url(of: service, region: "us-east-1")?.description == "http://own:1/")
        for other in Self.services where other.endpointVariable != service.endpointVariable {
            #expect(endpoints.url(of: other, region: "us-east-1")?.host.hasSuffix("own") == false)
        }
    }

    @Test(arguments: [
        ("us-east-1", "aws"), ("il-central-1", "aws"), ("mx-central-1", "aws"), ("moon-east-1", "aws"),
        ("cn-northwest-1", "aws-cn"), ("us-gov-east-1", "aws-us-gov"), ("us-iso-west-1", "aws-iso"),
        ("us-isob-east-1", "aws-iso-b"), ("eu-isoe-west-1", "aws-iso-e"), ("us-isof-south-1", "aws-iso-f"),
        ("eusc-de-east-1", "aws-eusc"),
    ])
    func `a region tells its partition`(_ region: String, _ id: String) {
        #expect(Partition(region: region).id == id)
    }

    @Test func `what exists once in a partition is signed for one region there`() {
        #expect(AWSService.cloudFront.signingRegion(in: "eu-west-1") == "us-east-1")
        #expect(AWSService.cloudFront.signingRegion(in: "cn-north-1") == "cn-northwest-1")
        #expect(AWSService.lambda.signingRegion(in: "cn-north-1") == "cn-north-1")
    }

    @Test(arguments: ["", "evil.example/", "us-east-1.evil.example", "a@b", "us east", "ü"])
    func `a region that would lead to another host has no address`(_ region: String) {
        #expect(Endpoints().url(of: .lambda, region: region) == nil)
    }

    @Test func `variables that only begin alike are nobody's address`() throws {
        let endpoints = try Endpoints(environment: [
            "AWS_ENDPOINT_URLS": "x", "AWS_ENDPOINT_URLSQS": "http://a",
        ])
        #expect(endpoints.url(of: .sqs, region: "us-east-1")?.host == "sqs.us-east-1.amazonaws.com")
    }
}
