import CommandLine
import Testing

@Suite struct LogEntryTests {
    @Test func `a line of our logger is a message with what is beside it`() {
        let entry = LogEntry(
            #"{"function":"alex-planner","job":"j-1","level":"WARN","message":"job given back","attempt":2,"#
                + #""requestId":"r","timestamp":"2026-11-27T15:00:00.000Z"}"# + "\n")
        #expect(entry.message == "job given back")
        #expect(entry.level == .warn)
        #expect(entry.fields == ["attempt=2", "job=j-1"])
        #expect(entry.speaker == .function && !entry.isNoise)
    }

    @Test(arguments: ["", "a line", "null", "[]", "7", #"{"a":1}"#, "{", "REPORT of the week", "START here"])
    func `any other line stays as it is`(line: String) {
        let entry = LogEntry(line + "\n")
        #expect(entry.message == line)
        #expect(entry.level == .info && entry.speaker == .function && !entry.isNoise)
    }

    @Test func `our text format has a time and a level in front`() {
        let entry = LogEntry(#"2026-11-27T15:00:00.000Z ERROR it broke job="j""#)
        #expect(entry.message == #"it broke job="j""#)
        #expect(entry.level == .error)
    }

    @Test func `what is left of a function that failed is an error`() {
        let entry = LogEntry(
            #"{"errorType":"Function.Broken","errorMessage":"no portfolio","stackTrace":[]}"#)
        #expect(entry.message == "Function.Broken: no portfolio")
        #expect(entry.level == .error)
    }

    @Test func `a report reads the same in text and in JSON`() {
        let text = LogEntry(
            "REPORT RequestId: r\tDuration: 1250.00 ms\tBilled Duration: 1253 ms\tMemory Size: 1024 MB\t"
                + "Max Memory Used: 64 MB\tInit Duration: 2.25 ms\t\n")
        let json = LogEntry(
            """
            {"time":"2026-11-27T15:00:00.000Z","type":"platform.report","record":{"requestId":"r",\
            "metrics":{"durationMs":1250,"billedDurationMs":1253,"memorySizeMB":1024,"maxMemoryUsedMB":64,\
            "initDurationMs":2.25},"status":"success"}}
            """)
        #expect(text == json)
        #expect(text.message == "done in 1.25 s")
        #expect(text.fields == ["start=2 ms", "memory=64 of 1024 MB"])
        #expect(text.speaker == .platform && text.level == .info && !text.isNoise)
    }

    @Test(arguments: [
        "REPORT RequestId: r\tDuration: 3000.00 ms\tMemory Size: 1024 MB\tStatus: timeout\t",
        #"{"type":"platform.report","record":{"metrics":{"durationMs":3000},"status":"timeout"}}"#,
    ])
    func `a report of a function that was stopped is an error`(line: String) {
        let entry = LogEntry(line)
        #expect(entry.message == "stopped after 3.00 s: it took too long")
        #expect(entry.level == .error)
    }

    @Test func `a report of a function that failed names the error`() {
        let entry = LogEntry(
            #"{"type":"platform.report","record":{"metrics":{"durationMs":5},"status":"error","#
                + #""errorType":"Runtime.ExitError"}}"#
        )
        #expect(entry.message == "error after 5 ms")
        #expect(entry.fields == ["errorType=Runtime.ExitError"])
        #expect(entry.level == .error)
    }

    @Test(arguments: [
        "START RequestId: r Version: $LATEST\n", "END RequestId: r\n",
        "INIT_START Runtime Version: provided:al2023.v75\tRuntime Version ARN: arn\n",
        #"{"type":"platform.start","record":{"requestId":"r"}}"#,
        #"{"type":"platform.initStart","record":{"functionName":"alex-planner"}}"#,
        #"{"type":"platform.runtimeDone","record":{"status":"success"}}"#,
        #"{"type":"platform.somethingNew","record":{}}"#,
    ])
    func `what the report says again is noise`(line: String) {
        #expect(LogEntry(line).isNoise)
    }

    @Test(arguments: [
        (
            "2026-11-27T15:00:00.000Z 3f6b Task timed out after 3.00 seconds\n\n",
            "Task timed out after 3.00 seconds"
        ),
        (
            "RequestId: 3f6b Error: Runtime exited with error: signal: killed\nRuntime.ExitError\n",
            "Runtime exited with error: signal: killed"
        ),
    ])
    func `the platform's words about an end are errors`(line: String, message: String) {
        let entry = LogEntry(line)
        #expect(entry.message == message)
        #expect(entry.level == .error && entry.speaker == .platform)
    }

    @Test func `a start that failed and lines that were lost are no noise`() {
        let start = LogEntry(
            #"{"type":"platform.initReport","record":{"status":"error","errorType":"Function.NoDatabase"}}"#)
        #expect(start.level == .error && start.fields == ["errorType=Function.NoDatabase", "status=error"])
        let lost = LogEntry(#"{"type":"platform.logsDropped","record":{"droppedRecords":7,"reason":"slow"}}"#)
        #expect(lost.level == .warn && lost.message.hasPrefix("7 lines"))
    }

    @Test func `levels have an order, and the names of other runtimes count`() {
        #expect(LogLevel.trace < .debug && LogLevel.warn < .error && LogLevel.error < .fatal)
        #expect(LogLevel(word: "WARNING") == .warn)
        #expect(LogLevel(word: "Critical") == .fatal)
        #expect(LogLevel(word: "loud") == nil)
    }
}
