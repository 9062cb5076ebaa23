/// Why bytes are no event stream, or a message cannot become bytes.
package enum EventStreamFailure: Error, Hashable, CustomStringConvertible {
    /// The lengths at the beginning of a message have been damaged on the way.
    case preludeChecksum(given: UInt32, found: UInt32)
    /// Headers or payload have been damaged on the way.
    case messageChecksum(given: UInt32, found: UInt32)
    /// The headers would not fit into the message, or the message into its own frame.
    case impossibleLengths(message: Int, headers: Int)
    case headersTooLong(bytes: Int, limit: Int)
    case payloadTooLong(bytes: Int, limit: Int)
    /// A header goes beyond the end of the headers.
    case headersCutOff
    /// No name, or a text that is not UTF-8; the name is empty when it is the name itself.
    case malformedHeader(name: String)
    case unknownHeaderType(UInt8, name: String)
    case duplicateHeader(name: String)
    /// Only when writing: the name, or a text or bytes, do not fit (or the name is empty).
    case headerTooLong(name: String, bytes: Int, limit: Int)
    /// The body ended too early. While the length is not known, what is missing of the prelude counts.
    case endedInsideMessage(missingBytes: Int)

    package var description: String {
        switch self {
        case .preludeChecksum(let given, let found):
            "the lengths of an event are damaged: checksum \(Self.text(given)), found \(Self.text(found))"
        case .messageChecksum(let given, let found):
            "an event is damaged: checksum \(Self.text(given)), found \(Self.text(found))"
        case .impossibleLengths(let message, let headers):
            "an event of \(message) bytes cannot hold \(headers) bytes of headers"
        case .headersTooLong(let bytes, let limit):
            "an event has \(bytes) bytes of headers; \(limit) are allowed"
        case .payloadTooLong(let bytes, let limit): "an event has \(bytes) bytes; \(limit) are allowed"
        case .headersCutOff: "the headers of an event end too early"
        case .malformedHeader(let name): "the header '\(name)' of an event is not readable"
        case .unknownHeaderType(let type, let name):
            "the header '\(name)' of an event has the unknown type \(type)"
        case .duplicateHeader(let name): "an event has two headers '\(name)'"
        case .headerTooLong(let name, let bytes, let limit):
            "the header '\(name)' has a part of \(bytes) bytes; 1 to \(limit) are allowed"
        case .endedInsideMessage(let missing): "the stream ended \(missing) bytes before the end of an event"
        }
    }

    private static func text(_ checksum: UInt32) -> String { String(checksum, radix: 16) }
}
