import LocalCloud
import Quantities
import Testing
import Wire

/// Requests through the gateway to a real child process.
@Suite(.serialized, .timeLimit(.minutes(2))) struct HTTPAPIGatewayTests {
    @Test func `a request arrives as payload format 2_0`() async throws {
        let event = try await event(
            of: request(
                .post, "http://localhost:8000/api/a%20b%3Fc?x=1&x=2&y=a%2Bb",
                headers: [
                    "Host": "localhost:8000", "Content-Type": "application/json", "X-Two": "1",
                    "x-two": "2", "Cookie": "a=1; b=2", "User-Agent": "tests",
                ], body: Array(#"{"a":"ü"}"#.utf8)))
        #expect(event["version"] == "2.0")
        #expect(event["rawPath"] == "/api/a b", "decoded, and cut at the decoded question mark")
        #expect(event["rawQueryString"] == "x=1&x=2&y=a%2Bb", "as it was sent")
        #expect(event["queryStringParameters"] == ["x": "1,2", "y": "a+b"])
        #expect(event["headers"]?["x-two"] == "1,2")
        #expect(event["headers"]?["cookie"] == nil)
        #expect(event["cookies"] == ["a=1", "b=2"])
        #expect(event["body"] == #"{"a":"ü"}"#)
        #expect(event["isBase64Encoded"] == false)
        #expect(event["requestContext"]?["http"]?["method"] == "POST")
        #expect(event["requestContext"]?["http"]?["userAgent"] == "tests")
        #expect(event["requestContext"]?["time"] == "15/Jan/2027:08:00:00 +0000")
    }

    @Test func `what is not text travels as base64`() async throws {
        let event = try await event(
            of: request(
                .post, "http://localhost/x", headers: ["Content-Type": "application/octet-stream"],
                body: [0, 255]))
        #expect(event["body"] == "AP8=")
        #expect(event["isBase64Encoded"] == true)
    }

    @Test func `absent parts of a request are absent`() async throws {
        let event = try await event(of: request(.get, "http://localhost/x"))
        #expect(event["body"] == nil)
        #expect(event["cookies"] == nil)
        #expect(event["queryStringParameters"] == nil)
    }

    @Test func `a preflight request is the function's to answer`() async throws {
        let event = try await event(
            of: request(.options, "http://localhost/api/jobs", headers: ["Origin": "http://a"]))
        #expect(event["requestContext"]?["http"]?["method"] == "OPTIONS")
    }

    @Test func `an answer becomes a response, each cookie a header of its own`() async throws {
        let response = try await response(
            [
                "statusCode": 201, "headers": ["X-A": "b", "X-N": 7], "cookies": ["a=1; HttpOnly", "b=2"],
                "body": "AP8=", "isBase64Encoded": true,
            ])
        #expect(response.status == 201)
        #expect(response.body == [0, 255])
        #expect(response.headers["x-n"] == "7")
        #expect(response.headers.values("Set-Cookie") == ["a=1; HttpOnly", "b=2"])
    }

    @Test func `an answer without a status is the body itself`() async throws {
        let response = try await response(["hello": "world"])
        #expect(response.status == 200)
        #expect(response.headers["Content-Type"] == "application/json")
        #expect(String(decoding: response.body, as: UTF8.self) == #"{"hello":"world"}"#)
    }

    @Test(
        arguments: [
            ["statusCode": "many"], ["statusCode": 200, "body": ["a": 1]],
            ["statusCode": 200, "headers": "x"],
            ["statusCode": 200, "cookies": "x"], ["statusCode": 200, "body": "§", "isBase64Encoded": true],
            ["statusCode": 9999],
        ] as [JSONValue])
    func `an answer of the wrong shape is an internal error`(answer: JSONValue) async throws {
        let response = try await response(answer)
        #expect(response.status == 500)
        #expect(response.body == Array(#"{"message":"Internal Server Error"}"#.utf8))
    }

    @Test func `a function that fails is an internal error`() async throws {
        try await withFunction { lambda, _ in
            await lambda.deploy(.fixture("api", mode: "exit-in-init"))
            let gateway = HTTPAPIGateway(function: "api", lambda: lambda, clock: ManualClock().clock)
            #expect(await gateway.answer(request(.get, "http://localhost/")).status == 500)
        }
    }

    @Test func `a function that takes longer than 30 seconds is not waited for`() async throws {
        let time = ManualClock()
        try await withFunction(clock: time.clock) { lambda, heard in
            var function = LambdaFunction.fixture("api", mode: "hang")
            function.timeout = .seconds(60)
            await lambda.deploy(function)
            let gateway = HTTPAPIGateway(function: "api", lambda: lambda, clock: time.clock)
            async let reply = gateway.answer(request(.get, "http://localhost/"))
            await heard.line("hanging")
            time.advance(by: .seconds(30))
            #expect(await reply.status == 503)
            #expect(heard.records.isEmpty, "the invocation goes on: only the caller has gone")
        }
    }

    @Test func `limits of size are kept before the function is asked`() async throws {
        let gateway = HTTPAPIGateway(function: "none", lambda: LambdaService(account: .test))
        let large = request(.post, "http://localhost/", body: Array(repeating: 65, count: (10 << 20) + 1))
        #expect(await gateway.answer(large).status == 413)
        let head = request(.get, "http://localhost/", headers: ["X-A": String(repeating: "a", count: 10_241)])
        #expect(await gateway.answer(head).status == 431)
    }

    @Test func `a local route is answered before the function, by its prefix`() async throws {
        let gateway = HTTPAPIGateway(
            function: "none", lambda: LambdaService(account: .test),
            routes: [
                GatewayRoute(.get, "/identity") { .text($0.url.path) },
                GatewayRoute(nil, "/site/") { _ in .text("site") },
            ])
        #expect(await gateway.answer(request(.get, "http://localhost/identity/keys")).status == 200)
        #expect(await gateway.answer(request(.get, "http://localhost/identity")).status == 200)
        #expect(await gateway.answer(request(.post, "http://localhost/site/a")).status == 200)
        #expect(await gateway.answer(request(.get, "http://localhost/identityx")).status == 500)
        #expect(await gateway.answer(request(.post, "http://localhost/identity")).status == 500)
    }

    @Test func `a site answers what is neither a local route's nor the API's`() async throws {
        try await SampleSite.serve { site, _ in
            let gateway = HTTPAPIGateway(
                function: "none", lambda: LambdaService(account: .test),
                routes: [GatewayRoute(.get, "/identity") { _ in .text("keys", status: 201) }], site: site)
            #expect(await gateway.answer(request(.get, "http://localhost/dashboard")).status == 200)
            #expect(await gateway.answer(request(.get, "http://localhost/nowhere")).status == 404)
            #expect(await gateway.answer(request(.post, "http://localhost/dashboard")).status == 405)
            #expect(await gateway.answer(request(.get, "http://localhost/identity")).status == 201)
            #expect(
                await gateway.answer(request(.post, "http://localhost/api/analyze")).status == 500,
                "the function is asked, and there is none")
        }
    }

    private func event(of request: HTTPRequest) async throws -> JSONValue {
        let time = ManualClock()
        var event = JSONValue.null
        try await withFunction(clock: time.clock) { lambda, _ in
            let gateway = HTTPAPIGateway(function: "echo", lambda: lambda, clock: time.clock)
            guard case .complete(let response) = await gateway.answer(request) else { return }
            event = try JSONValue(reading: response.body)["event"] ?? .null
        }
        return event
    }

    private func response(_ answer: JSONValue) async throws -> HTTPResponse {
        var result = HTTPResponse(status: 0)
        try await withFunction { lambda, _ in
            await lambda.deploy(.fixture("api", mode: "answer", environment: ["ANSWER": answer.text]))
            let gateway = HTTPAPIGateway(function: "api", lambda: lambda, clock: ManualClock().clock)
            if case .complete(let response) = await gateway.answer(request(.get, "http://localhost/")) {
                result = response
            }
        }
        return result
    }

    private func request(
        _ method: HTTPMethod, _ address: String, headers: HTTPHeaders = [:], body: [UInt8] = []
    ) -> HTTPRequest {
        guard let url = HTTPURL(address) else { preconditionFailure("\(address) is no address") }
        return HTTPRequest(method, url, headers: headers, body: body)
    }
}
