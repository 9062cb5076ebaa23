import AWSClient
import Fakes
import Testing
import Wire

@Suite struct AWSFailureTests {
    private func failure(
        _ status: Int, _ body: String, headers: HTTPHeaders = [:]
    ) async throws -> AWSFailure {
        let under = ClientUnderTest(.text(body, status: status, headers: headers), attempts: 1)
        return try await #require(throws: AWSFailure.self) {
            try await AWSClient(.sqs, under.configuration).send(
                AWSCall(target: "T", version: "1.0", json: [:]))
        }
    }

    @Test(arguments: [
        (#"{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"gone"}"#, "QueueDoesNotExist"),
        (#"{"__type":"ResourceNotFoundException","Message":"gone"}"#, "ResourceNotFoundException"),
        (#"{"code":"BadRequestException","message":"gone"}"#, "BadRequestException"),
        (#"{"Code":"a#ValidationException:http://x/","message":"gone"}"#, "ValidationException"),
    ])
    func `the code is found in the body`(_ body: String, _ code: String) async throws {
        let failure = try await failure(400, body)
        #expect(failure.code == code)
        #expect(failure.message == "gone")
    }

    @Test func `the header of rest-json comes before the body`() async throws {
        let failure = try await failure(
            400, #"{"__type":"Other","message":"m"}"#,
            headers: [
                "X-Amzn-ErrorType": "DatabaseErrorException:http://internal/", "x-amzn-requestid": "r-1",
            ])
        #expect(failure.code == "DatabaseErrorException")
        #expect(failure.requestID == "r-1")
    }

    @Test func `the query name of SQS comes before everything`() async throws {
        let failure = try await failure(
            400, #"{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"m"}"#,
            headers: ["x-amzn-query-error": "AWS.SimpleQueueService.NonExistentQueue;Sender"])
        #expect(failure.code == "AWS.SimpleQueueService.NonExistentQueue")
    }

    @Test(arguments: [
        ("", ""), ("[]", "[]"), ("null", "null"), (#"{"message":7}"#, #"{"message":7}"#),
        ("upstream\u{1b}[31m\r\n  failed\0", "upstream [31m failed"),
        ("<html><h1>Bad Gateway</h1></html>", "Bad Gateway"),
        (
            "<!DOCTYPE html>\n<HTML><head><TITLE>502  Bad\nGateway</TITLE></head><body>nginx</body>",
            "502 Bad Gateway"
        ),
        ("<html", ""), ("<title>", ""), ("<Unknown><Code>x</Code></Unknown>", "x"), ("  <", ""),
    ])
    func `a page that is not the service's own leaves the status`(_ body: String, _ text: String) async throws
    {
        let failure = try await failure(502, body)
        #expect(failure.kind == .service(code: "HTTP502", status: 502))
        #expect(failure.message == text)
        #expect(failure.isRetryable)
    }

    @Test func `a long page is cut`() async throws {
        #expect(try await failure(403, String(repeating: "x", count: 10_000)).message.count == 300)
        let page = "<title>" + String(repeating: "x", count: 1_000_000)
        #expect(try await failure(403, page).message.count == 300)
    }

    @Test func `users see the service and the kind of trouble, developers everything`() async throws {
        let secret = "User arn:aws:iam::123456789012:user/x is not allowed"
        let failure = try await failure(
            403, #"{"__type":"AccessDeniedException","message":"\#(secret)"}"#,
            headers: ["x-amzn-RequestId": "r-1"])
        #expect(failure.description == "Amazon SQS refused the request (AccessDeniedException)")
        #expect(failure.debugDescription == "Amazon SQS: AccessDeniedException (403, request r-1): \(secret)")
    }

    @Test(arguments: [
        ("Retry-After", "7", AWSFailure.Pause.demanded(.seconds(7))),
        ("x-amz-retry-after", "1500", .advised(.milliseconds(1500))),
        ("Retry-After", "Fri, 27 Nov 2026 08:00:10 GMT", .demanded(.seconds(10))),
        ("Retry-After", "Fri, 27 Nov 2026 07:59:50 GMT", .demanded(.zero)),
        ("Retry-After", "-1", nil), ("Retry-After", "soon", nil), ("x-amz-retry-after", "-5", nil),
        ("x-amz-retry-after", "99999999999999999999", nil),
    ])
    func `when to come again is read in every form`(
        _ header: String, _ value: String, _ pause: AWSFailure.Pause?
    ) async throws {
        let headers: HTTPHeaders = [header: value, "Date": "Fri, 27 Nov 2026 08:00:00 GMT"]
        #expect(try await failure(503, "", headers: headers).requestedPause == pause)
    }

    @Test func `throttling is retryable and said in words`() async throws {
        let failure = try await failure(400, #"{"__type":"ThrottlingException"}"#)
        #expect(failure.isThrottling && failure.isRetryable)
        #expect(failure.description == "Amazon SQS is busy; please try again in a moment")
    }
}
