import Foundation  // reads fixture files
import LambdaRuntime
import Testing
import Wire

@Suite struct APIGatewayV1RequestTests {
    static func fixture() throws -> JSONValue {
        let directory = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = directory.appending(path: "Fixtures/aws/lambda-events/api-gateway-v1.json")
        return try JSONValue(reading: Array(try Data(contentsOf: file)))
    }

    private func changed(_ members: [String: JSONValue]) throws -> JSONValue {
        .object(try #require(try Self.fixture().object).merging(members) { $1 })
    }

    @Test func `a request of a REST API is read with all its values`() throws {
        let request = try APIGatewayV1Request(Self.fixture())
        #expect(request.method == .post && request.path == "/ingest")
        #expect(request.headers["x-api-key"] == "example")
        #expect(request.headers.fields.filter { $0.name == "accept" }.map(\.value) == ["text/html", "*/*"])
        #expect(request.query.map(\.value) == ["1", "2"])
        #expect(String(decoding: request.body, as: UTF8.self) == #"{"text":"Zinsen"}"#)
        #expect(request.apiKeyID == "abc123" && request.sourceIP == "192.0.2.1")
        #expect(request.query("a") == "1" && request.query("b") == nil)
        #expect(request.resource == "/ingest" && request.pathParameters.isEmpty)
        #expect(request.requestID == "c6af9ac6-7b61-11e6-9a41-93e8deadbeef")
    }

    @Test func `without lists the plain maps count`() throws {
        let request = try APIGatewayV1Request(
            changed([
                "multiValueHeaders": nil, "multiValueQueryStringParameters": nil,
                "headers": ["x-api-key": "other"], "queryStringParameters": ["a": "2"],
            ]))
        #expect(request.headers["X-API-Key"] == "other")
        #expect(request.query.map(\.value) == ["2"])
    }

    @Test func `a body in Base64 is decoded, none is empty`() throws {
        let encoded = try APIGatewayV1Request(changed(["body": "aGk=", "isBase64Encoded": true]))
        #expect(encoded.body == Array("hi".utf8))
        #expect(try APIGatewayV1Request(changed(["body": nil])).body == [])
    }

    @Test(arguments: ["httpMethod", "path", "requestContext"])
    func `what is missing is named`(member: String) throws {
        #expect(throws: EventFailure.malformed(event: "API Gateway, payload 1.0", member: member)) {
            try APIGatewayV1Request(changed([member: nil]))
        }
    }

    @Test func `a body that is no Base64 is refused`() throws {
        #expect(throws: EventFailure.malformed(event: "API Gateway, payload 1.0", member: "body")) {
            try APIGatewayV1Request(changed(["body": "%", "isBase64Encoded": true]))
        }
    }

    @Test func `the path is decoded into segments once, and placeholders and authorizer are read`() throws {
        var context = try #require(try Self.fixture()["requestContext"]?.object)
        context["authorizer"] = ["principalId": "user|7", "plan": "free"]
        let request = try APIGatewayV1Request(
            changed([
                "path": "/notes/a%2Fb/100%25", "resource": "/notes/{id}/{rest}",
                "pathParameters": ["id": "a/b", "rest": "100%"], "requestContext": .object(context),
            ]))
        #expect(request.path == "/notes/a%2Fb/100%25")
        #expect(request.segments == ["notes", "a/b", "100%"])
        #expect(request.pathParameters == ["id": "a/b", "rest": "100%"])
        #expect(request.authorizer["plan"] == "free")
    }
}

@Suite struct APIGatewayV1ResponseTests {
    @Test func `an answer is text with lower-case headers`() throws {
        var response = APIGatewayV1Response.json(["error": "busy"], status: 429)
        response.headers["Retry-After"] = "5"
        let json = try JSONValue(reading: response.bytes)
        #expect(json["statusCode"] == 429 && json["isBase64Encoded"] == false)
        #expect(json["headers"] == ["content-type": "application/json", "retry-after": "5"])
        #expect(json["body"] == #"{"error":"busy"}"#)
        #expect(json["multiValueHeaders"] == nil)
    }

    @Test func `a header with several values keeps each of them`() {
        var headers: HTTPHeaders = ["Set-Cookie": "a=1; HttpOnly", "Content-Type": "text/plain"]
        headers.append("b=2; Expires=Sat, 21 Nov 2026 08:00:00 GMT", for: "set-cookie")
        let json = APIGatewayV1Response(status: 200, headers: headers, body: Array("hi".utf8)).json
        #expect(json["headers"] == ["content-type": "text/plain"])
        #expect(
            json["multiValueHeaders"] == [
                "set-cookie": ["a=1; HttpOnly", "b=2; Expires=Sat, 21 Nov 2026 08:00:00 GMT"]
            ])
    }

    @Test func `bytes that are not text travel in Base64`() {
        let json = APIGatewayV1Response(
            status: 200, headers: ["content-type": "image/png"], body: Array("abc".utf8)
        ).json
        #expect(json["body"] == "YWJj" && json["isBase64Encoded"] == true)
    }
}
