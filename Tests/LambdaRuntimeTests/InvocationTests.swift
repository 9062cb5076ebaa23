import LambdaRuntime
import Quantities
import Testing
import Wire

@Suite struct InvocationTests {
    private let wallTime = Timestamp(millisecondsSinceEpoch: 1_795_248_000_000)
    private let instant = ContinuousClock.now

    @Test func `every header of the platform is read`() throws {
        let invocation = try #require(
            Invocation(
                HTTPResponse(
                    status: 200,
                    headers: [
                        "lambda-runtime-aws-request-id": "8476a536-e9f4-11e8-9739-2dfe598c3fcd",
                        "Lambda-Runtime-Deadline-Ms": "1795248003000",
                        "Lambda-Runtime-Invoked-Function-Arn":
                            "arn:aws:lambda:us-east-1:123456789012:function:planner",
                        "Lambda-Runtime-Trace-Id": "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Lineage=a:0",
                        "Lambda-Runtime-Client-Context": #"{"client":{}}"#,
                        "Lambda-Runtime-Cognito-Identity": #"{"cognitoIdentityId":"i"}"#,
                        "Lambda-Runtime-Aws-Tenant-Id": "tenant", "Lambda-Runtime-Invocation-Id": "attempt-1",
                        "Content-Type": "text/plain",
                    ], body: [1, 2]), receivedAt: wallTime, instant))
        #expect(invocation.requestID == "8476a536-e9f4-11e8-9739-2dfe598c3fcd")
        #expect(invocation.deadline == instant + .seconds(3))
        #expect(invocation.functionARN == "arn:aws:lambda:us-east-1:123456789012:function:planner")
        #expect(invocation.traceID == "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Lineage=a:0")
        #expect(invocation.clientContext == #"{"client":{}}"#)
        #expect(invocation.cognitoIdentity == #"{"cognitoIdentityId":"i"}"#)
        #expect(invocation.tenantID == "tenant")
        #expect(invocation.invocationID == "attempt-1")
        #expect(invocation.contentType == "text/plain")
        #expect(invocation.event == [1, 2])
    }

    @Test func `only the request id is required, and an empty header is an absent one`() throws {
        let invocation = try #require(
            Invocation(
                HTTPResponse(
                    status: 200,
                    headers: [
                        "Lambda-Runtime-Aws-Request-Id": "r", "Lambda-Runtime-Trace-Id": "",
                        "Lambda-Runtime-Invocation-Id": "", "Lambda-Runtime-Deadline-Ms": "soon",
                    ]), receivedAt: wallTime, instant))
        #expect(invocation.traceID == nil)
        #expect(invocation.invocationID == nil)
        #expect(invocation.deadline == instant + Invocation.longestRun)
        #expect(invocation.contentType == "application/json")
        #expect(Invocation(HTTPResponse(status: 200), receivedAt: wallTime, instant) == nil)
    }

    @Test(arguments: ["99999999999999999", "-99999999999999999", "9223372036854775807"])
    func `an absurd deadline is none`(milliseconds: String) throws {
        let invocation = try #require(
            Invocation(
                HTTPResponse(
                    status: 200,
                    headers: [
                        "Lambda-Runtime-Aws-Request-Id": "r", "Lambda-Runtime-Deadline-Ms": milliseconds,
                    ]), receivedAt: wallTime, instant))
        #expect(invocation.deadline == instant + Invocation.longestRun)
    }
}
