/// What is special about the models of one maker.
package enum ModelFamily: Sendable, Hashable {
    case nova
    case claude
    /// Of a maker this client knows nothing about.
    case other
    /// An identifier that does not tell, such as the ARN of an application inference profile.
    case unknown

    /// - Parameter modelID: A model, an inference profile (`us.amazon.nova-pro-v1:0`), or an ARN of either.
    package init(modelID: String) {
        let id = modelID.lowercased().utf8
        if id.hasWord("nova") {
            self = .nova
        } else if id.hasWord("claude") || id.hasWord("anthropic.") {
            self = .claude
        } else {
            self = id.hasWord("arn:") ? .unknown : .other
        }
    }

    /// Where a prompt may be cut for the cache. Amazon Nova refuses a point among the tools ("extraneous key
    /// [cachePoint] is not permitted"); a model without a cache refuses every point.
    var cachePoints: Set<CachePoint> {
        switch self {
        case .nova: [.system, .conversation]
        case .claude, .unknown: [.tools, .system, .conversation]
        case .other: []
        }
    }
}

extension String.UTF8View {
    func hasWord(_ word: StaticString) -> Bool {
        let word = Array(word.description.utf8)
        return indices.contains { self[$0...].starts(with: word) }
    }
}
