import Quantities

/// One event on Lambda's telemetry descriptor.
///
/// ```
/// | type, 4 bytes | length, 4 bytes | microseconds since 1970, 8 bytes | text, `length` bytes |
/// ```
///
/// All numbers are big-endian. The type says format and level: `0xA55A0000`, plus 2 for JSON or 3 for text,
/// plus four times the number of the level, TRACE being 1 and FATAL 6. Source: the telemetry sinks of AWS's
/// own runtimes for Python and Node.
package enum LogFrame {
    package static func bytes(
        of text: [UInt8], _ format: Logger.Format, _ level: Logger.Level, at moment: Timestamp
    ) -> [UInt8] {
        var frame: [UInt8] = []
        frame.reserveCapacity(headerBytes + text.count)
        append(type(format, level), to: &frame)
        append(UInt32(text.count), to: &frame)
        append(UInt64(max(0, moment.microsecondsSinceEpoch)), to: &frame)
        frame += text
        return frame
    }

    private static let headerBytes = 16

    private static func type(_ format: Logger.Format, _ level: Logger.Level) -> UInt32 {
        let formatBits: UInt32 =
            switch format {
            case .json: 2
            case .text: 3
            }
        return 0xA55A_0000 | UInt32(level.rank + 1) << 2 | formatBits
    }

    private static func append(_ number: some FixedWidthInteger, to frame: inout [UInt8]) {
        withUnsafeBytes(of: number.bigEndian) { frame += $0 }
    }
}
