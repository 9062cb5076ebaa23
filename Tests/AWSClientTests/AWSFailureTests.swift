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

    @Test(arguments: ["", "<html>Bad Gateway</html>", "[]", "null", #"{"message":7}"#])
    func `a page that is not the service's own leaves the status`(_ body: String) async throws {
        let failure = try await failure(502, body)
        #expect(failure.kind == .service(code: "HTTP502", status: 502))
        #expect(failure.message == body)
        #expect(failure.isRetryable)
    }

    @Test func `a long page is cut`() async throws {
        let failure = try await failure(403, String(repeating: "x", count: 10_000))
        #expect(failure.message.count == 300)
    }

    @Test func `users see the service and the kind of trouble, developers everything`() async throws {
        let secret = "User arn:aws:iam::123456789012:user/x is not allowed"
        let failure = try await failure(
            403, #"{"__type":"AccessDeniedException","message":"\#(secret)"}"#,
            headers: ["x-amzn-RequestId": "r-1"])
        #expect(failure.description == "Amazon SQS refused the request (AccessDeniedException)")
        #expect(failure.debugDescription == "Amazon SQS: AccessDeniedException (403, request r-1): \(secret)")
    }

    @Test func `throttling is retryable and said in words`() async throws {
        let failure = try await failure(400, #"{"__type":"ThrottlingException"}"#)
        #expect(failure.isThrottling && failure.isRetryable)
        #expect(failure.description == "Amazon SQS is busy; please try again in a moment")
    }
}
