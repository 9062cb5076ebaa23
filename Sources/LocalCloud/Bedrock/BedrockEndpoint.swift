import Quantities
import Wire

/// Amazon Bedrock at the wire: Converse and ConverseStream.
///
/// The functions decide by their environment whom they talk to: with `AWS_ENDPOINT_URL_BEDROCK_RUNTIME`
/// pointing here it is the backend, without it (`ALEX_MODEL=bedrock`, with credentials of one's own) it is
/// the real service, and this endpoint hears nothing.
package struct BedrockEndpoint: Endpoint {
    package let service = "bedrock"
    package let dialect = AWSDialect.restJSON
    private let backend: any ModelBackend
    private let clock: CloudClock

    package init(_ backend: any ModelBackend, clock: CloudClock = .system) {
        self.backend = backend
        self.clock = clock
    }

    package func answer(_ request: HTTPRequest) async -> Reply {
        let parts = request.url.path.split(separator: "/").map(String.init)
        guard request.method == .post, parts.count == 3, parts[0] == "model",
            ["converse", "converse-stream"].contains(parts[2]),
            let model = Self.decoded(parts[1])
        else {
            return ServiceFailure.unknownOperation("\(request.method.rawValue) \(request.url.path)").reply(
                dialect)
        }
        let isStreaming = parts[2] == "converse-stream"
        let arrival = clock.now()
        do throws(ModelBackendFailure) {
            let reply = try await backend.converse(
                try ConverseRequest(model: model, json: try Self.json(request.body)), streaming: isStreaming)
            let latency = Int((clock.now() - arrival) / .milliseconds(1))
            return isStreaming
                ? Self.stream(reply.frames(latencyMilliseconds: latency))
                : .json(reply.json(latencyMilliseconds: latency))
        } catch {
            return ServiceFailure(error.kind.rawValue, error.message, status: error.status).reply(dialect)
        }
    }

    private static func stream(_ frames: [[UInt8]]) -> Reply {
        let (chunks, sender) = AsyncStream.makeStream(of: [UInt8].self)
        for frame in frames { sender.yield(frame) }
        sender.finish()
        return .streaming(
            status: 200, headers: ["Content-Type": "application/vnd.amazon.eventstream"], chunks: chunks)
    }

    private static func json(_ body: [UInt8]) throws(ModelBackendFailure) -> JSONValue {
        do {
            return try JSONValue(reading: body)
        } catch {
            throw ModelBackendFailure(.validation, "The request body is \(error).")
        }
    }

    /// Clients encode the colons of a model's name, some of them twice.
    private static func decoded(_ text: String) -> String? {
        guard let once = PercentEncoding.decode(text) else { return nil }
        return PercentEncoding.decode(once)
    }
}
