import LocalCloud
import Quantities
import SigV4
import Synchronization
import Testing
import Wire

@Suite struct AWSFrontDoorTests {
    private static let moment = Timestamp(secondsSinceEpoch: 1_795_248_000)

    private struct Parrot: Endpoint {
        let service = "parrot"
        let dialect = AWSDialect.restJSON
        func answer(_ request: HTTPRequest) async -> Reply {
            .complete(HTTPResponse(status: 200, body: request.body))
        }
    }

    private static func request(_ service: String, key: Credentials = LocalAccount.credentials) throws
        -> HTTPRequest
    {
        let request = HTTPRequest(
            .post, try required(HTTPURL("http://127.0.0.1:4566/talk")), body: Array("hello".utf8))
        return Signer(credentials: key, region: "us-east-1", service: service).sign(request, at: moment)
    }

    private func answer(_ request: HTTPRequest) async throws -> (response: HTTPResponse, record: AccessRecord)
    {
        let log = Log()
        let door = AWSFrontDoor(endpoints: [Parrot()], now: { Self.moment }, report: { log.add($0) })
        guard case .complete(let response) = await door.answer(request) else { throw NothingThere() }
        return (response, try required(log.records.first))
    }

    @Test func `a signed request reaches its service`() async throws {
        let (response, record) = try await answer(Self.request("parrot"))
        #expect(response.body == Array("hello".utf8))
        #expect(record.service == "parrot" && record.operation == "POST /talk" && record.status == 200)
        #expect(response.headers["x-amzn-RequestId"] == record.requestID)
    }

    @Test func `a request that was changed on the way is refused`() async throws {
        var request = try Self.request("parrot")
        request.body = Array("other".utf8)
        let (response, record) = try await answer(request)
        #expect(response.status == 403)
        #expect(record.remark?.isEmpty == false && record.service == nil)
    }

    @Test func `a stranger's key and a missing signature are refused`() async throws {
        let stranger = Credentials(accessKeyID: "stranger", secretAccessKey: "local")
        let (response, _) = try await answer(Self.request("parrot", key: stranger))
        #expect(
            response.status == 403 && response.headers["x-amzn-ErrorType"] == "UnrecognizedClientException")
        let unsigned = HTTPRequest(.get, try required(HTTPURL("http://127.0.0.1:4566/talk")))
        #expect(try await answer(unsigned).response.status == 403)
    }

    @Test func `a service that is not here is named in the reply and the log`() async throws {
        let (response, record) = try await answer(Self.request("dynamodb"))
        #expect(response.headers["x-amzn-ErrorType"] == "UnknownOperationException")
        #expect(record.remark?.contains("dynamodb POST /talk") == true)
    }

    @Test func `health needs no signature`() async throws {
        let (response, _) = try await answer(
            HTTPRequest(.get, try required(HTTPURL("http://127.0.0.1:4566/_alex/health"))))
        #expect(try JSONValue(reading: response.body) == ["services": ["parrot"], "status": "ready"])
    }

    private final class Log: Sendable {
        private let entries = Mutex<[AccessRecord]>([])
        var records: [AccessRecord] { entries.withLock { $0 } }
        func add(_ record: AccessRecord) { entries.withLock { $0.append(record) } }
    }
}
