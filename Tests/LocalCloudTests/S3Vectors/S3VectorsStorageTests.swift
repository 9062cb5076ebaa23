import LocalCloud
import Quantities
import Testing
import Wire

/// What a restart of the local cloud leaves of vectors.
@Suite(.timeLimit(.minutes(2))) struct S3VectorsStorageTests {
    private let time = ManualClock()
    private let database: String

    init() {
        var random = SystemRandomNumberGenerator()
        database = "vectors_" + UUID(using: &random).description.replacing("-", with: "_")
    }

    /// As after a start: nothing in memory.
    private func started() async throws -> VectorsCalls {
        VectorsCalls(
            vectors: S3VectorsService(
                clock: time.clock, database: try await TemporaryDatabase.address, name: database))
    }

    @Test func `vectors, metadata and settings survive`() async throws {
        let before = try await started()
        try await before.makeIndex(dimension: 3)
        let odd = "a key \u{0} of any kind, e\u{301}"
        let metadata: [String: JSONValue] = [
            "text": "line\n\u{0}\"", "year": 2026, "tags": ["a", true, 1.5],
        ]
        #expect(
            try await before.put([("first", [0.1, -2e-7, 3], nil), (odd, [1, 1, 1], metadata)]).0 == 200)
        #expect(try await before.put([("gone", [1, 0, 0], nil), ("first", [0.25, 0.5, 7], nil)]).0 == 200)
        _ = try await before.call("DeleteVectors", VectorsCalls.index.merging(["keys": ["gone"]]) { $1 })
        _ = try await before.call(
            "PutVectorBucketPolicy", ["vectorBucketName": "bucket", "policy": #"{"Version":"x"}"#])
        let asked = VectorsCalls.index.merging(["returnData": true, "returnMetadata": true]) { $1 }
        let listed = try await before.call("ListVectors", asked)
        let index = try await before.call("GetIndex", VectorsCalls.index)
        await before.vectors.close()

        let after = try await started()
        #expect(try await after.call("ListVectors", asked) == listed)
        #expect(after.keys(listed) == ["first", odd])
        #expect(try await after.call("GetIndex", VectorsCalls.index) == index)
        let policy = try await after.call("GetVectorBucketPolicy", ["vectorBucketName": "bucket"])
        #expect(policy["policy"] == #"{"Version":"x"}"#)

        // New vectors come behind those that were there, and behind those that are gone.
        #expect(try await after.put([("second", [0, 1, 0], nil)]).0 == 200)
        let again = try await started()
        #expect(try await again.keys(again.list()) == ["first", odd, "second"])
        await after.vectors.close()
        await again.vectors.close()
    }

    @Test func `what was deleted stays deleted`() async throws {
        let before = try await started()
        try await before.makeIndex()
        _ = try await before.put([("a", [1, 0], nil)])
        _ = try await before.call("DeleteIndex", VectorsCalls.index)
        await before.vectors.close()
        let after = try await started()
        #expect(try await after.refusal("GetIndex", VectorsCalls.index) == "404 NotFoundException")
        _ = try await after.call("DeleteVectorBucket", ["vectorBucketName": "bucket"])
        await after.vectors.close()
        let again = try await started()
        #expect(try await again.call("ListVectorBuckets", [:]) == ["vectorBuckets": []])
        try await again.makeIndex()
        #expect(try await again.keys(again.list()).isEmpty)
        await again.vectors.close()
    }

    @Test func `writers at the same time lose nothing`() async throws {
        let calls = try await started()
        try await calls.makeIndex()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<8 {
                group.addTask {
                    for number in 0..<10 {
                        let (status, answer) = try await calls.put([("\(writer)-\(number)", [1, 0], nil)])
                        #expect(status == 200, "\(answer.text)")
                    }
                }
            }
            try await group.waitForAll()
        }
        await calls.vectors.close()
        let after = try await started()
        #expect(try await Set(after.keys(after.list())).count == 80)
        await after.vectors.close()
    }

    @Test func `a database that is not there is an error of the service, not a silent loss`() async throws {
        let nowhere = VectorsCalls(
            vectors: S3VectorsService(clock: time.clock, database: DatabaseAddress(port: 1), name: database))
        let refusal = try await nowhere.refusal("CreateVectorBucket", ["vectorBucketName": "bucket"])
        #expect(refusal == "500 InternalServerException")
    }
}
