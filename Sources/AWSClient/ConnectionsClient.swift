import Quantities
import Wire

/// Speaks to browsers that are connected to a WebSocket API at Amazon API Gateway.
package struct ConnectionsClient: Sendable {
    private let client: AWSClient
    private let prefix: String

    /// Of one message; API Gateway cuts it into frames of 32 KB.
    package static let largestMessageBytes = 131_072

    /// - Parameters:
    ///   - api: The API's id, the first label of its host.
    ///   - stage: Of the API; `nil` where a domain of one's own stands for it.
    package init(_ configuration: AWSConfiguration, api: String, stage: String?) {
        self.init(
            configuration, stage: stage,
            AWSService(
                name: "Amazon API Gateway", signingName: "execute-api", hostPrefix: "\(api).execute-api",
                endpointVariable: "APIGATEWAYMANAGEMENTAPI"))
    }

    /// - Parameter url: What an event says: `https://` and its `domainName`, with its `stage` as the path, or
    ///   a domain of one's own.
    package init(_ configuration: AWSConfiguration, url: HTTPURL) {
        var configuration = configuration
        configuration.endpoints = Endpoints(all: url)
        self.init(
            configuration, stage: nil,
            AWSService(
                name: "Amazon API Gateway", signingName: "execute-api", hostPrefix: "execute-api",
                endpointVariable: "APIGATEWAYMANAGEMENTAPI"))
    }

    private init(_ configuration: AWSConfiguration, stage: String?, _ service: AWSService) {
        client = AWSClient(service, configuration)
        prefix = stage.map { "/\(PercentEncoding.encode($0))" } ?? ""
    }

    package enum Delivery: Sendable, Equatable {
        case delivered
        /// The browser has gone, and its id never comes back: whoever keeps it forgets it.
        case gone
    }

    /// What is known about a connection.
    package struct Connection: Sendable, Equatable {
        package let connectedAt: Timestamp?
        package let lastActiveAt: Timestamp?
        package let sourceAddress: String?
        package let userAgent: String?
    }

    /// - Parameters:
    ///   - message: Text, at most ``largestMessageBytes``.
    ///   - connection: As the event of `$connect` has it.
    /// - Throws: `PayloadTooLargeException`, and `LimitExceededException` when the browser reads too slowly.
    package func post(_ message: [UInt8], to connection: String) async throws(AWSFailure) -> Delivery {
        do throws(AWSFailure) {
            _ = try await client.send(
                AWSCall(
                    .post, path: path(connection), headers: ["Content-Type": "application/octet-stream"],
                    body: message))
            return .delivered
        } catch let failure where Self.isGone(failure) {
            return .gone
        }
    }

    /// - Returns: `nil` when it has gone.
    package func connection(_ id: String) async throws(AWSFailure) -> Connection? {
        do throws(AWSFailure) {
            let reply = try await client.json(AWSCall(.get, path: path(id)))
            return Connection(
                connectedAt: reply["connectedAt"].flatMap(Self.moment),
                lastActiveAt: reply["lastActiveAt"].flatMap(Self.moment),
                sourceAddress: reply["identity"]?["sourceIp"]?.string,
                userAgent: reply["identity"]?["userAgent"]?.string)
        } catch let failure where Self.isGone(failure) {
            return nil
        }
    }

    /// Ends a connection; one that has gone is ended, too.
    package func disconnect(_ connection: String) async throws(AWSFailure) {
        do throws(AWSFailure) {
            _ = try await client.send(AWSCall(.delete, path: path(connection)))
        } catch let failure where Self.isGone(failure) {
            return
        }
    }

    private static func isGone(_ failure: AWSFailure) -> Bool {
        guard case .service(let code, let status) = failure.kind else { return false }
        return code == "GoneException" || status == 410
    }

    /// The model says text, some servers say seconds.
    private static func moment(_ value: JSONValue) -> Timestamp? {
        value.string.flatMap { Timestamp($0) }
            ?? value.double.map { Timestamp(millisecondsSinceEpoch: Int64($0 * 1000)) }
    }

    /// Ids end with `=`, which travels as `%3D`; the signature encodes the path once more.
    private func path(_ connection: String) -> String {
        "\(prefix)/@connections/\(PercentEncoding.encode(connection))"
    }
}
