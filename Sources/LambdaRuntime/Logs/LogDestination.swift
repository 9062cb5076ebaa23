/// Where a ``Logger`` leaves what it has to say.
package enum LogDestination: Sendable {
    /// Each event is a line; the verb takes it whole, with its end.
    case lines(@Sendable ([UInt8]) -> Void)
    /// Each event is a ``LogFrame``, in which a text may have several lines. What the first verb does not
    /// take - it says `false` - the second gets as a line.
    case frames(@Sendable ([UInt8]) -> Bool, otherwise: @Sendable ([UInt8]) -> Void)

    /// The telemetry descriptor where Lambda has given one that can be written to, otherwise standard error.
    package static func of(environment: [String: String]) -> LogDestination {
        guard let telemetry = LogDescriptor.telemetry(environment) else {
            return .lines(writeToStandardError)
        }
        return .frames({ telemetry.append($0) }, otherwise: writeToStandardError)
    }
}

/// A line that standard error does not take is lost: there is no better place to say so.
@Sendable package func writeToStandardError(_ line: [UInt8]) {
    _ = LogDescriptor.standardError.append(line)
}
