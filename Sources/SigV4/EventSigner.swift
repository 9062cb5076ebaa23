import Quantities
import Wire

/// Signs the messages of an event stream, each chained to the one before it and the first to its request, so
/// that none can be changed, dropped or moved.
///
/// The request is signed with ``Signer/Payload/events``. Every message then travels inside another one, whose
/// headers are `:date` (a timestamp) and `:chunk-signature` (32 bytes); an empty message ends the stream.
/// Source: "Event stream encoding", Amazon Transcribe developer guide; aws-c-auth, `aws_signing.c`.
package struct EventSigner: Sendable {
    private let signer: Signer
    /// 64 lower-case digits: the signature of the request, then of the message before.
    private var previous: String

    /// - Parameter request: As ``Signer/sign(_:at:)`` returned it.
    /// - Throws: ``SignatureFailure`` when it is not signed.
    package init(_ signer: Signer, after request: HTTPRequest) throws(SignatureFailure) {
        self.signer = signer
        previous = try SignatureClaim(header: request).signature
    }

    /// A message as it travels, with the one that is meant inside; the last one of a stream has none.
    ///
    /// - Throws: ``EventStreamFailure`` for a message beyond the limits.
    package mutating func message(
        carrying message: EventMessage?, at moment: Timestamp
    ) throws(EventStreamFailure) -> EventMessage {
        let payload: [UInt8] = if let message { try message.bytes } else { [] }
        return EventMessage(
            headers: [
                EventHeader(":date", .timestamp(millisecondsSinceEpoch: moment.millisecondsSinceEpoch)),
                EventHeader(":chunk-signature", .bytes(sign(payload, at: moment))),
            ], payload: payload)
    }

    /// - Parameter payload: The message inside, encoded; no bytes for the end of the stream.
    /// - Returns: What `:chunk-signature` carries.
    package mutating func sign(_ payload: [UInt8], at moment: Timestamp) -> [UInt8] {
        let sha256 = SHA256()
        let time = SigningTime(moment)
        let key = signer.key(on: time.day, sha256)
        var text: [UInt8] = []
        text.append("AWS4-HMAC-SHA256-PAYLOAD\n")
        text.append(time.text)
        text.append("\n")
        text.append(contentsOf: key.scope)
        text.append("\n")
        text.append(previous)
        text.append("\n")
        text.appendHexadecimal(sha256.digest(Self.dateHeader(moment)))
        text.append("\n")
        text.appendHexadecimal(sha256.digest(payload))
        let signature = key.signature(of: text, sha256)
        previous = signature.hexadecimal
        return signature.bytes
    }

    /// The one header that is signed, as it stands in the message: the length of its name, the name, 8 for a
    /// timestamp, milliseconds since 1970 in eight bytes, the highest first.
    private static func dateHeader(_ moment: Timestamp) -> [UInt8] {
        let name = ":date"
        var bytes = [UInt8(name.utf8.count)]
        bytes.append(name)
        bytes.append(UInt8(8))
        let milliseconds = UInt64(bitPattern: moment.millisecondsSinceEpoch)
        for shift in stride(from: 56, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: milliseconds >> shift))
        }
        return bytes
    }

    static let payload = "STREAMING-AWS4-HMAC-SHA256-EVENTS"
}
