extension Timestamp: CustomStringConvertible {
    /// RFC 3339 in UTC with milliseconds: `2026-11-21T08:00:00.000Z`.
    package var description: String {
        "\(date)T\(time(separator: ":")).\(padded(millisecondsSinceEpoch - secondsSinceEpoch * 1000, 3))Z"
    }

    /// The form AWS signs: `20261121T080000Z`.
    package var basicText: String { "\(date.basicText)T\(time(separator: ""))Z" }

    /// The form the Data API's `TIMESTAMP` hint takes: `2026-11-21 08:00:00.000000`.
    package var sqlText: String {
        "\(date) \(time(separator: ":")).\(padded(microsecondsSinceEpoch - secondsSinceEpoch * 1_000_000, 6))"
    }

    /// Reads RFC 3339 and what PostgreSQL prints: a blank or `T`, up to six decimals, and `Z`, `+00`,
    /// `+02:00` or nothing for UTC.
    package init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 19, bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " "),
            let date = CalendarDate(String(decoding: bytes[..<10], as: UTF8.self)),
            bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            let hour = number(bytes[11..<13]), hour < 24, let minute = number(bytes[14..<16]), minute < 60,
            let second = number(bytes[17..<19]), second < 61
        else { return nil }
        var rest = bytes[19...]
        var microseconds: Int64 = 0
        if rest.first == UInt8(ascii: ".") {
            let digits = rest.dropFirst().prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            guard (1...9).contains(digits.count) else { return nil }
            let six =
                Array(digits.prefix(6)) + Array(repeating: UInt8(ascii: "0"), count: max(0, 6 - digits.count))
            microseconds = number(six[...]) ?? 0
            rest = rest.dropFirst(1 + digits.count)
        }
        guard let offset = Self.offsetSeconds(rest) else { return nil }
        let seconds = Int64(date.daysSinceEpoch) * 86_400 + hour * 3600 + minute * 60 + second - offset
        self.init(microsecondsSinceEpoch: seconds * 1_000_000 + microseconds)
    }

    private static func offsetSeconds(_ text: ArraySlice<UInt8>) -> Int64? {
        guard let sign = text.first else { return 0 }
        if text.count == 1 && (sign == UInt8(ascii: "Z") || sign == UInt8(ascii: "z")) { return 0 }
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return nil }
        let digits = text.dropFirst().filter { $0 != UInt8(ascii: ":") }
        guard digits.count == 2 || digits.count == 4, let hours = number(digits[..<2]), hours < 24,
            let minutes = number(digits[2...].isEmpty ? [UInt8(ascii: "0")] : digits[2...]), minutes < 60
        else { return nil }
        return (sign == UInt8(ascii: "-") ? -1 : 1) * (hours * 3600 + minutes * 60)
    }

    private func time(separator: String) -> String {
        let second = secondsSinceEpoch - Int64(date.daysSinceEpoch) * 86_400
        return [second / 3600, second / 60 % 60, second % 60].map { padded($0, 2) }.joined(
            separator: separator)
    }
}

func padded(_ number: Int64, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

func number(_ digits: ArraySlice<UInt8>) -> Int64? {
    guard !digits.isEmpty else { return nil }
    var value: Int64 = 0
    for digit in digits {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
        value = value * 10 + Int64(digit - UInt8(ascii: "0"))
    }
    return value
}
