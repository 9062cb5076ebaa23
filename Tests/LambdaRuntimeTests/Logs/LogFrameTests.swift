import LambdaRuntime
import Quantities
import Synchronization
import Testing
import Wire

@Suite struct LogFrameTests {
    private let moment = Timestamp(microsecondsSinceEpoch: 1_795_248_000_123_456)

    @Test func `a frame is type, length, microseconds and text`() {
        #expect(
            LogFrame.bytes(of: Array("hi".utf8), .json, .info, at: moment) == [
                0xA5, 0x5A, 0x00, 0x0E, 0x00, 0x00, 0x00, 0x02,
                0x00, 0x06, 0x60, 0xC4, 0xBF, 0x54, 0xC2, 0x40,
                0x68, 0x69,
            ])
    }

    @Test(
        arguments: zip(
            Logger.Level.allCases,
            [(0x06, 0x07), (0x0A, 0x0B), (0x0E, 0x0F), (0x12, 0x13), (0x16, 0x17), (0x1A, 0x1B)])
    ) func `the type says level and format`(level: Logger.Level, types: (json: UInt8, text: UInt8)) {
        #expect(LogFrame.bytes(of: [], .json, level, at: moment)[..<4] == [0xA5, 0x5A, 0, types.json])
        #expect(LogFrame.bytes(of: [], .text, level, at: moment)[..<4] == [0xA5, 0x5A, 0, types.text])
    }

    @Test func `a text of several lines is one frame and keeps them`() {
        let frames = Mutex<[[UInt8]]>([])
        let lines = Lines()
        let log = Logger(
            format: .text, now: { [moment] in moment },
            to: .frames(
                { frame in
                    frames.withLock { $0.append(frame) }
                    return true
                }, otherwise: lines.append))
        log.warn("one\ntwo\u{1B}")
        let texts = frames.withLock { $0.map { String(decoding: $0[16...], as: UTF8.self) } }
        #expect(texts == ["\(moment) WARN one\ntwo "])
        #expect(lines.all.isEmpty)
    }

    @Test func `a frame that is not taken becomes a line`() {
        let lines = Lines()
        let log = Logger(
            format: .text, now: { [moment] in moment }, to: .frames({ _ in false }, otherwise: lines.append))
        log.warn("one\ntwo")
        #expect(lines.all == ["\(moment) WARN one two\n"])
    }
}
