import AWSClient
import SigV4
import Testing
import Wire

/// What a deployment does, at somebody else's server.
extension MotoTests {
    @Test func `STS knows the account`() async throws {
        #expect(try await STSClient(configuration).callerIdentity().account == "123456789012")
    }

    @Test func `objects are put, listed over pages, read and deleted`() async throws {
        _ = try await AWSClient(.s3, configuration).send(AWSCall(.put, path: "/site"))
        let s3 = S3Client(configuration)
        let keys = ["assets/a b+c.js", "assets/ü&<>.js", "index.html"]
        for key in keys {
            try await s3.put(
                Array(key.utf8), to: "site", key: key, contentType: "text/plain", cacheControl: "no-cache")
        }
        let objects = try await s3.objects(in: "site")
        #expect(Set(objects.map(\.key)) == Set(keys))
        #expect(
            objects.first { $0.key == keys[0] }?.entityTag
                == Digest.hexadecimal(Digest.md5(Array(keys[0].utf8))))
        #expect(try await s3.object(keys[1], in: "site") == Array(keys[1].utf8))
        #expect(try await s3.objects(in: "site", prefix: "assets/").count == 2)
        try await s3.delete(keys[0], from: "site")
        try await s3.delete(keys[0], from: "site")
        #expect(Set(try await s3.objects(in: "site").map(\.key)) == Set(keys.dropFirst()))
        let failure = await #expect(throws: AWSFailure.self) { try await s3.objects(in: "absent") }
        #expect(failure?.code == "NoSuchBucket")
    }

    @Test func `a vector bucket and index are made once and ended`() async throws {
        let vectors = S3VectorsClient(configuration)
        let index = S3VectorsClient.Index(
            name: "research", dimension: 384, metric: .cosine, nonFilterableKeys: ["text"])
        #expect(try await vectors.createBucket("vectors"))
        #expect(try await vectors.createBucket("vectors") == false)
        #expect(try await vectors.index("research", in: "vectors") == nil)
        #expect(try await vectors.create(index, in: "vectors"))
        // moto keeps no metadata configuration, and makes an index again without a word.
        let made = try await vectors.index("research", in: "vectors")
        #expect(made?.dimension == 384)
        #expect(made?.metric == .cosine)
        try await vectors.deleteIndex("research", in: "vectors")
        try await vectors.deleteIndex("research", in: "vectors")
        try await vectors.deleteBucket("vectors")
        try await vectors.deleteBucket("vectors")
    }

    @Test func `vectors are put, read, listed over pages and deleted`() async throws {
        let vectors = S3VectorsClient(configuration)
        _ = try await vectors.createBucket("desk")
        _ = try await vectors.create(
            S3VectorsClient.Index(
                name: "research", dimension: 4, metric: .cosine, nonFilterableKeys: ["text"]), in: "desk")
        let place = S3VectorsClient.Place(bucket: "desk", index: "research")
        let written = (1...3).map { number in
            S3VectorsClient.Vector(
                key: "k\(number)", numbers: [Float(number), 0.1, -2.5e-7, 0],
                metadata: ["text": .string("ä \(number)"), "n": .number(number)])
        }
        try await vectors.put(written, in: place)
        let read = try await vectors.vectors(["k1", "k3", "absent"], withNumbers: true, in: place)
        #expect(Set(read.map(\.key)) == ["k1", "k3"])
        #expect(read.first { $0.key == "k3" } == written[2])
        let page = try await vectors.page(withMetadata: true, in: place)
        #expect(Set(page.vectors.map(\.key)) == ["k1", "k2", "k3"] && page.next == nil)
        try await vectors.delete(["k1", "k2"], in: place)
        #expect(try await vectors.page(withMetadata: false, in: place).vectors.map(\.key) == ["k3"])
    }

    @Test func `a key is made, attached to its plan, found and deleted`() async throws {
        let gateway = APIGatewayClient(configuration)
        let plan = try await AWSClient(.apiGateway, configuration).json(
            AWSCall(.post, path: "/usageplans", json: ["name": "plan"]))
        let key = try await gateway.createKey(named: "alex-ingest", value: "0123456789abcdef0123")
        try await gateway.attach(key, toUsagePlan: try #require(plan["id"]?.string))
        #expect(try await gateway.keys(named: "alex-ingest").contains(key))
        try await gateway.delete(key)
        #expect(try await gateway.keys(named: "alex-ingest") == [])
    }

    @Test func `a secret gets a new text`() async throws {
        _ = try await AWSClient(.secretsManager, configuration).json(
            AWSCall(
                target: "secretsmanager.CreateSecret", version: "1.1",
                json: ["Name": "alex/ingest", "ClientRequestToken": "0123456789012345678901234567890123"]))
        let secrets = SecretsClient(configuration)
        try await secrets.put("one", into: "alex/ingest", version: "00000000-0000-4000-8000-000000000001")
        try await secrets.put("two", into: "alex/ingest", version: "00000000-0000-4000-8000-000000000002")
        #expect(try await secrets.secret("alex/ingest") == "two")
    }
}
