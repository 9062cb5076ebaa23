import AWSClient
import Fakes
import Quantities
import Testing
import Wire

/// The requests of the one-call services beside those of AWS's own SDK.
@Suite struct GoldenRequestTests {
    let queue = "https://sqs.us-east-1.amazonaws.com/123456789012/analysis"
    let message = SQSClient.Message(id: "id", receiptHandle: "handle", body: "")

    /// What the SDK may choose: to ask before it sends, to leave a body out of the signature, to have
    /// checksums sent back.
    static let choices: Set = ["expect", "x-amz-content-sha256", "x-amz-checksum-mode"]

    /// What the fixtures leave out, and what the model has no member for and services take as it comes.
    static let additions: Set = [
        "accept", "amz-sdk-invocation-id", "amz-sdk-request", "authorization", "content-type", "host",
        "user-agent", "x-amz-content-sha256", "x-amz-date", "x-amz-security-token",
    ]

    func expectSame(
        _ service: String, _ name: String, answer: ScriptedTransport.Answer = .text("{}"),
        _ call: (AWSConfiguration) async throws -> Void
    ) async throws {
        let under = ClientUnderTest(answer)
        try await call(under.configuration)
        try expectSame(service, name, try #require(under.transport.requests.first))
    }

    func expectSame(_ service: String, _ name: String, _ request: HTTPRequest) throws {
        let golden = try #require(try goldenRequest(service, name))
        #expect(request.method.rawValue == golden["method"]?.string)
        #expect(request.url.description == golden["url"]?.string)
        for (header, value) in golden["headers"]?.object ?? [:] where !Self.choices.contains(header) {
            #expect(request.headers[header] == value.string, "\(header)")
        }
        for header in request.headers.fields.map({ $0.name.lowercased() }) {
            let isMeant = golden["headers"]?[header] != nil || Self.additions.contains(header)
            #expect(isMeant, "\(header) is not in the request of the SDK")
        }
        let body = golden["body"]?.string ?? ""
        guard body.hasPrefix("{") else {
            #expect(request.body == Array(body.utf8))
            return
        }
        #expect(try JSONValue(reading: request.body) == JSONValue(reading: body))
    }

    @Test func `SendMessage`() async throws {
        try await expectSame("sqs", "send", answer: .text(#"{"MessageId":"m"}"#)) {
            _ = try await SQSClient($0).send(body: "{\"job_id\":\"ä\n\"}", to: queue)
        }
    }

    @Test func `SendMessageBatch`() async throws {
        try await expectSame("sqs", "sendBatch") {
            _ = await SQSClient($0).sendBatch(["first", "second"], to: queue)
        }
    }

    @Test func `ReceiveMessage`() async throws {
        try await expectSame("sqs", "receive") {
            _ = try await SQSClient($0).receive(
                from: queue, limit: 5, wait: .seconds(20), visibility: .seconds(90))
        }
    }

    @Test func `DeleteMessage`() async throws {
        try await expectSame("sqs", "delete", answer: .text("")) {
            try await SQSClient($0).delete(message, from: queue)
        }
    }

    @Test func `ChangeMessageVisibility`() async throws {
        try await expectSame("sqs", "changeVisibility", answer: .text("")) {
            try await SQSClient($0).changeVisibility(of: message, in: queue, to: .zero)
        }
    }

    @Test func `GetQueueAttributes`() async throws {
        try await expectSame("sqs", "attributes") {
            _ = try await SQSClient($0).attributes(of: queue, ["ApproximateNumberOfMessages"])
        }
    }

    @Test func `Invoke`() async throws {
        try await expectSame("lambda", "invoke") {
            _ = try await LambdaClient($0).invoke(
                function: "planner", payload: Array(#"{"a":1}"#.utf8), timeout: .seconds(60))
        }
    }

    @Test func `Invoke of an alias by ARN, with the log`() async throws {
        try await expectSame("lambda", "invokeWithLog") {
            _ = try await LambdaClient($0).invoke(
                function: "arn:aws:lambda:us-east-1:123456789012:function:planner:live",
                payload: Array("{}".utf8), timeout: .seconds(60), wantsLog: true)
        }
    }

    @Test func `Invoke as an event`() async throws {
        try await expectSame("lambda", "invokeAsynchronously", answer: .text("", status: 202)) {
            try await LambdaClient($0).invokeAsynchronously(function: "planner", payload: Array("{}".utf8))
        }
    }

    @Test func `GetSecretValue`() async throws {
        try await expectSame("secretsmanager", "secret", answer: .text(#"{"SecretString":"s"}"#)) {
            _ = try await SecretsClient($0).secret("alex/database")
        }
    }

    @Test func `PutSecretValue`() async throws {
        try await expectSame("secretsmanager", "put") {
            try await SecretsClient($0).put(
                "value", into: "alex/ingest", version: "00000000-0000-4000-8000-000000000000")
        }
    }

    @Test func `FilterLogEvents`() async throws {
        try await expectSame("logs", "filter") {
            _ = try await CloudWatchLogsClient($0).events(LogQuery(group: "/aws/lambda/alex-planner"))
        }
    }

    @Test func `FilterLogEvents of some streams, within a time, with a pattern and a limit`() async throws {
        var query = LogQuery(
            group: "/aws/lambda/alex-planner", start: Timestamp(millisecondsSinceEpoch: 1_795_770_000_123))
        query.end = Timestamp(millisecondsSinceEpoch: 1_795_773_600_000)
        query.streams = ["2026/11/27/[$LATEST]a", "2026/11/27/[$LATEST]b"]
        query.pattern = "\"job ended\" -ä"
        query.limit = 7
        try await expectSame("logs", "filterWithAll") { [query] in
            _ = try await CloudWatchLogsClient($0).page(query)
        }
    }

    @Test func `DescribeLogGroups`() async throws {
        try await expectSame("logs", "groups") {
            _ = try await CloudWatchLogsClient($0).groups(prefix: "/aws/lambda/alex-")
        }
    }
}

/// The same for the services a deployment works with.
extension GoldenRequestTests {
    @Test func `GetCallerIdentity`() async throws {
        let answer =
            "<R><GetCallerIdentityResult><Account>1</Account><Arn>a</Arn></GetCallerIdentityResult></R>"
        try await expectSame("sts", "callerIdentity", answer: .text(answer)) {
            _ = try await STSClient($0).callerIdentity()
        }
    }

    @Test func `ListObjectsV2`() async throws {
        try await expectSame("s3", "objects", answer: .text("<ListBucketResult/>")) {
            _ = try await S3Client($0).objects(in: "alex-site", prefix: "assets/ü")
        }
    }

    @Test func `PutObject`() async throws {
        try await expectSame("s3", "put") {
            try await S3Client($0).put(
                Array("let a".utf8), to: "alex-site", key: "assets/a b.js",
                contentType: "text/javascript; charset=utf-8", cacheControl: "no-cache")
        }
    }

    @Test func `GetObject and DeleteObject`() async throws {
        try await expectSame("s3", "object") {
            _ = try await S3Client($0).object("assets/a b.js", in: "alex-site")
        }
        try await expectSame("s3", "delete") {
            try await S3Client($0).delete("assets/a b.js", from: "alex-site")
        }
    }

    @Test func `CreateInvalidation`() async throws {
        try await expectSame("cloudfront", "invalidateAll", answer: .text("<I><Id>1</Id></I>")) {
            _ = try await CloudFrontClient($0).invalidateAll(of: "E123", reference: "one")
        }
    }

    @Test func `the keys of a REST API`() async throws {
        let key = APIGatewayClient.Key(id: "key", name: "alex-ingest")
        try await expectSame("apigateway", "keys") {
            _ = try await APIGatewayClient($0).keys(named: "alex-ingest")
        }
        try await expectSame("apigateway", "createKey", answer: .text(#"{"id":"key"}"#)) {
            _ = try await APIGatewayClient($0).createKey(named: "alex-ingest", value: "0123456789abcdef0123")
        }
        try await expectSame("apigateway", "attach") {
            try await APIGatewayClient($0).attach(key, toUsagePlan: "plan")
        }
        try await expectSame("apigateway", "delete") { try await APIGatewayClient($0).delete(key) }
    }

    @Test func `a vector bucket and its index`() async throws {
        let (bucket, name) = ("alex-vectors-123456789012", "financial-research")
        try await expectSame("s3vectors", "createBucket") {
            _ = try await S3VectorsClient($0).createBucket(bucket)
        }
        try await expectSame("s3vectors", "createIndex") {
            let index = S3VectorsClient.Index(
                name: name, dimension: 384, metric: .cosine, nonFilterableKeys: ["text"])
            _ = try await S3VectorsClient($0).create(index, in: bucket)
        }
        let index = #"{"index":{"dimension":384,"distanceMetric":"cosine"}}"#
        try await expectSame("s3vectors", "index", answer: .text(index)) {
            _ = try await S3VectorsClient($0).index(name, in: bucket)
        }
        try await expectSame("s3vectors", "deleteIndex") {
            try await S3VectorsClient($0).deleteIndex(name, in: bucket)
        }
        try await expectSame("s3vectors", "deleteBucket") {
            try await S3VectorsClient($0).deleteBucket(bucket)
        }
    }

    private var research: S3VectorsClient.Place {
        S3VectorsClient.Place(bucket: "alex-vectors-123456789012", index: "financial-research")
    }

    @Test func `PutVectors`() async throws {
        try await expectSame("s3vectors", "put") {
            try await S3VectorsClient($0).put(
                [
                    S3VectorsClient.Vector(
                        key: "a-0001", numbers: [0.5, -0.25], metadata: ["text": "ä", "symbols": ["VTI"]])
                ], in: research)
        }
    }

    @Test func `GetVectors`() async throws {
        try await expectSame("s3vectors", "get", answer: .text(#"{"vectors":[]}"#)) {
            _ = try await S3VectorsClient($0).vectors(["a-0001"], in: research)
        }
    }

    @Test func `DeleteVectors`() async throws {
        try await expectSame("s3vectors", "deleteVectors") {
            try await S3VectorsClient($0).delete(["a-0001", "a-0002"], in: research)
        }
    }

    @Test func `ListVectors`() async throws {
        try await expectSame("s3vectors", "list", answer: .text(#"{"vectors":[]}"#)) {
            _ = try await S3VectorsClient($0).page(after: "next", withMetadata: true, in: research)
        }
    }

    @Test func `QueryVectors`() async throws {
        try await expectSame("s3vectors", "query", answer: .text(#"{"vectors":[]}"#)) {
            _ = try await S3VectorsClient($0).nearest(
                to: [0.5, -0.25], count: 5, filter: ["symbols": "VTI"], in: research)
        }
    }

    @Test func `InvokeEndpoint`() async throws {
        try await expectSame("sagemaker-runtime", "invoke", answer: .text("[]")) {
            _ = try await SageMakerClient($0).invoke(
                endpoint: "alex-embedding-endpoint", json: ["inputs": ["text"]])
        }
    }
}
