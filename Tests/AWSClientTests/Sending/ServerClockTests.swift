import AWSClient
import Fakes
import Quantities
import SigV4
import Synchronization
import Testing
import Wire

/// The client's clock says 2015-08-30T12:36:00Z.
@Suite struct ServerClockTests {
    let call = AWSCall(.post, path: "/Execute", json: ["sql": "SELECT 1"])

    private func refusal(_ code: String, _ date: String) -> ScriptedTransport.Answer {
        .text(#"{"__type":"\#(code)"}"#, status: 403, headers: ["Date": date])
    }

    private func dates(_ under: ClientUnderTest) -> [String?] {
        under.transport.requests.map { $0.headers["X-Amz-Date"] }
    }

    @Test(arguments: [
        "AuthFailure", "InvalidSignatureException", "RequestExpired", "RequestInTheFuture",
        "RequestTimeTooSkewed",
        "SignatureDoesNotMatch",
    ])
    func `a call refused for its time is sent again with the service's time`(_ code: String) async throws {
        let under = ClientUnderTest(refusal(code, "Sun, 30 Aug 2015 14:36:00 GMT"), .text("{}"), .text("{}"))
        let client = AWSClient(.rdsData, under.configuration)
        var once = call
        once.attempts = 1
        _ = try await client.send(once)
        // The next call knows it from the start.
        _ = try await client.send(call)
        #expect(dates(under) == ["20150830T123600Z", "20150830T143600Z", "20150830T143600Z"])
        #expect(under.sleeps.isEmpty)
        #expect(under.transport.requests[1].headers["amz-sdk-request"] == "attempt=2; max=2")
        let verifier = SignatureVerifier([try await under.configuration.credentials.credentials()])
        _ = try verifier.verify(under.transport.requests[1], at: ClientUnderTest.now + .seconds(7200))
    }

    @Test func `what one call has learned serves those that were on their way`() async throws {
        let meeting = Rendezvous(of: 2)
        let transport = TwoRefused(
            meeting, refusal("InvalidSignatureException", "Sun, 30 Aug 2015 14:36:00 GMT"))
        var configuration = ClientUnderTest().configuration
        configuration.transport = transport
        let client = AWSClient(.rdsData, configuration)
        async let first = client.send(call)
        async let second = client.send(call)
        let statuses = try await [first.status, second.status]
        #expect(statuses == [200, 200])
    }

    @Test func `a wrong secret is no matter of time`() async throws {
        let under = ClientUnderTest(refusal("SignatureDoesNotMatch", "Sun, 30 Aug 2015 12:38:00 GMT"))
        await #expect(throws: AWSFailure.self) {
            try await AWSClient(.rdsData, under.configuration).send(call)
        }
        #expect(under.transport.requests.count == 1)
    }

    @Test func `a service that blames the time is believed in small things`() async throws {
        let under = ClientUnderTest(refusal("RequestExpired", "Sun, 30 Aug 2015 12:40:00 GMT"), .text("{}"))
        _ = try await AWSClient(.rdsData, under.configuration).send(call)
        #expect(dates(under) == ["20150830T123600Z", "20150830T124000Z"])
    }

    @Test func `a call is corrected once`() async throws {
        let under = ClientUnderTest(
            refusal("RequestTimeTooSkewed", "Sun, 30 Aug 2015 14:36:00 GMT"),
            refusal("RequestTimeTooSkewed", "Sun, 30 Aug 2015 16:36:00 GMT"))
        await #expect(throws: AWSFailure.self) {
            try await AWSClient(.rdsData, under.configuration).send(call)
        }
        #expect(under.transport.requests.count == 2)
    }

    @Test func `an answer that is no refusal teaches the time, too`() async throws {
        let date: HTTPHeaders = ["Date": "Sun, 30 Aug 2015 12:30:00 GMT"]
        let under = ClientUnderTest(.text("{}", headers: date), .text("{}"))
        let client = AWSClient(.rdsData, under.configuration)
        for _ in 0..<2 { _ = try await client.send(call) }
        #expect(dates(under) == ["20150830T123600Z", "20150830T123000Z"])
    }

    @Test(arguments: [
        "Sun, 30 Aug 2015 12:40:59 GMT", "Sun, 30 Aug 2015 12:31:01 GMT", "2015-08-30T14:36:00Z",
        "Sun, 30 Feb 2015 14:36:00 GMT", "Sun, 30 Aug 2015 14:36:00 CET", "Sun, 30 Aug 2015 24:36:00 GMT",
        "Sun, 30 aug 2015 14:36:00 GMT", "Sun, 3x Aug 2015 14:36:00 GMT", "",
    ])
    func `a small difference and what is no date change nothing`(_ date: String) async throws {
        let under = ClientUnderTest(.text("{}", headers: ["Date": date]), .text("{}"))
        let client = AWSClient(.rdsData, under.configuration)
        for _ in 0..<2 { _ = try await client.send(call) }
        #expect(Set(dates(under)) == ["20150830T123600Z"])
    }

    @Test func `the date of an answer that took long is no sign of a wrong clock`() async throws {
        let under = ClientUnderTest(
            .text("{}", headers: ["Date": "Sun, 30 Aug 2015 12:36:01 GMT"]), .text("{}"))
        let times = [0, 1200, 1200, 1200].map { ClientUnderTest.now + .seconds($0) }
        let asked = Counter()
        var configuration = under.configuration
        configuration.now = { times[min(asked.next(), times.count - 1)] }
        let client = AWSClient(.s3, configuration)
        for _ in 0..<2 { _ = try await client.send(call) }
        #expect(dates(under) == ["20150830T123600Z", "20150830T125600Z"])
    }
}

/// Counts from zero. A class because a clock's closure shares it.
private final class Counter: Sendable {
    private let count = Atomic(0)

    func next() -> Int { count.add(1, ordering: .relaxed).oldValue }
}

/// Refuses the first attempt of each of two calls, once both are there.
private struct TwoRefused: HTTPTransport {
    let meeting: Rendezvous
    let refusal: ScriptedTransport.Answer

    init(_ meeting: Rendezvous, _ refusal: ScriptedTransport.Answer) {
        self.meeting = meeting
        self.refusal = refusal
    }

    func send(_ request: HTTPRequest, timeout: Duration) async throws(TransportFailure) -> HTTPResponse {
        guard request.headers["X-Amz-Date"] == "20150830T123600Z" else { return HTTPResponse(status: 200) }
        await meeting.meet()
        return try refusal.get()
    }
}
