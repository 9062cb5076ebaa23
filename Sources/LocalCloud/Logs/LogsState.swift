import Quantities

/// The log groups of the local cloud, in memory.
///
/// Events of a group are in the order in which they came, which is also that of their ids and times. The
/// oldest go when there are too many.
package struct LogsState: Sendable {
    /// Of one group, in events and in bytes. When it has more, a tenth goes at once.
    let mostEvents: Int
    let mostBytes: Int
    private(set) var groups: [String: Group] = [:]
    /// Ids begin with the time, so that they grow also from one run of the local cloud to the next.
    private var lastID: Int64 = 0

    package init(mostEvents: Int = 20_000, mostBytes: Int = 8 * 1024 * 1024) {
        self.mostEvents = mostEvents
        self.mostBytes = mostBytes
    }

    struct Group: Sendable {
        let name: String
        let createdAt: Timestamp
        fileprivate(set) var events: [Event] = []
        fileprivate(set) var bytes = 0
        fileprivate(set) var streams: [String: Stream] = [:]
    }

    struct Stream: Sendable {
        let name: String
        let createdAt: Timestamp
        fileprivate(set) var lastEventAt: Timestamp
        fileprivate(set) var firstEventAt: Timestamp
    }

    struct Event: Sendable, Equatable {
        let id: Int64
        /// To the millisecond, as the service has it.
        let at: Timestamp
        let stream: String
        let message: String
    }

    /// A group that is there stays as it is.
    package mutating func create(_ group: String, at now: Timestamp) {
        if groups[group] == nil { groups[group] = Group(name: group, createdAt: now) }
    }

    /// Group and stream are made where they are missing, as Lambda does.
    package mutating func append(_ message: String, to stream: String, of group: String, at now: Timestamp) {
        create(group, at: now)
        let millisecond = Timestamp(millisecondsSinceEpoch: now.millisecondsSinceEpoch)
        // A clock that was set back does not put a line before those that are there.
        let moment = max(millisecond, groups[group]?.events.last?.at ?? millisecond)
        lastID = max(lastID + 1, now.microsecondsSinceEpoch * 1000)
        groups[group]?.append(Event(id: lastID, at: moment, stream: stream, message: message))
        groups[group]?.trim(to: mostEvents, bytes: mostBytes)
    }

    func group(_ name: String) throws(ServiceFailure) -> Group {
        guard let group = groups[name] else {
            throw ServiceFailure("ResourceNotFoundException", "The specified log group does not exist.")
        }
        return group
    }
}

extension LogsState.Group {
    /// Counted with each event, beside its message. Source: CloudWatch Logs, PutLogEvents.
    private static let overheadBytes = 26

    fileprivate mutating func append(_ event: LogsState.Event) {
        events.append(event)
        bytes += event.message.utf8.count + Self.overheadBytes
        let stream = LogsState.Stream(
            name: event.stream, createdAt: event.at, lastEventAt: event.at, firstEventAt: event.at)
        streams[event.stream, default: stream].lastEventAt = event.at
    }

    fileprivate mutating func trim(to mostEvents: Int, bytes mostBytes: Int) {
        guard events.count > mostEvents || bytes > mostBytes else { return }
        var count = 0
        while count < events.count - 1,
            events.count - count > mostEvents - mostEvents / 10 || bytes > mostBytes - mostBytes / 10
        {
            bytes -= events[count].message.utf8.count + Self.overheadBytes
            count += 1
        }
        events.removeFirst(count)
        let left = Set(events.map(\.stream))
        streams = streams.filter { left.contains($0.key) }
    }

    func stream(_ name: String) throws(ServiceFailure) -> LogsState.Stream {
        guard let stream = streams[name] else {
            throw ServiceFailure("ResourceNotFoundException", "The specified log stream does not exist.")
        }
        return stream
    }

    /// Where the events begin whose id is larger.
    func index(after id: Int64) -> Int {
        var range = 0..<events.count
        while !range.isEmpty {
            let middle = (range.lowerBound + range.upperBound) / 2
            range =
                events[middle].id <= id ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return range.lowerBound
    }
}

extension LogsState.Event {
    private static let idDigits = 56

    /// As the service prints ids: 56 digits.
    static func text(ofID id: Int64) -> String {
        let digits = String(id)
        return String(repeating: "0", count: idDigits - digits.count) + digits
    }

    /// `nil` for what is no id.
    static func id(_ text: some StringProtocol) -> Int64? {
        text.utf8.count == idDigits ? Int64(text) : nil
    }

    /// Also in what an answer may carry.
    var bytes: Int { message.utf8.count + 26 }
}
