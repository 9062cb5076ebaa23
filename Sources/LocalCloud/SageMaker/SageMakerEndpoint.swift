import Wire

/// Amazon SageMaker Runtime at the wire: InvokeEndpoint.
///
/// Source: botocore, sagemaker-runtime 2017-05-13; the words of ModelError are those that users report.
package struct SageMakerEndpoint: Endpoint {
    package let service = "sagemaker"
    package let dialect = AWSDialect.restJSON
    /// Larger bodies are refused.
    package static let bodyBytes = 6_291_456
    static let headerCharacters = 1024
    static let nameCharacters = 1...63
    static let variant = "AllTraffic"
    private let models: [String: any ServedModel]

    /// - Parameter models: By the names of their endpoints.
    package init(_ models: [String: any ServedModel]) {
        self.models = models
    }

    package func answer(_ request: HTTPRequest) async -> Reply {
        let parts = request.url.path.split(separator: "/").map { PercentEncoding.decode($0) ?? String($0) }
        do throws(ServiceFailure) {
            guard request.method == .post, parts.count == 3, parts[0] == "endpoints",
                parts[2] == "invocations"
            else { throw .unknownOperation("\(request.method.rawValue) \(request.url.path)") }
            return try await invoke(parts[1], request)
        } catch {
            return error.reply(dialect)
        }
    }

    private func invoke(_ name: String, _ request: HTTPRequest) async throws(ServiceFailure) -> Reply {
        try check(name, request)
        guard let model = models[name] else {
            throw .sageMakerValidation("Endpoint \(name) of account \(LocalAccount.id) not found.")
        }
        let answer: ModelAnswer
        do {
            answer = try await model.answer(
                request.body, contentType: request.headers["Content-Type"],
                accept: request.headers["Accept"])
        } catch ServedModelFailure.notReady {
            throw ServiceFailure(
                "ModelNotReadyException", "Model is not ready for inference yet.", status: 429,
                members: ["Message": "Model is not ready for inference yet."])
        } catch ServedModelFailure.refused(let status, let message) {
            throw Self.modelError(status, message, endpoint: name)
        } catch {
            throw Self.modelError(500, String(describing: error), endpoint: name)
        }
        var headers: HTTPHeaders = [
            "Content-Type": answer.contentType, "x-Amzn-Invoked-Production-Variant": Self.variant,
        ]
        headers["X-Amzn-SageMaker-Custom-Attributes"] =
            request.headers["X-Amzn-SageMaker-Custom-Attributes"]
        return .complete(HTTPResponse(status: 200, headers: headers, body: answer.body))
    }

    private func check(_ name: String, _ request: HTTPRequest) throws(ServiceFailure) {
        guard Self.isEndpointName(name) else {
            throw .sageMakerValidation(
                "1 validation error detected: Value '\(name)' at 'endpointName' failed to satisfy "
                    + "constraint: Member must satisfy regular expression pattern: "
                    + "^[a-zA-Z0-9](-*[a-zA-Z0-9])*")
        }
        guard request.body.count <= Self.bodyBytes else {
            throw .sageMakerValidation(
                "1 validation error detected: Value at 'body' failed to satisfy constraint: Member must "
                    + "have length less than or equal to \(Self.bodyBytes)")
        }
        for header in ["Content-Type", "Accept", "X-Amzn-SageMaker-Custom-Attributes"] {
            let value = request.headers[header] ?? ""
            guard value.utf8.count <= Self.headerCharacters, value.utf8.allSatisfy({ $0 < 0x80 }) else {
                throw .sageMakerValidation(
                    "1 validation error detected: Value at '\(header)' failed to satisfy constraint: "
                        + "Member must have length less than or equal to \(Self.headerCharacters)")
            }
        }
        if let variant = request.headers["X-Amzn-SageMaker-Target-Variant"], variant != Self.variant {
            throw .sageMakerValidation(
                "Variant \(variant) not found for Endpoint \(name) of account \(LocalAccount.id).")
        }
    }

    /// Letters and digits, with hyphens between them.
    private static func isEndpointName(_ name: String) -> Bool {
        nameCharacters.contains(name.utf8.count) && ResourceName.isPlain(name) && !name.contains("_")
            && !name.hasPrefix("-") && !name.hasSuffix("-")
    }

    private static func modelError(_ status: Int, _ message: String, endpoint: String) -> ServiceFailure {
        let group = "/aws/sagemaker/Endpoints/\(endpoint)"
        let region = LocalAccount.region
        let side = status < 500 ? "client" : "server"
        let words =
            "Received \(side) error (\(status)) from primary with message \"\(message)\". See "
            + "https://\(region).console.aws.amazon.com/cloudwatch/home?region=\(region)#logEventViewer:"
            + "group=\(group) in account \(LocalAccount.id) for more information."
        return ServiceFailure(
            "ModelError", words, status: 424,
            members: [
                "Message": .string(words), "OriginalStatusCode": .number(status),
                "OriginalMessage": .string(message),
                "LogStreamArn": .string(LocalAccount.arn("logs", "log-group:\(group)")),
            ])
    }
}

extension ServiceFailure {
    fileprivate static func sageMakerValidation(_ message: String) -> ServiceFailure {
        ServiceFailure("ValidationError", message, members: ["Message": .string(message)])
    }
}
