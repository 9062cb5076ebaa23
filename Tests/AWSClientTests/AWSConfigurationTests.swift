import AWSClient
import Fakes
import SigV4
import Testing
import Wire

@Suite struct AWSConfigurationTests {
    let environment = [
        "AWS_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "id", "AWS_SECRET_ACCESS_KEY": "secret",
    ]

    private func configuration(_ changes: [String: String]) throws(AWSFailure) -> AWSConfiguration {
        try AWSConfiguration(
            environment: environment.merging(changes) { $1 }, transport: ScriptedTransport())
    }

    @Test func `region, keys and token come from the environment`() async throws {
        let configuration = try configuration(["AWS_SESSION_TOKEN": "token", "AWS_MAX_ATTEMPTS": "5"])
        #expect(configuration.region == "eu-central-1")
        #expect(
            try await configuration.credentials.credentials()
                == Credentials(accessKeyID: "id", secretAccessKey: "secret", sessionToken: "token"))
        #expect(configuration.retry.attempts == 5)
    }

    @Test func `the default region counts when there is no other, an empty one is none`() throws {
        let changes = ["AWS_REGION": "", "AWS_DEFAULT_REGION": "us-west-2"]
        #expect(try configuration(changes).region == "us-west-2")
    }

    @Test func `everything missing is named at once`() {
        let failure = #expect(throws: AWSFailure.self) {
            try AWSConfiguration(environment: ["AWS_ACCESS_KEY_ID": "id"], transport: ScriptedTransport())
        }
        #expect(failure?.kind == .configuration)
        #expect(failure?.message == "missing in the environment: AWS_REGION, AWS_SECRET_ACCESS_KEY")
    }

    @Test(arguments: [
        ("AWS_MAX_ATTEMPTS", "0"), ("AWS_ENDPOINT_URL", "localhost:4566"), ("AWS_ENDPOINT_URL_SQS", "x"),
    ])
    func `a setting that makes no sense is refused by name`(_ name: String, _ value: String) {
        let failure = #expect(throws: AWSFailure.self) { try configuration([name: value]) }
        #expect(failure?.message.hasPrefix(name + " ") == true)
    }

    @Test func `a service's own endpoint comes before the one for all`() throws {
        let endpoints = try configuration([
            "AWS_ENDPOINT_URL": "http://localhost:4566", "AWS_ENDPOINT_URL_SQS": "http://queue:1/base",
        ]).endpoints
        #expect(endpoints.url(of: .sqs, region: "r")?.description == "http://queue:1/base")
        #expect(endpoints.url(of: .rdsData, region: "r")?.description == "http://localhost:4566/")
    }

    @Test func `configured endpoints can be ignored`() throws {
        let endpoints = try configuration([
            "AWS_ENDPOINT_URL": "http://localhost:4566", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true",
        ]).endpoints
        #expect(
            endpoints.url(of: .rdsData, region: "us-east-1")?.description
                == "https://rds-data.us-east-1.amazonaws.com/")
    }

    @Test func `China has its own domain`() {
        #expect(
            Endpoints().url(of: .lambda, region: "cn-north-1")?.description
                == "https://lambda.cn-north-1.amazonaws.com.cn/")
    }
}
