import LambdaRuntime
import Quantities
import Testing
import Wire

@Suite struct APIGatewayV2RequestTests {
    @Test func `a request of an HTTP API is read`() throws {
        let request = try APIGatewayV2Request(lambdaEvent("api-gateway-v2"))
        #expect(request.method == .post)
        #expect(request.path == "/api/accounts/401 k/positions")
        #expect(request.segments == ["api", "accounts", "401 k", "positions"])
        #expect(request.query.map(\.name) == ["symbol", "symbol", "note", "empty"])
        #expect(request.query.map(\.value) == ["BRK.B", "A,B", "50% & more", ""])
        #expect(request.query("symbol") == "BRK.B")
        #expect(
            request.headers["User-Agent"] == "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit (KHTML, like Gecko)"
        )
        #expect(request.cookies.map(\.name) == ["session", "theme"])
        #expect(request.cookie("session") == "a=b==")
        #expect(request.body == Array(#"{"quantity":"1.5"}"#.utf8))
        #expect(request.requestID == "JKJaXmPLvHcESHA=")
        #expect(request.sourceIP == "203.0.113.7")
        #expect(request.receivedAt == Timestamp(millisecondsSinceEpoch: 1_583_798_639_428))
        #expect(request.claims["sub"] == "user_1")
        #expect(request.routeKey == "$default" && request.scopes == [] && request.callerARN == nil)
    }

    @Test func `a request of a function URL is read`() throws {
        let request = try APIGatewayV2Request(lambdaEvent("function-url-post"))
        #expect(request.method == .post && request.path == "/notes/a%2Fb")
        #expect(request.segments == ["notes", "a/b"])
        #expect(request.query.map(\.value) == ["1", "2", "a b"])
        #expect(request.cookie("session") == "7" && request.cookie("theme") == "dark")
        #expect(request.body == [0x1F, 0x8B, 0x00])
        #expect(request.callerARN == "arn:aws:iam::123456789012:user/gateway")
        #expect(request.claims.isEmpty && request.authorizerContext.isEmpty)
    }

    @Test func `what the authorizers of an HTTP API say is read`() throws {
        var event = try members("api-gateway-v2-minimal")
        var context = try #require(event["requestContext"]?.object)
        context["authorizer"] = ["jwt": ["claims": ["sub": "u"], "scopes": ["read", "write"]]]
        event["requestContext"] = .object(context)
        #expect(try APIGatewayV2Request(.object(event)).scopes == ["read", "write"])
        context["authorizer"] = ["lambda": ["plan": "free"]]
        event["requestContext"] = .object(context)
        event["pathParameters"] = ["id": "7"]
        let request = try APIGatewayV2Request(.object(event))
        #expect(request.authorizerContext == ["plan": "free"] && request.pathParameters == ["id": "7"])
    }

    @Test func `a bare request has nothing where nothing was sent`() throws {
        let request = try APIGatewayV2Request(lambdaEvent("api-gateway-v2-minimal"))
        #expect(request.method == .get)
        #expect(request.segments == [])
        #expect(request.query.isEmpty && request.cookies.isEmpty && request.body.isEmpty)
        #expect(request.claims.isEmpty)
    }

    @Test func `a binary body arrives as its bytes`() throws {
        var event = try members("api-gateway-v2-minimal")
        event["body"] = "AP8Q"
        event["isBase64Encoded"] = true
        #expect(try APIGatewayV2Request(.object(event)).body == [0, 255, 16])
    }

    @Test func `the path of an HTTP API is not decoded twice, that of a function URL once`() throws {
        var event = try members("api-gateway-v2-minimal")
        event["rawPath"] = "/notes/100%25"
        #expect(try APIGatewayV2Request(.object(event)).segments == ["notes", "100%25"])
        let url = try APIGatewayV2Request(lambdaEvent("function-url"))
        #expect(url.path == "/notes/a%2Fb/100%25")
        #expect(url.segments == ["notes", "a/b", "100%"])
    }

    @Test(arguments: [
        ("/beta/api/jobs", "beta", "/api/jobs"), ("/beta", "beta", "/"), ("/betamax", "beta", "/betamax"),
        ("/api", "$default", "/api"), ("/api", "beta", "/api"),
    ]) func `the name of a stage is no part of the path`(raw: String, stage: String, path: String) throws {
        var event = try members("api-gateway-v2-minimal")
        var context = try #require(event["requestContext"]?.object)
        context["stage"] = .string(stage)
        event["requestContext"] = .object(context)
        event["rawPath"] = .string(raw)
        #expect(try APIGatewayV2Request(.object(event)).path == path)
    }

    @Test func `a method without a route is nil and not a failure`() throws {
        var event = try members("api-gateway-v2-minimal")
        event["requestContext"] = ["http": ["method": "BREW"]]
        #expect(try APIGatewayV2Request(.object(event)).method == nil)
    }

    @Test(
        arguments: [
            ("version", "1.0"), ("version", nil), ("rawPath", nil), ("body", 7), ("requestContext", nil),
        ] as [(String, JSONValue?)]) func `what is no request is refused by name`(
            member: String, value: JSONValue?
        ) throws
    {
        var event = try members("api-gateway-v2-minimal")
        event[member] = value
        let name = member == "requestContext" ? "requestContext.http.method" : member
        #expect(throws: EventFailure.malformed(event: "API Gateway, payload 2.0", member: name)) {
            try APIGatewayV2Request(.object(event))
        }
    }

    @Test func `a body that is not the Base64 it claims to be is refused`() throws {
        var event = try members("api-gateway-v2-minimal")
        event["body"] = "no base64!"
        event["isBase64Encoded"] = true
        #expect(throws: EventFailure.malformed(event: "API Gateway, payload 2.0", member: "body")) {
            try APIGatewayV2Request(.object(event))
        }
    }

    private func members(_ name: String) throws -> [String: JSONValue] {
        try #require(lambdaEvent(name).object)
    }
}

@Suite struct APIGatewayV2ResponseTests {
    @Test func `text travels as text`() {
        let response = APIGatewayV2Response.json(["a": "é"], status: 201, headers: ["Location": "/jobs/1"])
        #expect(
            response.json.text
                == #"{"body":"{\"a\":\"é\"}","#
                + #""headers":{"content-type":"application/json","location":"/jobs/1"},"#
                + #""isBase64Encoded":false,"statusCode":201}"#
        )
    }

    @Test func `bytes that are not text travel in Base64`() {
        let response = APIGatewayV2Response(status: 200, body: [0xFF, 0x00])
        #expect(response.json["body"] == "/wA=")
        #expect(response.json["isBase64Encoded"] == true)
    }

    @Test(arguments: [
        (["content-type": "image/png"], true), (["content-type": "image/svg+xml"], false),
        (["content-type": "text/html", "content-encoding": "gzip"], true),
        (["content-type": "text/html; charset=utf-8"], false), ([:], false),
    ]) func `binary types travel in Base64 even when they look like text`(
        headers: [String: String], isBase64: Bool
    ) {
        let fields = headers.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
        let response = APIGatewayV2Response(
            status: 200, headers: HTTPHeaders(fields), body: Array("abc".utf8))
        #expect(response.json["isBase64Encoded"] == .bool(isBase64))
    }

    @Test func `repeated headers are folded and cookies keep to themselves`() {
        var headers: HTTPHeaders = ["Vary": "Origin"]
        headers.append("Accept", for: "vary")
        headers.append("b=2; Expires=Sat, 21 Nov 2026 08:00:00 GMT", for: "Set-Cookie")
        let response = APIGatewayV2Response(status: 204, headers: headers, cookies: ["a=1; HttpOnly"])
        #expect(response.json["headers"] == ["vary": "Origin, Accept"])
        #expect(
            response.json["cookies"] == ["a=1; HttpOnly", "b=2; Expires=Sat, 21 Nov 2026 08:00:00 GMT"])
    }
}
