import LocalCloud
import Testing
import Wire

@Suite struct S3VectorsServiceTests {
    private let time = ManualClock()

    private func calls(_ limits: S3VectorsLimits = S3VectorsLimits()) -> VectorsCalls {
        VectorsCalls(vectors: S3VectorsService(clock: time.clock, database: nil, limits: limits))
    }

    @Test func `a bad vector keeps out the whole request, and says which it is`() async throws {
        let calls = calls()
        try await calls.makeIndex()
        let (status, answer) = try await calls.put([("good", [1, 0], nil), ("bad", [1, 0, 0], nil)])
        #expect(status == 400)
        #expect(answer["message"]?.string?.hasPrefix("Invalid record for key 'bad'") == true)
        #expect(answer["fieldList"]?.array?.first?["path"] == "/vectors")
        #expect(try await calls.keys(calls.list()).isEmpty)
    }

    @Test func `metadata may have just as many bytes and keys as documented`() async throws {
        let calls = calls()
        try await calls.makeIndex()
        // {"a":"..."} takes eight bytes beside the text.
        let filterable = String(repeating: "x", count: 2048 - 8)
        #expect(try await calls.put([("a", [1, 0], ["a": .string(filterable)])]).0 == 200)
        let tooLong = try await calls.put([("a", [1, 0], ["a": .string(filterable + "x")])])
        #expect(tooLong.1["message"]?.string?.hasSuffix("must have at most 2048 bytes") == true)
        let text = String(repeating: "x", count: 40 * 1024 - 11)
        #expect(try await calls.put([("a", [1, 0], ["text": .string(text)])]).0 == 200)
        #expect(try await calls.put([("a", [1, 0], ["text": .string(text + "x")])]).0 == 400)
        let keys = Dictionary(uniqueKeysWithValues: (1...50).map { ("\($0)", JSONValue.number($0)) })
        #expect(try await calls.put([("a", [1, 0], keys)]).0 == 200)
        let oneMore = keys.merging(["51": 51]) { $1 }
        #expect(try await calls.put([("a", [1, 0], oneMore)]).0 == 400)
    }

    @Test func `zero has no direction, but a place`() async throws {
        let cosine = calls()
        try await cosine.makeIndex()
        #expect(try await cosine.put([("zero", [0, 0], nil)]).0 == 400)
        let euclidean = calls()
        try await euclidean.makeIndex("euclidean")
        #expect(try await euclidean.put([("zero", [0, 0], nil)]).0 == 200)
    }

    @Test(arguments: [["NaN", 0], [1e39, 0], [nil, 0], [true, 0]] as [[JSONValue]])
    func `what is no number of 32 bits is no vector`(numbers: [JSONValue]) async throws {
        let calls = calls()
        try await calls.makeIndex()
        #expect(try await calls.put([("a", numbers, nil)]).0 == 400)
    }

    @Test func `of vectors with one key in a request the last one stays`() async throws {
        let calls = calls()
        try await calls.makeIndex()
        _ = try await calls.put([("a", [1, 0], nil), ("b", [1, 0], nil), ("a", [0, 1], nil)])
        let answer = try await calls.call(
            "GetVectors", VectorsCalls.index.merging(["keys": ["a"], "returnData": true]) { $1 })
        #expect(answer["vectors"]?.array?.first?["data"]?["float32"]?.array?.compactMap(\.double) == [0, 1])
        #expect(try await calls.keys(calls.list()) == ["a", "b"])
    }

    @Test func `pages go on where they stopped, whatever is written and deleted between them`() async throws {
        let calls = calls()
        try await calls.makeIndex()
        _ = try await calls.put((1...6).map { ("\($0)", [1, .number($0)], nil) })
        let first = try await calls.list(["maxResults": 3])
        _ = try await calls.call("DeleteVectors", VectorsCalls.index.merging(["keys": ["3", "5"]]) { $1 })
        _ = try await calls.put([("1", [2, 2], nil), ("7", [1, 7], nil)])
        let second = try await calls.list(["nextToken": first["nextToken"] ?? .null])
        #expect(calls.keys(first) == ["1", "2", "3"] && calls.keys(second) == ["4", "6", "7"])
        #expect(second["nextToken"] == nil)
    }

    @Test func `a page ends after a megabyte`() async throws {
        let calls = calls()
        try await calls.makeIndex()
        let text = String(repeating: "x", count: 39_000)
        for number in 1...40 {
            _ = try await calls.put([("\(number)", [1, 0], ["text": .string(text)])])
        }
        let page = try await calls.list(["returnMetadata": true])
        #expect(calls.keys(page).count == 27)
        let rest = try await calls.list(["returnMetadata": true, "nextToken": page["nextToken"] ?? .null])
        #expect(calls.keys(rest).count == 13)
    }

    @Test func `more than 2500 vectors in a second are too many`() async throws {
        let calls = calls()
        try await calls.makeIndex()
        let batch = (1...500).map { ("\($0)", [1, .number($0)] as [JSONValue], [String: JSONValue]?.none) }
        for _ in 1...5 { #expect(try await calls.put(batch).0 == 200) }
        #expect(try await calls.put([batch[0]]).0 == 429)
        time.advance(by: .seconds(1))
        #expect(try await calls.put([batch[0]]).0 == 200)
    }

    @Test func `quotas are refused with 402`() async throws {
        var limits = S3VectorsLimits()
        limits.buckets = 1
        limits.indexesPerBucket = 1
        let calls = calls(limits)
        try await calls.makeIndex()
        let quota = "402 ServiceQuotaExceededException"
        #expect(try await calls.refusal("CreateVectorBucket", ["vectorBucketName": "second"]) == quota)
        let second: [String: JSONValue] = [
            "vectorBucketName": "bucket", "indexName": "second", "dataType": "float32", "dimension": 1,
            "distanceMetric": "cosine",
        ]
        #expect(try await calls.refusal("CreateIndex", second) == quota)
    }

    @Test(
        arguments: [
            ("indexName", "ab"), ("indexName", "Capital"), ("indexName", "-abc"), ("dimension", 0),
            ("dimension", 4097), ("distanceMetric", "dot"), ("dataType", "float16"), ("dimension", nil),
            ("metadataConfiguration", ["nonFilterableMetadataKeys": ["a", "a"]]),
            ("metadataConfiguration", ["nonFilterableMetadataKeys": [""]]),
            ("encryptionConfiguration", ["sseType": "aws:kms"]), ("tags", ["": "x"]),
        ] as [(String, JSONValue)])
    func `an index that cannot be is refused`(member: String, value: JSONValue) async throws {
        let calls = calls()
        try await calls.makeIndex()
        var draft: [String: JSONValue] = [
            "vectorBucketName": "bucket", "indexName": "second", "dataType": "float32", "dimension": 1,
            "distanceMetric": "cosine",
        ]
        draft[member] = value
        #expect(try await calls.refusal("CreateIndex", draft) == "400 ValidationException")
    }

    @Test func `every segment is listed, and no vector in two of them`() async throws {
        let calls = calls()
        try await calls.makeIndex()
        let keys = (1...300).map { "key \($0)" }
        _ = try await calls.put(keys.map { ($0, [1, 1], nil) })
        var found: [String] = []
        for segment in 0..<16 {
            let part = try await calls.list(["segmentCount": 16, "segmentIndex": .number(segment)])
            #expect((5...40).contains(calls.keys(part).count))
            found += calls.keys(part)
        }
        #expect(found.sorted() == keys.sorted())
    }
}
