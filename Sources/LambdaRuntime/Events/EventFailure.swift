import Wire

/// Why an event is not what the function was set up for.
package enum EventFailure: Error, Equatable, CustomStringConvertible {
    case notJSON(JSONFailure)
    /// - Parameter member: Its path, such as `Records[2].body`.
    case malformed(event: String, member: String)

    package var description: String {
        switch self {
        case .notJSON(let failure): "the event is \(failure)"
        case .malformed(let event, let member): "not an event of \(event): \(member) is missing or malformed"
        }
    }
}
