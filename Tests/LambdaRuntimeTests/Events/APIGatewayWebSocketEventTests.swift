import LambdaRuntime
import Quantities
import Testing
import Wire

@Suite struct APIGatewayWebSocketEventTests {
    @Test func `somebody connects`() throws {
        let event = try APIGatewayWebSocketEvent(lambdaEvent("websocket-connect"))
        #expect(event.kind == .connect && event.routeKey == "$connect")
        #expect(event.connectionID == "L0SM9cOFvHcCIhw=")
        #expect(event.connectedAt == Timestamp(millisecondsSinceEpoch: 1_795_248_000_000))
        #expect(event.headers["sec-websocket-protocol"] == "alex, json")
        #expect(event.headers.values("Accept-Language") == ["de", "en"])
        #expect(event.query.map(\.name) == ["ticket", "topic", "topic"])
        #expect(event.query.map(\.value) == ["7", "jobs", "prices"])
        #expect(event.sourceIP == "203.0.113.7" && event.messageID == nil)
        #expect(event.authorizer["principalId"] == "user_1")
        #expect(
            event.managementAddress == "https://r3pmxmplak.execute-api.us-east-2.amazonaws.com/production")
    }

    @Test func `a message is read as its bytes`() throws {
        let event = try APIGatewayWebSocketEvent(lambdaEvent("websocket-message"))
        #expect(event.kind == .message(Array(#"{"action":"watch","job":"7"}"#.utf8)))
        #expect(event.routeKey == "watch" && event.messageID == "L0SNLcgwPHcCIhw=")
        #expect(event.receivedAt == Timestamp(millisecondsSinceEpoch: 1_795_248_002_500))
        #expect(event.headers.fields.isEmpty && event.query.isEmpty)
        var binary = try #require(lambdaEvent("websocket-message").object)
        binary["body"] = "AP8="
        binary["isBase64Encoded"] = true
        #expect(try APIGatewayWebSocketEvent(.object(binary)).kind == .message([0, 255]))
    }

    @Test func `a connection that is gone says why`() throws {
        var event = try #require(lambdaEvent("websocket-disconnect").object)
        #expect(
            try APIGatewayWebSocketEvent(.object(event)).kind
                == .disconnect(code: 1001, reason: "Going away"))
        var context = try #require(event["requestContext"]?.object)
        context["disconnectStatusCode"] = nil
        context["disconnectReason"] = nil
        event["requestContext"] = .object(context)
        #expect(try APIGatewayWebSocketEvent(.object(event)).kind == .disconnect(code: nil, reason: ""))
    }

    @Test(arguments: [
        ("requestContext", #"{}"#), ("requestContext", #"{"requestContext":7}"#),
        ("requestContext.connectionId", #"{"requestContext":{"eventType":"CONNECT"}}"#),
        ("requestContext.connectionId", #"{"requestContext":{"connectionId":""}}"#),
        ("requestContext.eventType", #"{"requestContext":{"connectionId":"c","eventType":"connect"}}"#),
        ("body", #"{"requestContext":{"connectionId":"c","eventType":"MESSAGE"},"body":7}"#),
        (
            "body",
            #"{"requestContext":{"connectionId":"c","eventType":"MESSAGE"},"#
                + #""body":"%","isBase64Encoded":true}"#
        ),
    ]) func `what is no event of a WebSocket is refused by name`(member: String, event: String) {
        #expect(throws: EventFailure.malformed(event: "API Gateway, WebSocket", member: member)) {
            try APIGatewayWebSocketEvent(reading: Array(event.utf8))
        }
    }

    @Test func `it is told from other requests`() throws {
        #expect(try APIGatewayWebSocketEvent.isOne(lambdaEvent("websocket-connect")))
        #expect(try !APIGatewayWebSocketEvent.isOne(lambdaEvent("api-gateway-v2")))
    }

    @Test func `an answer is a status, and only what there is beside it`() {
        #expect(APIGatewayWebSocketResponse().json == ["statusCode": 200])
        #expect(
            APIGatewayWebSocketResponse(
                status: 200, headers: ["Sec-WebSocket-Protocol": "alex"], body: Array("hi".utf8)
            ).json == [
                "statusCode": 200, "headers": ["Sec-WebSocket-Protocol": "alex"], "body": "hi",
                "isBase64Encoded": false,
            ])
        #expect(APIGatewayWebSocketResponse(body: [255]).json["isBase64Encoded"] == true)
    }
}
