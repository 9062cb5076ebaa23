import Quantities
import Synchronization

/// How far the services' clock is from ours, as their answers tell: a signature is good for minutes only, and
/// a machine that was woken from a snapshot may not know the time.
///
/// A class because all calls of a client share what one of them has learned.
final class ServerClock: Sendable {
    /// A difference that signatures do not bear; a smaller one is left alone.
    static let tolerance = Duration.seconds(300)

    private let state = Mutex(Duration.zero)

    /// To be added to our time.
    var offset: Duration { state.withLock { $0 } }

    /// - Parameters:
    ///   - date: The header `Date` of an answer: a moment between the two others, were all clocks right.
    ///   - isBlamed: Whether the service says that it was the time, however small the difference is.
    func learn(_ date: String?, sent: Timestamp, received: Timestamp, isBlamed: Bool) {
        guard let server = date.flatMap({ Timestamp(httpDate: $0) }) else { return }
        state.withLock { offset in
            let nearest = min(max(server, sent + offset), received + offset)
            let difference = server < nearest ? nearest - server : server - nearest
            if difference >= (isBlamed ? Self.leastDifference : Self.tolerance) {
                offset += server - nearest
            }
        }
    }

    /// What a header in whole seconds can show.
    private static let leastDifference = Duration.seconds(2)
}

extension Timestamp {
    /// Reads the form of HTTP's headers: `Fri, 27 Nov 2026 08:00:00 GMT`.
    init?(httpDate text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 29, bytes.suffix(4).elementsEqual(" GMT".utf8), bytes[3] == UInt8(ascii: ","),
            let month = Self.months.firstIndex(where: { $0.utf8.elementsEqual(bytes[8..<11]) }),
            let day = Self.number(bytes[5..<7]), let year = Self.number(bytes[12..<16]),
            let date = CalendarDate(year: year, month: month + 1, day: day),
            bytes[19] == UInt8(ascii: ":"), bytes[22] == UInt8(ascii: ":"),
            let hour = Self.number(bytes[17..<19]), hour < 24,
            let minute = Self.number(bytes[20..<22]), minute < 60,
            let second = Self.number(bytes[23..<25]), second < 61
        else { return nil }
        self.init(
            secondsSinceEpoch: Int64(date.daysSinceEpoch) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
        )
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }
}
