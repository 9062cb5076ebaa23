import LambdaRuntime
import Testing
import Wire

// What guides/runtime.md shows. Tests/Guides holds the page's blocks against this file.

struct Greeting: LambdaHandler {
    let word: String

    init(_ environment: [String: String]) throws(GreetingFailure) {
        guard let word = environment["GREETING"] else { throw .noWord }
        self.word = word
    }

    func handle(_ invocation: Invocation) async throws -> [UInt8] {
        let event = try JSONValue(reading: invocation.event)
        guard let name = event["name"]?.string else { throw GreetingFailure.noName }
        invocation.log.info("greeted", ["letters": .number(name.count)])
        return JSONValue.object(["text": .string("\(word), \(name)!")]).bytes
    }
}

enum GreetingFailure: Error, CustomStringConvertible {
    case noWord
    case noName

    var description: String {
        switch self {
        case .noWord: "GREETING is not set"
        case .noName: "the event has no name"
        }
    }
}

private struct Orders: LambdaHandler {
    func handle(_ invocation: Invocation) async throws -> [UInt8] {
        let batch = try SQSEvent(reading: invocation.event)
        return await batch.answer(log: invocation.log) { message in
            try await ship(message.body)
        }.bytes
    }
}

private struct Web: LambdaHandler {
    func handle(_ invocation: Invocation) async throws -> [UInt8] {
        let request = try APIGatewayV2Request(reading: invocation.event)
        guard request.method == .get, request.segments == ["greeting"] else {
            return APIGatewayV2Response.json(["error": "not found"], status: 404).bytes
        }
        let name = request.query("name") ?? "you"
        return APIGatewayV2Response.json(["text": .string("Hello, \(name)!")]).bytes
    }
}

private func ship(_ order: String) async throws {
    if order.isEmpty { throw GreetingFailure.noName }
}

@Suite struct GreetingTests {
    @Test func `a name is greeted`() async throws {
        let greeting = try Greeting(["GREETING": "Good morning"])
        let event = Array(#"{"name":"Ada"}"#.utf8)
        let answer = try await greeting.handle(Invocation(event: event, requestID: "r-1"))
        #expect(String(decoding: answer, as: UTF8.self) == #"{"text":"Good morning, Ada!"}"#)
    }

    @Test func `the caller of nobody is told so`() throws {
        var source = ScriptedControlPlane(event: "{}")
        let greeting = try Greeting(["GREETING": "Good morning"])
        try InvocationLoop(greeting, LoopSettings(log: Logger(write: { _ in }))).turn(on: &source)
        guard case .failure("r-1", let failure) = source.answers.first else {
            Issue.record("answered: \(source.answers)")
            return
        }
        #expect(failure.errorType == "Function.GreetingFailure")
        #expect(failure.message == "the event has no name")
    }
}

@Suite struct GuideTests {
    @Test func `a function without its settings does not start`() {
        #expect(throws: GreetingFailure.noWord) { try Greeting([:]) }
    }

    @Test func `a batch and a request of the guide are answered`() async throws {
        let batch: JSONValue = [
            "Records": [
                ["eventSource": "aws:sqs", "messageId": "m-1", "body": "an order"],
                ["eventSource": "aws:sqs", "messageId": "m-2", "body": ""],
            ]
        ]
        let answer = try await Orders().handle(
            Invocation(event: batch.bytes, requestID: "r-1", log: Logger(write: { _ in })))
        #expect(
            String(decoding: answer, as: UTF8.self) == #"{"batchItemFailures":[{"itemIdentifier":"m-2"}]}"#)
        var request: [String: JSONValue] = [
            "version": "2.0", "rawPath": "/greeting", "rawQueryString": "name=Ada",
            "requestContext": ["http": ["method": "GET"]],
        ]
        let greeting = try await Web().handle(
            Invocation(event: JSONValue.object(request).bytes, requestID: "r-1"))
        #expect(try JSONValue(reading: greeting)["body"] == #"{"text":"Hello, Ada!"}"#)
        request["rawPath"] = "/farewell"
        let reply = try await Web().handle(
            Invocation(event: JSONValue.object(request).bytes, requestID: "r-1"))
        #expect(try JSONValue(reading: reply)["statusCode"] == 404)
    }
}
