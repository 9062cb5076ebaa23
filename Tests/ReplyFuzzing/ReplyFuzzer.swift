import LambdaRuntime
import Wire

/// Feeds replies to ``HTTPReplyReader`` that nobody would think of, the same ones for the same seed, and
/// holds what it says to what must always be true.
///
/// Half of the inputs are damaged members of a corpus. The others are sound replies of random content, of
/// which the reader must find every byte.
package struct ReplyFuzzer {
    package struct Tally: Equatable {
        package var replies = 0
        package var failures = 0
        package var bytes = 0
    }

    private var random: SplitMix64
    package private(set) var tally = Tally()

    package init(seed: UInt64) { random = SplitMix64(state: seed) }

    /// - Throws: ``ReplyFinding`` for the first input with which something is wrong.
    package mutating func run(inputs count: Int) throws(ReplyFinding) {
        for index in 0..<count {
            if index % 2 == 0 {
                let seed = ReplyCorpus.replies[Int.random(in: 0..<ReplyCorpus.replies.count, using: &random)]
                try check(damaged(seed))
            } else {
                var sound = SoundReply(using: &random)
                try check(sound.bytes, expecting: sound.response)
                sound.bytes = damaged(sound.bytes)
                try check(sound.bytes)
            }
        }
    }

    /// - Parameter expected: What the bytes say, where that is known.
    package mutating func check(_ bytes: [UInt8], expecting expected: HTTPResponse? = nil)
        throws(ReplyFinding)
    {
        let whole = ReplyOutcome(of: [bytes[...]])
        let inParts = ReplyOutcome(of: split(bytes))
        tally.bytes += bytes.count
        guard whole.isSame(as: inParts) else { throw .dependsOnParts(bytes) }
        switch whole {
        case .reply(let reply):
            tally.replies += 1
            let response = reply.response
            let headerBytes = response.headers.fields.reduce(0) { $0 + $1.name.utf8.count }
            guard response.body.count + headerBytes <= bytes.count else { throw .moreThanWasSent(bytes) }
            guard (200..<600).contains(response.status) else { throw .noStatus(bytes) }
            if let expected, expected != response { throw .notWhatWasSent(bytes) }
        case .failure:
            tally.failures += 1
            if expected != nil { throw .notWhatWasSent(bytes) }
        }
    }

    private mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            let length = Int.random(in: 0...min(12, bytes.count - place), using: &random)
            switch Int.random(in: 0..<8, using: &random) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.insert(Self.telling[Int(random.next() % UInt64(Self.telling.count))], at: place)
            case 2: bytes.removeSubrange(place..<(place + length))
            case 3: bytes.insert(contentsOf: bytes[place..<(place + length)], at: place)
            case 4: bytes.removeLast(bytes.count - place)
            case 5:
                bytes.insert(
                    contentsOf: Self.phrases[Int(random.next() % UInt64(Self.phrases.count))], at: place)
            case 6: bytes.append(contentsOf: bytes[place...])
            default: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            }
        }
        return bytes
    }

    /// Bytes that mean something to HTTP.
    private static let telling = Array("\r\n :;0f,\t\0".utf8)
    private static let phrases = [
        "\r\n\r\n", "\r\n", "Content-Length: 3\r\n", "Transfer-Encoding: chunked\r\n", "0\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\n", "Connection: close\r\n", "ffffffff", "99999999999",
    ].map { Array($0.utf8) }

    private mutating func split(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var parts: [ArraySlice<UInt8>] = []
        var rest = bytes[...]
        let longest = Int.random(in: 1...32, using: &random)
        while !rest.isEmpty {
            let part = rest.prefix(Int.random(in: 1...longest, using: &random))
            parts.append(part)
            rest = rest[part.endIndex...]
        }
        return parts
    }
}

/// What the reader makes of bytes.
private enum ReplyOutcome {
    case reply(HTTPReplyReader.Reply)
    case failure(HTTPReplyFailure)

    init(of parts: [ArraySlice<UInt8>]) {
        var reader = HTTPReplyReader()
        do throws(HTTPReplyFailure) {
            for part in parts {
                if let reply = try reader.receive(part) {
                    self = .reply(reply)
                    return
                }
            }
            self = .reply(try reader.receiveEnd())
        } catch {
            self = .failure(error)
        }
    }

    /// What follows a reply spoils the connection only when it comes together with it.
    func isSame(as inParts: ReplyOutcome) -> Bool {
        switch (self, inParts) {
        case (.reply(let left), .reply(let right)):
            left.response == right.response && (right.keepsConnection || !left.keepsConnection)
        case (.failure(let left), .failure(let right)): left == right
        default: false
        }
    }
}

/// Something that must never be, with the bytes that have shown it.
package enum ReplyFinding: Error, Equatable {
    /// Other parts, another reply.
    case dependsOnParts([UInt8])
    /// The reply has more bytes than came.
    case moreThanWasSent([UInt8])
    case noStatus([UInt8])
    /// A sound reply was refused, or read as another one.
    case notWhatWasSent([UInt8])
}
