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

    @Test func `an answer is text with lower-case headers`() throws {
        var response = APIGatewayV1Response(status: 429, body: ["error": "busy"])
        response.headers["Retry-After"] = "5"
        let json = try JSONValue(reading: response.bytes)
        #expect(json["statusCode"] == 429 && json["isBase64Encoded"] == false)
        #expect(json["headers"] == ["content-type": "application/json", "retry-after": "5"])
        #expect(json["body"] == #"{"error":"busy"}"#)
    }
}
