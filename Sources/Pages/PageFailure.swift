import Wire

/// Why a page was not read. The description is safe for users and for models.
package enum PageFailure: Error, Hashable, CustomStringConvertible {
    /// An entry of the policy that is no host.
    case notAHost(String)
    case refused(PageRefusal)
    /// The page sends its readers to where they may not go.
    case redirectRefused(from: String, PageRefusal)
    case tooManyRedirects(limit: Int)
    /// The name leads to an address outside the public internet.
    case privateAddress(host: String, address: String)
    case tooLong(limitBytes: Int)
    case tooSlow(limit: Duration)
    case status(Int)
    /// The answer is compressed although that was not asked for.
    case compressed(String)
    case notText(contentType: String)
    /// There is nothing to read, such as on a page that a script would have to fill.
    case noText
    case notReached(reason: String)
    case cancelled

    init(_ failure: TransportFailure, limits: PageLimits) {
        self =
            switch failure {
            case .addressRefused(let host, let address): .privateAddress(host: host, address: address)
            case .tooLong(_, let limit): .tooLong(limitBytes: limit)
            case .timedOut: .tooSlow(limit: limits.time)
            case .cancelled: .cancelled
            case .notConnected(_, let reason), .interrupted(_, let reason), .notTrusted(_, let reason):
                .notReached(reason: reason)
            }
    }

    package var description: String {
        switch self {
        case .notAHost(let text): "\(text) is not the name of a host"
        case .refused(let refusal): "the address is not read: \(refusal)"
        case .redirectRefused(let address, let refusal):
            "\(address) leads to another address, which is not read: \(refusal)"
        case .tooManyRedirects(let limit):
            "the page leads from one address to the next more than \(limit) times"
        case .privateAddress(let host, let address):
            "\(host) leads to \(address), which is not an address of the public internet"
        case .tooLong(let limit): "the page is longer than \(limit) bytes"
        case .tooSlow(let limit): "the page did not arrive within \(limit)"
        case .status(let status): "the server answered with status \(status)"
        case .compressed(let coding): "the answer is compressed (\(coding)), which was not asked for"
        case .notText(let type):
            "the address leads to \(type.isEmpty ? "something without a type" : type), not to text"
        case .noText: "the page holds no text"
        case .notReached(let reason): "the page could not be had: \(reason)"
        case .cancelled: "the reading was cancelled"
        }
    }
}
