import AWSClient
import Fakes
import Testing
import Wire

/// Objects with conditions, ranges and checksums, and objects in parts.
@Suite struct S3ClientTests {
    private let part = S3Client.smallestPartBytes
    private let begun = ScriptedTransport.Answer.text("<R><UploadId>u</UploadId></R>")
    private let tagged = ScriptedTransport.Answer.text("", headers: ["ETag": "\"tag\""])
    private let whole = ScriptedTransport.Answer.text("<R><ETag>\"whole\"</ETag></R>")

    private func object(bytes: Int) -> S3Client.NewObject {
        S3Client.NewObject(key: "k", body: Array(repeating: 7, count: bytes))
    }

    private func put(
        _ object: S3Client.NewObject, _ under: ClientUnderTest, atOnce: Int = 1
    ) async throws -> String? {
        try await S3Client(under.configuration).putLarge(object, in: "b", partBytes: part, atOnce: atOnce)
    }

    @Test func `a condition that does not hold is no failure`() async throws {
        let under = ClientUnderTest(
            .text("<Error><Code>PreconditionFailed</Code></Error>", status: 412))
        var object = object(bytes: 1)
        object.condition = .absent
        #expect(try await S3Client(under.configuration).put(object, in: "b") == nil)
    }

    @Test func `what the caller has is not sent again`() async throws {
        let under = ClientUnderTest(.text("", status: 304))
        #expect(try await S3Client(under.configuration).download("k", from: "b", unless: "tag") == nil)
    }

    @Test func `an object that arrived damaged is a failure`() async throws {
        let headers: HTTPHeaders = ["ETag": "\"tag\"", "x-amz-checksum-crc32": "o6a/Qw=="]
        let under = ClientUnderTest(
            .text("{}", headers: headers), .text("[]", headers: headers),
            .text("[]", headers: ["ETag": "\"tag-2\"", "x-amz-checksum-crc32": "o6a/Qw==-2"]))
        let s3 = S3Client(under.configuration)
        #expect(try await s3.download("k", from: "b")?.body == Array("{}".utf8))
        let failure = await #expect(throws: AWSFailure.self) { try await s3.download("k", from: "b") }
        #expect(failure?.kind == .malformedResponse)
        // The checksum of checksums of parts is not one of the bytes.
        #expect(try await s3.download("k", from: "b")?.head.entityTag == "tag-2")
    }

    @Test func `an object that is not there has no head`() async throws {
        let under = ClientUnderTest(.text("", status: 404), .text("", status: 403))
        let s3 = S3Client(under.configuration)
        #expect(try await s3.head("k", in: "b") == nil)
        await #expect(throws: AWSFailure.self) { try await s3.head("k", in: "b") }
    }

    @Test func `what fits one part goes in one request`() async throws {
        let under = ClientUnderTest(tagged)
        #expect(try await put(object(bytes: part), under) == "tag")
        #expect(under.transport.requests.map(\.url.query) == [nil])
    }

    @Test func `parts have consecutive numbers and are listed in order`() async throws {
        let under = ClientUnderTest(begun, tagged, tagged, tagged, whole)
        #expect(try await put(object(bytes: 2 * part + 1), under, atOnce: 3) == "whole")
        let requests = under.transport.requests
        #expect(requests.dropFirst().dropLast().map(\.body.count).sorted() == [1, part, part])
        let list = try XMLElement(reading: try #require(requests.last).body)
        #expect(list.all("Part").map { $0["PartNumber"]?.text } == ["1", "2", "3"])
    }

    @Test func `no more parts are on their way than allowed`() async throws {
        let gate = GatedTransport(ScriptedTransport(begun, tagged, tagged, tagged, tagged, whole))
        var configuration = ClientUnderTest().configuration
        configuration.transport = gate
        let (client, object) = (S3Client(configuration), object(bytes: 4 * part))
        let upload = Task { try await client.putLarge(object, in: "b", partBytes: part, atOnce: 2) }
        await gate.arrived(1)
        gate.pass()
        await gate.arrived(3)
        #expect(gate.count == 3)
        gate.open()
        #expect(try await upload.value == "whole")
    }

    private let broken = ScriptedTransport.Answer.text(
        "<?xml version=\"1.0\"?>\n<Error><Code>InternalError</Code><Message>again</Message></Error>")

    @Test func `an end that fails with status 200 is tried again`() async throws {
        let under = ClientUnderTest(begun, tagged, tagged, broken, whole)
        #expect(try await put(object(bytes: part + 1), under) == "whole")
    }

    @Test func `an end that goes on failing throws the parts away`() async throws {
        let under = ClientUnderTest(
            begun, tagged, tagged, broken, broken, broken, .text("", status: 204))
        let failure = await #expect(throws: AWSFailure.self) { try await put(object(bytes: part + 1), under) }
        #expect(failure?.code == "InternalError")
        #expect(under.transport.requests.last?.method == .delete)
    }

    @Test func `parts that could not be thrown away are mentioned`() async throws {
        let under = ClientUnderTest(
            begun, .error("AccessDenied", 403, "no"), .error("AccessDenied", 403, "not that either"))
        let failure = await #expect(throws: AWSFailure.self) { try await put(object(bytes: part + 1), under) }
        #expect(failure?.message == "no; its parts are still there: not that either")
    }

    @Test func `a condition that does not hold at the end throws the parts away`() async throws {
        let under = ClientUnderTest(
            begun, tagged, tagged, .text("<Error><Code>PreconditionFailed</Code></Error>", status: 412),
            .text("", status: 204))
        var object = object(bytes: part + 1)
        object.condition = .absent
        #expect(try await put(object, under) == nil)
        let requests = under.transport.requests
        #expect(requests[3].headers["If-None-Match"] == "*")
        #expect(requests[4].method == .delete)
    }

    @Test func `an upload that is cancelled throws its parts away`() async throws {
        let script = ScriptedTransport(begun, .text("", status: 204))
        let gate = GatedTransport(script)
        var configuration = ClientUnderTest().configuration
        configuration.transport = gate
        let (client, object) = (S3Client(configuration), object(bytes: part + 1))
        let upload = Task { try await client.putLarge(object, in: "b", partBytes: part, atOnce: 1) }
        await gate.arrived(1)
        gate.pass()
        await gate.arrived(2)
        upload.cancel()
        await gate.arrived(3)
        gate.open()
        let failure = await #expect(throws: AWSFailure.self) { try await upload.value }
        #expect(failure?.kind == .transport(.cancelled))
        #expect(script.requests.map(\.method) == [.post, .delete])
    }
}
