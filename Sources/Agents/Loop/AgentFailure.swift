import BedrockClient

/// Why an agent could not do its part. An answer that is merely bad is no failure: code says what it can
/// in its place.
package enum AgentFailure: Error, Sendable, Equatable {
    /// The model could not be asked.
    case model(ModelFailure)
    /// Not enough time is left for another turn.
    case outOfTime
    case cancelled
    /// There is nothing to write about, for a reason in words for the user.
    case noBasis(reason: String)

    /// Whether the same work may succeed later.
    package var isRetryable: Bool {
        switch self {
        case .model(let failure): failure.isRetryable
        case .outOfTime, .cancelled: true
        case .noBasis: false
        }
    }
}

extension AgentFailure: CustomStringConvertible, CustomDebugStringConvertible {
    /// Safe for users.
    package var description: String {
        switch self {
        case .model(let failure): failure.description
        case .outOfTime: "there was not enough time left for another turn of the language model"
        case .cancelled: "the work was cancelled"
        case .noBasis(let reason): reason
        }
    }

    package var debugDescription: String {
        switch self {
        case .model(let failure): failure.debugDescription
        case .outOfTime, .cancelled, .noBasis: description
        }
    }
}
