import Quantities

/// A moment as it is signed: `20261121T080000Z`.
struct SigningTime {
    let text: String
    /// `20261121`.
    let day: String

    init(_ moment: Timestamp) {
        let date = moment.date
        let (year, month, dayOfMonth) = (date.year, date.month, date.day)
        let second = Int(moment.secondsSinceEpoch) - date.daysSinceEpoch * 86_400
        func writeDay(_ output: UnsafeMutableBufferPointer<UInt8>) {
            Self.write(year / 100, to: output, at: 0)
            Self.write(year % 100, to: output, at: 2)
            Self.write(month, to: output, at: 4)
            Self.write(dayOfMonth, to: output, at: 6)
        }
        day = String(unsafeUninitializedCapacity: 8) { output in
            writeDay(output)
            return 8
        }
        text = String(unsafeUninitializedCapacity: 16) { output in
            writeDay(output)
            output[8] = UInt8(ascii: "T")
            Self.write(second / 3600, to: output, at: 9)
            Self.write(second / 60 % 60, to: output, at: 11)
            Self.write(second % 60, to: output, at: 13)
            output[15] = UInt8(ascii: "Z")
            return 16
        }
    }

    /// Two digits.
    private static func write(_ number: Int, to output: UnsafeMutableBufferPointer<UInt8>, at place: Int) {
        output[place] = UInt8(ascii: "0") + UInt8(number / 10)
        output[place + 1] = UInt8(ascii: "0") + UInt8(number % 10)
    }
}

extension Timestamp {
    /// Reads the form AWS signs: `20261121T080000Z`.
    init?(basicText: String) {
        let text = Array(basicText.utf8)
        guard text.count == 16, text[8] == UInt8(ascii: "T") else { return nil }
        func part(_ range: Range<Int>) -> String { String(decoding: text[range], as: UTF8.self) }
        self.init(
            "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))\(part(8..<9))"
                + "\(part(9..<11)):\(part(11..<13)):\(part(13..<15))\(part(15..<16))")
    }
}
