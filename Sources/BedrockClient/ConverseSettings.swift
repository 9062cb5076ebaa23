import Wire

/// What all requests to a model on Bedrock have in common beside the conversation.
package struct ConverseSettings: Sendable, Hashable {
    package var guardrail: Guardrail?
    /// What is not to be read and paid for again in the next turn. Points that the model's family does not
    /// take are left out.
    package var cachePoints: Set<CachePoint>
    package var latency: Latency?
    package var serviceTier: ServiceTier?
    /// For the invocation log; at most 16.
    package var metadata: [String: String]
    /// What goes to the model as it is, such as `["thinking": ["type": "enabled", "budget_tokens": 2000]]`.
    package var modelFields: [String: JSONValue]
    /// Where the identifier does not tell: an application inference profile may hide any model.
    package var family: ModelFamily?

    package init(
        guardrail: Guardrail? = nil, cachePoints: Set<CachePoint> = [], latency: Latency? = nil,
        serviceTier: ServiceTier? = nil, metadata: [String: String] = [:],
        modelFields: [String: JSONValue] = [:], family: ModelFamily? = nil
    ) {
        self.guardrail = guardrail
        self.cachePoints = cachePoints
        self.latency = latency
        self.serviceTier = serviceTier
        self.metadata = metadata
        self.modelFields = modelFields
        self.family = family
    }

    package enum Latency: String, Sendable, Hashable {
        case standard
        case optimized
    }

    package enum ServiceTier: String, Sendable, Hashable {
        case priority
        case standard = "default"
        case flex
        case reserved
    }
}

/// A guardrail of Bedrock that reads along. When it steps in, the reply is
/// ``ModelFailure/refused(message:by:trace:)``.
package struct Guardrail: Sendable, Hashable {
    /// Or its ARN.
    package let id: String
    /// A number, or `DRAFT`.
    package let version: String
    package let trace: Trace
    /// How a streamed reply is read.
    package let streaming: Streaming?

    package init(id: String, version: String, trace: Trace = .disabled, streaming: Streaming? = nil) {
        self.id = id
        self.version = version
        self.trace = trace
        self.streaming = streaming
    }

    package enum Trace: String, Sendable, Hashable {
        case enabled
        case disabled
        case full = "enabled_full"
    }

    package enum Streaming: String, Sendable, Hashable {
        /// Each piece is read before it is sent.
        case synchronous = "sync"
        /// Faster; what is later found to be out of order has been seen by then.
        case asynchronous = "async"
    }
}

/// A place where the prompt so far goes into the cache; the order is that of the prompt.
package enum CachePoint: Sendable, Hashable, CaseIterable {
    case tools
    case system
    /// The end of the last two turns of the user: what the turn before wrote is then found.
    case conversation

    static let json: JSONValue = ["cachePoint": ["type": "default"]]
    /// Four points are allowed in all, and tools and system take one each.
    static let turns = 2
}
