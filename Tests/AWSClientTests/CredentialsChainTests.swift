import AWSClient
import Fakes
import Foundation  // files for botocore's cases are real ones
import SigV4
import Synchronization
import Testing
import Wire

/// Our chain beside botocore's, over the same settings, files and answers; see
/// `Tests/Fixtures/aws/profiles/make_chain.py`.
@Suite struct CredentialsChainTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let document: JSONValue
        var testDescription: String { name }

        func strings(_ key: String) -> [String: String] {
            document[key]?.object?.compactMapValues(\.string) ?? [:]
        }
    }

    static let cases: [Case] = {
        do {
            let cases = try fixture("profiles/chain.json")["cases"]?.object ?? [:]
            return cases.map { Case(name: $0.key, document: $0.value) }.sorted { $0.name < $1.name }
        } catch {
            Issue.record(error)
            return []
        }
    }()

    @Test func `botocore's cases are all there`() {
        #expect(Self.cases.count == 51)
    }

    @Test(arguments: cases)
    func `the same credentials are found as botocore finds, by the same questions`(_ one: Case) async throws {
        let home = FileManager.default.temporaryDirectory.appending(path: "alex-\(UUID())").path
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(atPath: home) } }
        let written = { (text: String) in text.replacingOccurrences(of: "{home}", with: home) }
        try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
        for (path, text) in one.strings("files") {
            let file = URL(filePath: home).appending(path: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(written(text).utf8).write(to: file)
        }
        var environment = one.strings("environment").mapValues(written)
        environment["HOME"] = home
        environment["PATH"] = ProcessInfo.processInfo.environment["PATH"]
        let network = AnswersByAddress(one.document["answers"]?.object ?? [:])
        let keys = one.document["keys"]
        do throws(AWSFailure) {
            let settings = try SharedSettings(.live(environment: environment))
            var aws = AWSConfiguration.unsigned(network)
            aws.region = settings.region ?? "none"
            let credentials = try await CachingCredentials(CredentialsChain(settings, aws), now: aws.now)
                .credentials()
            #expect(credentials.accessKeyID == keys?["id"]?.string)
            #expect(credentials.secretAccessKey == keys?["secret"]?.string)
            #expect(credentials.sessionToken == keys?["token"]?.string)
        } catch {
            #expect(keys == nil, "\(error.message)")
            #expect(one.document["failure"] != nil)
        }
        try expectSame(network.asked, one.document["asked"]?.array ?? [], home)
    }

    private func expectSame(_ ours: [HTTPRequest], _ theirs: [JSONValue], _ home: String) throws {
        #expect(ours.count == theirs.count)
        for (request, expected) in zip(ours, theirs) {
            let line = AnswersByAddress.line(request)
            #expect(
                line == expected["line"]?.string
                    || line.prefix { $0 != "?" } == expected["line"]?.string ?? "")
            #expect(request.headers["x-amz-sso_bearer_token"] == expected["bearer"]?.string)
            #expect(request.headers["x-aws-ec2-metadata-token"] == expected["token"]?.string)
            let authorization = request.headers["Authorization"]
            if let signer = expected["signed"]?.string {
                #expect(authorization?.contains("Credential=\(signer)/") == true)
            } else {
                #expect(authorization == expected["authorization"]?.string)
            }
            guard let body = expected["body"]?.string else { continue }
            if body.hasPrefix("{") {
                #expect(try JSONValue(reading: request.body) == JSONValue(reading: body))
            } else {
                let ours = String(decoding: request.body, as: UTF8.self)
                #expect(Set(ours.split(separator: "&")) == Set(body.split(separator: "&")))
            }
        }
    }

    @Test func `where there is nothing, every place that was looked at is named`() async throws {
        let machine = MachineUnderTest(["AWS_EC2_METADATA_DISABLED": "true"])
        let settings = try SharedSettings(machine.machine)
        let aws = AWSConfiguration.unsigned(ScriptedTransport())
        let cache = CachingCredentials(CredentialsChain(settings, aws), now: aws.now)
        let failure = await #expect(throws: AWSFailure.self) { try await cache.credentials() }
        #expect(
            failure?.message
                == "no AWS credentials: AWS_ACCESS_KEY_ID is not set; "
                + "AWS_WEB_IDENTITY_TOKEN_FILE is not set; "
                + "there is no profile default; AWS_CONTAINER_CREDENTIALS_RELATIVE_URI and "
                + "AWS_CONTAINER_CREDENTIALS_FULL_URI are not set; AWS_EC2_METADATA_DISABLED is true")
        #expect(failure?.kind == .configuration)
    }

    @Test func `with keys in the environment no other place is looked at`() async throws {
        let machine = MachineUnderTest(
            [
                "AWS_ACCESS_KEY_ID": "env-id", "AWS_SECRET_ACCESS_KEY": "env-secret",
                "AWS_CREDENTIAL_EXPIRATION": "2099-01-01T00:00:00Z",
            ])
        let settings = try SharedSettings(machine.machine)
        let before = machine.filesRead
        let chain = CredentialsChain(settings, .unsigned(ScriptedTransport()))
        #expect(try await found(chain) == lent("env", token: false))
        #expect(machine.filesRead == before)
    }

    @Test func `what is set up and fails is the end of it`() async throws {
        let machine = MachineUnderTest(["AWS_WEB_IDENTITY_TOKEN_FILE": "/none", "AWS_ROLE_ARN": "arn:r"])
        let chain = CredentialsChain(try SharedSettings(machine.machine), .unsigned(ScriptedTransport()))
        let failure = await #expect(throws: AWSFailure.self) { try await chain.find() }
        #expect(failure?.message == "/none, the web identity token, is not there")
    }
}

/// Answers each address with its own text, or with the next of its texts; of an instance that answers at all
/// the rest is not found, and everything else is silent.
private final class AnswersByAddress: HTTPTransport {
    private let state: Mutex<(answers: [String: [String]], asked: [HTTPRequest])>
    private let isInstance: Bool

    init(_ answers: [String: JSONValue]) {
        isInstance = answers.keys.contains { $0.hasPrefix("PUT http://169.254.169.254/") }
        state = Mutex((answers.mapValues { $0.array?.compactMap(\.string) ?? [$0.string ?? ""] }, []))
    }

    var asked: [HTTPRequest] { state.withLock { $0.asked } }

    static func line(_ request: HTTPRequest) -> String { "\(request.method.rawValue) \(request.url)" }

    func send(_ request: HTTPRequest, timeout: Duration) async throws(TransportFailure) -> HTTPResponse {
        let line = Self.line(request)
        let answer = state.withLock { state -> String? in
            state.asked.append(request)
            let key = state.answers[line] == nil ? String(line.prefix { $0 != "?" }) : line
            guard let answers = state.answers[key], let first = answers.first else { return nil }
            if answers.count > 1 { state.answers[key]?.removeFirst() }
            return first
        }
        if let answer { return HTTPResponse(status: 200, body: Array(answer.utf8)) }
        if isInstance && request.url.host == "169.254.169.254" { return HTTPResponse(status: 404) }
        throw .timedOut(host: request.url.host, after: timeout)
    }
}
