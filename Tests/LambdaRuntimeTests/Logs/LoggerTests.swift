import LambdaRuntime
import Quantities
import Synchronization
import Testing
import Wire

@Suite struct LoggerTests {
    private let moment = Timestamp(millisecondsSinceEpoch: 1_795_248_000_123)

    @Test func `a line is one JSON object with sorted keys`() {
        let line = firstLine { log in
            log.adding(["requestId": "r-1"]).warn("two\nlines", ["attempt": 2])
        }
        #expect(
            line
                == #"{"attempt":2,"function":"Planner","level":"WARN","message":"two\nlines","#
                + #""requestId":"r-1","timestamp":"2026-11-21T08:00:00.123Z"}"#
                + "\n")
    }

    @Test func `further keys cannot take the place of the fixed ones`() throws {
        let line = firstLine { $0.error("real", ["message": "forged", "level": "TRACE"]) }
        let json = try JSONValue(reading: line)
        #expect(json["message"] == "real")
        #expect(json["level"] == "ERROR")
    }

    @Test func `text is one line however many the message has`() {
        let line = firstLine(format: .text) { $0.info("two\r\nlines", ["job": "7"]) }
        #expect(line == "2026-11-21T08:00:00.123Z INFO two  lines function=\"Planner\" job=\"7\"\n")
    }

    @Test func `lines below the level are neither written nor made`() {
        let made = Mutex(0)
        let line = firstLine { log in
            log.debug("\(made.withLock { $0 += 1; return $0 })")
        }
        #expect(line == "")
        #expect(made.withLock { $0 } == 0)
    }

    @Test(arguments: [
        ("JSON", "warn", Logger.Format.json, Logger.Level.warn), ("text", "TRACE", .text, .trace),
        ("Text", "Fatal", .text, .fatal), ("tEXT", "eRRor", .text, .error), ("Json", "deBUG", .json, .debug),
        ("json", "loud", .json, .info), ("", "", .json, .info),
    ]) func `the platform's variables are read in any case`(
        format: String, level: String, expectedFormat: Logger.Format, expectedLevel: Logger.Level
    ) {
        var environment = ["AWS_LAMBDA_FUNCTION_NAME": "alex-planner"]
        environment["AWS_LAMBDA_LOG_FORMAT"] = format
        environment["AWS_LAMBDA_LOG_LEVEL"] = level
        let log = Logger(environment: environment)
        #expect(log.format == expectedFormat)
        #expect(log.minimum == expectedLevel)
        #expect(log.fields == ["function": "alex-planner"])
    }

    @Test(arguments: [("lambda-managed-instances", Logger.Format.json), ("on-demand", .text)])
    func `managed instances take JSON alone`(kind: String, format: Logger.Format) {
        let log = Logger(environment: [
            "AWS_LAMBDA_LOG_FORMAT": "Text", "AWS_LAMBDA_INITIALIZATION_TYPE": kind,
        ])
        #expect(log.format == format)
    }

    @Test(arguments: Logger.Level.allCases)
    func `of all levels those from the minimum on are written`(minimum: Logger.Level) throws {
        let lines = Lines()
        let log = Logger(minimum: minimum, write: lines.append)
        for level in Logger.Level.allCases { log.log(level, "") }
        #expect(
            try lines.json.map { $0["level"]?.string }
                == Logger.Level.allCases.filter { $0 >= minimum }.map(\.rawValue))
    }

    @Test func `lines of an invocation say whose they are`() throws {
        var invocation = Invocation(event: [], requestID: "r-1", traceID: "Root=1-5bef4de7;Sampled=1")
        invocation.tenantID = "tenant-7"
        let lines = Lines()
        lines.logger.following(invocation).info("")
        lines.logger.following(Invocation(event: [], requestID: "r-2")).info("")
        let (first, second) = (try lines.json[0], try lines.json[1])
        #expect(first["requestId"] == "r-1" && first["tenantId"] == "tenant-7")
        #expect(first["traceId"] == "Root=1-5bef4de7;Sampled=1")
        #expect(second["requestId"] == "r-2" && second["tenantId"] == nil && second["traceId"] == nil)
    }

    private func firstLine(format: Logger.Format = .json, _ work: (Logger) -> Void) -> String {
        let lines = Lines()
        work(
            Logger(
                format: format, fields: ["function": "Planner"], now: { [moment] in moment },
                write: lines.append))
        return lines.all.joined()
    }
}
