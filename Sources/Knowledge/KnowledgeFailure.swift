import AWSClient

/// Why the knowledge base did not do what it was asked for.
package enum KnowledgeFailure: Error, Equatable, CustomStringConvertible {
    /// The caller's mistake; the sentence says what to change.
    case invalid(String)
    case tooLarge(String)
    /// No vectors could be made.
    case embedding(AWSFailure)
    /// The model's own files could not be read.
    case model(String)
    /// The model answered with something that is no vector of ours.
    case noVectors(String)
    /// The time was over before all texts had their vectors.
    case outOfTime(done: Int, of: Int)
    /// The vectors could not be written or found.
    case vectors(AWSFailure)

    package var isThrottling: Bool {
        switch self {
        case .embedding(let failure), .vectors(let failure): failure.isThrottling
        case .invalid, .tooLarge, .noVectors, .outOfTime, .model: false
        }
    }

    package var description: String {
        switch self {
        case .invalid(let sentence), .tooLarge(let sentence): sentence
        case .embedding(let failure): "the text could not be embedded: \(failure)"
        case .model(let reason): "the embedding model could not be loaded: \(reason)"
        case .noVectors(let reason): "the embedding model gave no usable vectors: \(reason)"
        case .outOfTime(let done, let all): "the time was over after \(done) of \(all) passages"
        case .vectors(let failure): "the knowledge base could not be reached: \(failure)"
        }
    }
}
