import AWSClient
import Wire

/// Where the key of the market data service is: at hand, or in Secrets Manager, where functions on AWS find
/// it.
package enum MarketKey: Sendable {
    case text(String)
    /// The secret's text is JSON with `POLYGON_API_KEY`. It is read for each analysis, so that a new key
    /// counts at once.
    case secret(arn: String, SecretsClient)

    /// - Throws: ``MarketFailure/noKey`` when the secret holds none.
    func text() async throws -> String {
        switch self {
        case .text(let text): return text
        case .secret(let arn, let secrets):
            let secret = try JSONValue(reading: try await secrets.secret(arn))
            guard let key = secret["POLYGON_API_KEY"]?.string, !key.isEmpty else {
                throw MarketFailure.noKey
            }
            return key
        }
    }
}
