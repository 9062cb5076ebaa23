import AWSClient
import Quantities

/// Reads the logs of several functions again and again, and gives each line once.
///
/// CloudWatch Logs shows a line some seconds after it was written, of different streams in any order. So
/// each round asks for what the last one has seen of late as well, and knows by their ids the lines it has
/// given. All groups of a round are asked at once; when one of them does not answer, the round gives nothing
/// and the next one gives it all.
package struct LogFollower: Sendable {
    /// How late a line may come and still be given.
    package static let overlap = Duration.seconds(60)

    private let groups: [String]
    private let read: @Sendable (LogQuery) async throws(AWSFailure) -> [LogEvent]
    /// The next round asks from here on.
    package private(set) var start: Timestamp
    private var newest: Timestamp?
    private var given: [Line: Timestamp] = [:]

    private struct Line: Hashable {
        let group: String
        let id: String
    }

    /// - Parameters:
    ///   - groups: Names of log groups that are there.
    ///   - start: Lines that are older are not given.
    ///   - read: Asks for all events that answer a query.
    package init(
        groups: [String], start: Timestamp,
        read: @escaping @Sendable (LogQuery) async throws(AWSFailure) -> [LogEvent]
    ) {
        self.groups = groups
        self.start = start
        self.read = read
    }

    /// How many lines are remembered.
    package var memory: Int { given.count }

    /// What has come since the last round, over all groups in the order of time.
    package mutating func round() async throws(AWSFailure) -> [LogEvent] {
        // Whatever is written while this round asks is younger than what is known now.
        let known = newest
        var events: [LogEvent] = []
        for event in try await answers() {
            newest = max(newest ?? event.at, event.at)
            if given.updateValue(event.at, forKey: Line(group: event.group, id: event.id)) == nil {
                events.append(event)
            }
        }
        if let known { start = max(start, known - Self.overlap) }
        // The service counts in milliseconds; so does the end of what may come again.
        let oldest = Timestamp(millisecondsSinceEpoch: start.millisecondsSinceEpoch)
        given = given.filter { $0.value >= oldest }
        return events.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
            .map(\.element)
    }

    private func answers() async throws(AWSFailure) -> [LogEvent] {
        let (read, start) = (read, start)
        let results = await withTaskGroup(of: (Int, Result<[LogEvent], AWSFailure>).self) { tasks in
            for (index, group) in groups.enumerated() {
                tasks.addTask {
                    do throws(AWSFailure) {
                        return (index, .success(try await read(LogQuery(group: group, start: start))))
                    } catch {
                        return (index, .failure(error))
                    }
                }
            }
            var results: [(Int, Result<[LogEvent], AWSFailure>)] = []
            for await result in tasks { results.append(result) }
            return results.sorted { $0.0 < $1.0 }.map(\.1)
        }
        var events: [LogEvent] = []
        for result in results { events += try result.get() }
        return events
    }
}
