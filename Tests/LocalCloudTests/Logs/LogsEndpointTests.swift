import LocalCloud
import Testing
import Wire

@Suite struct LogsEndpointTests {
    static let group = "/aws/lambda/alex-planner"

    let time = ManualClock()
    let logs: LogsService

    init() {
        logs = LogsService(clock: time.clock, state: LogsState(mostEvents: 50, mostBytes: 10_000))
    }

    private func write(_ text: String, _ stream: String = "a") {
        logs.write(text, to: stream, of: Self.group)
        time.advance(by: .seconds(1))
    }

    private func call(_ operation: String, _ body: [String: JSONValue]) async throws -> JSONValue {
        let reply = try await send(operation, .object(body))
        #expect(reply.status == 200, "\(reply.body.text)")
        return reply.body
    }

    private func send(_ operation: String, _ body: JSONValue) async throws -> (status: Int, body: JSONValue) {
        let request = HTTPRequest(
            .post, try #require(HTTPURL("http://127.0.0.1/")),
            headers: ["X-Amz-Target": "Logs_20140328.\(operation)"], body: body.bytes)
        guard case .complete(let response) = await LogsEndpoint(logs).answer(request) else {
            throw CancellationError()
        }
        #expect(response.headers["Content-Type"] == "application/x-amz-json-1.1")
        return (response.status, try JSONValue(reading: response.body))
    }

    private func messages(_ reply: JSONValue) -> [String] {
        (reply["events"]?.array ?? []).compactMap { $0["message"]?.string?.replacing("\n", with: "") }
    }

    private func filtered(_ more: [String: JSONValue] = [:]) async throws -> JSONValue {
        try await call("FilterLogEvents", ["logGroupName": .string(Self.group)].merging(more) { $1 })
    }

    @Test func `events of all streams come in order, with ids that grow`() async throws {
        for number in 1...6 { write("\(number)", number % 2 == 0 ? "a" : "b") }
        let reply = try await filtered()
        #expect(messages(reply) == ["1", "2", "3", "4", "5", "6"])
        let events = reply["events"]?.array ?? []
        let ids = events.compactMap { $0["eventId"]?.string }
        #expect(ids == ids.sorted() && Set(ids).count == 6 && ids.allSatisfy { $0.count == 56 })
        #expect(events.compactMap { $0["logStreamName"]?.string } == ["b", "a", "b", "a", "b", "a"])
        #expect(events.first?["timestamp"] == 1_800_000_000_000)
    }

    @Test func `pages follow each other without a gap, also when lines come in between`() async throws {
        for number in 1...5 { write("\(number)") }
        let first = try await filtered(["limit": 2])
        write("6")
        let second = try await filtered(["limit": 2, "nextToken": first["nextToken"] ?? .null])
        let third = try await filtered(["limit": 2, "nextToken": second["nextToken"] ?? .null])
        #expect([first, second, third].flatMap(messages) == ["1", "2", "3", "4", "5", "6"])
        #expect(third["nextToken"] == nil)
    }

    @Test func `both ends of the time count, and stream and pattern narrow`() async throws {
        for number in 1...4 { write("line \(number)", "s\(number % 2)") }
        let start = 1_800_000_000_000
        let within = try await filtered([
            "startTime": .number(start + 1000), "endTime": .number(start + 2000),
        ])
        #expect(messages(within) == ["line 2", "line 3"])
        #expect(messages(try await filtered(["logStreamNames": ["s1"]])) == ["line 1", "line 3"])
        #expect(messages(try await filtered(["logStreamNamePrefix": "s0"])) == ["line 2", "line 4"])
        #expect(messages(try await filtered(["filterPattern": "-2 -3"])) == ["line 1", "line 4"])
    }

    @Test func `an answer ends at one megabyte`() async throws {
        let logs = LogsService(clock: time.clock)
        for _ in 0..<5 { logs.write(String(repeating: "x", count: 262_144), to: "a", of: Self.group) }
        let request = HTTPRequest(
            .post, try #require(HTTPURL("http://127.0.0.1/")),
            headers: ["X-Amz-Target": "Logs_20140328.FilterLogEvents"],
            body: (["logGroupName": .string(Self.group)] as JSONValue).bytes)
        guard case .complete(let response) = await LogsEndpoint(logs).answer(request) else { return }
        let reply = try JSONValue(reading: response.body)
        #expect(reply["events"]?.array?.count == 4)
        #expect(reply["nextToken"]?.string != nil)
    }

    @Test func `the oldest lines go when there are too many, and their streams with them`() async throws {
        write("first", "old")
        for number in 0..<60 { write("\(number)") }
        let kept = messages(try await filtered())
        #expect(kept.last == "59")
        #expect((40...50).contains(kept.count))
        let streams = try await call("DescribeLogStreams", ["logGroupName": .string(Self.group)])
        #expect(streams["logStreams"]?.array?.map { $0["logStreamName"] } == ["a"])
        write(String(repeating: "x", count: 9_950))
        #expect(try await filtered()["events"]?.array?.count == 1)
    }

    @Test func `groups are listed by their prefix or a part of the name, in pages`() async throws {
        for name in ["c", "a", "b"] { logs.create("/aws/lambda/\(name)") }
        let prefix: JSONValue = "/aws/"
        let first = try await call("DescribeLogGroups", ["logGroupNamePrefix": prefix, "limit": 2])
        let second = try await call(
            "DescribeLogGroups",
            ["logGroupNamePrefix": prefix, "limit": 2, "nextToken": first["nextToken"] ?? .null])
        let names = [first, second].flatMap { $0["logGroups"]?.array ?? [] }.map { $0["logGroupName"] }
        #expect(names == ["/aws/lambda/a", "/aws/lambda/b", "/aws/lambda/c"])
        #expect(second["nextToken"] == nil)
        let found = try await call("DescribeLogGroups", ["logGroupNamePattern": "bda/b"])
        #expect(found["logGroups"]?.array?.count == 1)
    }

    @Test(arguments: [
        ("FilterLogEvents", #"{"logGroupName":"absent"}"#, "ResourceNotFoundException"),
        ("FilterLogEvents", "{}", "InvalidParameterException"),
        ("FilterLogEvents", #"{"logGroupName":"G","limit":0}"#, "InvalidParameterException"),
        ("FilterLogEvents", #"{"logGroupName":"G","limit":10001}"#, "InvalidParameterException"),
        ("FilterLogEvents", #"{"logGroupName":"G","limit":"7"}"#, "SerializationException"),
        ("FilterLogEvents", #"{"logGroupName":"G","startTime":-1}"#, "InvalidParameterException"),
        ("FilterLogEvents", #"{"logGroupName":"G","nextToken":"x"}"#, "InvalidParameterException"),
        ("FilterLogEvents", #"{"logGroupName":"G","logStreamNames":["x"]}"#, "ResourceNotFoundException"),
        ("FilterLogEvents", #"{"logGroupName":"G","logStreamNames":[]}"#, "InvalidParameterException"),
        ("FilterLogEvents", #"{"logGroupName":"G","logGroupIdentifier":"G"}"#, "InvalidParameterException"),
        (
            "FilterLogEvents", #"{"logGroupName":"G","filterPattern":"{ $.a = 1 }"}"#,
            "InvalidParameterException"
        ),
        ("GetLogEvents", #"{"logGroupName":"G","logStreamName":"x"}"#, "ResourceNotFoundException"),
        (
            "DescribeLogStreams",
            #"{"logGroupName":"G","orderBy":"LastEventTime","logStreamNamePrefix":"a"}"#,
            "InvalidParameterException"
        ),
        ("DescribeLogGroups", #"{"limit":51}"#, "InvalidParameterException"),
        ("PutLogEvents", "{}", "UnknownOperationException"),
    ])
    func `what the service refuses is refused`(operation: String, body: String, code: String) async throws {
        write("there")
        let text = body.replacing(#""G""#, with: #""\#(Self.group)""#)
        let reply = try await send(operation, try JSONValue(reading: text))
        #expect(reply.status == 400)
        #expect(reply.body["__type"]?.string == code, "\(reply.body.text)")
        #expect(reply.body["message"]?.string?.isEmpty == false)
    }
}
