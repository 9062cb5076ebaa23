import Quantities
import Wire

/// What a line of a function's log says: by our own logger, by another program, or by the Lambda platform.
///
/// Lambda writes about invocations in text (`REPORT RequestId: ...`) or, where a function logs in JSON, as
/// `{"type": "platform.report", "record": ...}`; both read the same here.
package struct LogEntry: Sendable, Equatable {
    /// Who speaks.
    package enum Speaker: Sendable, Equatable {
        case function
        case platform
    }

    package var level = LogLevel.info
    package var message: String
    /// What is beside the message: `job=...`, in the order of the names.
    package var fields: [String] = []
    package var speaker = Speaker.function
    /// Begins and ends that the platform tells as well: its report says it all.
    package var isNoise = false

    /// - Parameter line: As it was written, perhaps with its line end.
    package init(_ line: String) {
        let line = String(line.withoutOuterWhiteSpace)
        do {
            let document = try JSONValue(reading: line)
            self =
                Self(platform: document) ?? Self(logger: document) ?? Self(failure: document)
                ?? Self(message: line)
        } catch {
            self = Self(platformText: line) ?? Self(text: line)
        }
    }

    private init(message: String, level: LogLevel = .info) {
        self.message = message
        self.level = level
    }

    // MARK: Functions

    private static let knownKeys: Set = ["message", "level", "timestamp", "function", "requestId"]

    /// `{"timestamp", "level", "message", ...}`.
    private init?(logger document: JSONValue) {
        guard let message = document["message"]?.string, let members = document.object else { return nil }
        self.init(message: message, level: document["level"]?.string.flatMap { LogLevel(word: $0) } ?? .info)
        fields = members.filter { !Self.knownKeys.contains($0.key) }.sorted { $0.key < $1.key }.map {
            "\($0.key)=\($0.value.string ?? $0.value.text)"
        }
    }

    /// `{"errorType", "errorMessage", ...}`: what is left of a function that failed.
    private init?(failure document: JSONValue) {
        guard let message = document["errorMessage"]?.string else { return nil }
        let type = document["errorType"]?.string.map { $0 + ": " } ?? ""
        self.init(message: type + message, level: .error)
    }

    /// `2026-11-21T08:00:00.000Z WARN the words`, or anything else.
    private init(text: String) {
        let words = text.split(separator: " ", maxSplits: 2)
        if words.count == 3, Timestamp(words[0]) != nil, let level = LogLevel(word: words[1]) {
            self.init(message: String(words[2]), level: level)
        } else {
            self.init(message: text)
        }
    }

    // MARK: The platform, in JSON

    private init?(platform document: JSONValue) {
        guard let type = document["type"]?.string, type.hasPrefix("platform."),
            let record = document["record"]
        else { return nil }
        let hasFailed = !["success", nil].contains(record["status"]?.string)
        self.init(message: "")
        speaker = .platform
        switch type {
        case "platform.report":
            self = Self(report: Report(record))
        case "platform.initRuntimeDone" where hasFailed, "platform.initReport" where hasFailed:
            level = .error
            message = "the start failed"
            fields = ["errorType", "status"].compactMap { key in
                record[key]?.string.map { "\(key)=\($0)" }
            }
        case "platform.logsDropped":
            level = .warn
            message = "\(record["droppedRecords"]?.int ?? 0) lines of the log were lost"
            fields = record["reason"]?.string.map { ["reason=\($0)"] } ?? []
        default:
            message = type
            isNoise = true
        }
    }

    // MARK: The platform, in text

    private init?(platformText line: String) {
        let words = line.split(separator: " ", maxSplits: 2)
        switch words.first {
        case "START" where words.dropFirst().first == "RequestId:",
            "END" where words.dropFirst().first == "RequestId:", "INIT_START", "XRAY":
            self.init(message: line)
            isNoise = true
        case "REPORT" where words.dropFirst().first == "RequestId:":
            self = Self(report: Report(text: line))
        case "RequestId:" where line.contains(" Error: "):
            // RequestId: <id> Error: Runtime exited with error: exit status 1
            let words = line.split(separator: " Error: ", maxSplits: 1).last ?? ""
            self.init(message: String(words.prefix { !$0.isNewline }), level: .error)
        default:
            // <time> <id> Task timed out after 3.00 seconds
            guard words.count == 3, Timestamp(words[0]) != nil, words[2].hasPrefix("Task timed out") else {
                return nil
            }
            self.init(message: String(words[2]), level: .error)
        }
        speaker = .platform
    }

    private init(report: Report) {
        let time = report.milliseconds.map { " \(ProgressLines.seconds($0 / 1000))" } ?? ""
        switch report.status {
        case nil, "success": self.init(message: "done in\(time)")
        case "timeout": self.init(message: "stopped after\(time): it took too long", level: .error)
        case let status?: self.init(message: "\(status) after\(time)", level: .error)
        }
        speaker = .platform
        if let start = report.startMilliseconds {
            fields.append("start=\(ProgressLines.seconds(start / 1000))")
        }
        if let used = report.usedMegabytes {
            fields.append("memory=\(used) of \(report.megabytes ?? used) MB")
        }
        if let type = report.errorType { fields.append("errorType=\(type)") }
    }
}

/// The platform's last line about an invocation.
private struct Report {
    var milliseconds: Double?
    /// Set when the sandbox was new.
    var startMilliseconds: Double?
    var megabytes: Int?
    var usedMegabytes: Int?
    /// `success`, `error`, `failure` or `timeout`; absent in text that tells of a success.
    var status: String?
    var errorType: String?

    init(_ record: JSONValue) {
        let metrics = record["metrics"]
        milliseconds = metrics?["durationMs"]?.double
        startMilliseconds = metrics?["initDurationMs"]?.double
        megabytes = metrics?["memorySizeMB"]?.int
        usedMegabytes = metrics?["maxMemoryUsedMB"]?.int
        status = record["status"]?.string
        errorType = record["errorType"]?.string
    }

    /// `REPORT RequestId: ...<tab>Duration: 1.50 ms<tab>Memory Size: 128 MB<tab>...`
    init(text: String) {
        var parts: [String: String] = [:]
        for part in text.split(separator: "\t") {
            let pair = part.split(separator: ": ", maxSplits: 1)
            if pair.count == 2 { parts[String(pair[0])] = String(pair[1].withoutOuterWhiteSpace) }
        }
        func number(_ name: String) -> Substring? { parts[name]?.split(separator: " ").first }
        milliseconds = number("Duration").flatMap { Double($0) }
        startMilliseconds = number("Init Duration").flatMap { Double($0) }
        megabytes = number("Memory Size").flatMap { Int($0) }
        usedMegabytes = number("Max Memory Used").flatMap { Int($0) }
        status = parts["Status"]
        errorType = parts["Error Type"]
    }
}

extension StringProtocol {
    fileprivate var withoutOuterWhiteSpace: SubSequence {
        let start = drop { $0.isWhitespace }
        guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return start }
        return start[...end]
    }
}
