import Wire

/// AWS Lambda at the wire: Invoke, GetFunction, ListFunctions.
package struct LambdaEndpoint: Endpoint {
    package let service = "lambda"
    package let dialect = AWSDialect.restJSON
    let lambda: LambdaService

    package init(_ lambda: LambdaService) {
        self.lambda = lambda
    }

    package func answer(_ request: HTTPRequest) async -> Reply {
        let parts = request.url.path.split(separator: "/").map { PercentEncoding.decode($0) ?? String($0) }
        do throws(ServiceFailure) {
            guard parts.count >= 2, parts[0] == "2015-03-31", parts[1] == "functions" else {
                throw .unknownOperation("\(request.method.rawValue) \(request.url.path)")
            }
            switch (request.method, parts.count) {
            case (.get, 2): return await list()
            case (.get, 3): return .json(["Configuration": try await configuration(parts[2]), "Code": [:]])
            case (.get, 4) where parts[3] == "configuration": return .json(try await configuration(parts[2]))
            case (.post, 4) where parts[3] == "invocations":
                return try await invoke(try Self.functionName(parts[2]), request)
            default: throw .unknownOperation("\(request.method.rawValue) \(request.url.path)")
            }
        } catch {
            return error.reply(dialect)
        }
    }

    private func invoke(_ name: String, _ request: HTTPRequest) async throws(ServiceFailure) -> Reply {
        let type = request.headers["X-Amz-Invocation-Type"] ?? "RequestResponse"
        let limit = type == "Event" ? LambdaLimits.asynchronousRequestBytes : LambdaLimits.requestBytes
        do {
            _ = try await lambda.function(name)
            guard request.body.count <= limit else {
                throw ServiceFailure(
                    "RequestTooLargeException",
                    "Request must be smaller than \(limit) bytes for the InvokeFunction operation",
                    status: 413)
            }
            if !request.body.isEmpty { _ = try JSONValue(reading: request.body) }
            let context = try clientContext(request)
            let traceID = request.headers["X-Amzn-Trace-Id"]
            switch type {
            case "DryRun": return .complete(HTTPResponse(status: 204))
            case "Event":
                let id = try await lambda.invokeAsynchronously(name, payload: request.body, traceID: traceID)
                return .complete(HTTPResponse(status: 202, headers: ["x-amzn-RequestId": id]))
            case "RequestResponse":
                let reply = try await lambda.invoke(
                    name, payload: request.body, traceID: traceID, clientContext: context)
                return print(reply, withLog: request.headers["X-Amz-Log-Type"] == "Tail")
            default:
                throw ServiceFailure(
                    "InvalidParameterValueException", "The invocation type \(type) is unknown.")
            }
        } catch let failure as LambdaFailure {
            throw Self.failure(failure)
        } catch let failure as JSONFailure {
            throw ServiceFailure(
                "InvalidRequestContentException", "Could not parse request body into json: \(failure)",
                members: ["Type": "User"])
        } catch let failure as ServiceFailure {
            throw failure
        } catch {
            throw ServiceFailure("ServiceException", String(describing: error), status: 500)
        }
    }

    private func print(_ reply: LambdaReply, withLog: Bool) -> Reply {
        var headers: HTTPHeaders = [
            "Content-Type": "application/json", "x-amzn-RequestId": reply.requestID,
            "X-Amz-Executed-Version": "$LATEST",
        ]
        headers["X-Amz-Function-Error"] = reply.functionError
        if withLog { headers["X-Amz-Log-Result"] = Base64.encode(reply.logTail) }
        return .complete(HTTPResponse(status: 200, headers: headers, body: reply.payload))
    }

    private func clientContext(_ request: HTTPRequest) throws(ServiceFailure) -> String? {
        guard let encoded = request.headers["X-Amz-Client-Context"] else { return nil }
        guard encoded.utf8.count <= LambdaLimits.clientContextBytes, let bytes = Base64.decode(encoded),
            let text = String(validating: bytes, as: UTF8.self)
        else {
            throw ServiceFailure(
                "InvalidRequestContentException", "Client context must be a valid Base64-encoded JSON object."
            )
        }
        return text
    }

    private func list() async -> Reply {
        let functions = await lambda.functions.map(describe)
        return .json(["Functions": .array(functions), "NextMarker": nil])
    }

    private func configuration(_ identifier: String) async throws(ServiceFailure) -> JSONValue {
        do {
            return describe(try await lambda.function(try Self.functionName(identifier)))
        } catch let failure as LambdaFailure {
            throw Self.failure(failure)
        } catch let failure as ServiceFailure {
            throw failure
        } catch {
            throw ServiceFailure("ServiceException", String(describing: error), status: 500)
        }
    }

    private func describe(_ function: LambdaFunction) -> JSONValue {
        [
            "FunctionName": .string(function.name), "FunctionArn": .string(lambda.account.arn(function.name)),
            "Runtime": "provided.al2023", "Handler": "bootstrap", "Version": "$LATEST", "State": "Active",
            "LastUpdateStatus": "Successful", "PackageType": "Zip",
            "Timeout": .number(Int(function.timeout.components.seconds)),
            "MemorySize": .number(function.memoryMegabytes),
        ]
    }

    /// A name, a partial ARN or a whole one, perhaps with a qualifier:
    /// `arn:aws:lambda:us-east-1:123456789012:function:name:$LATEST`.
    static func functionName(_ identifier: String) throws(ServiceFailure) -> String {
        let parts = identifier.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        let name: String? =
            switch parts.firstIndex(of: "function") {
            case let index? where index + 1 < parts.count: parts[index + 1]
            case nil where parts.count <= 2: parts[0]
            default: nil
            }
        guard let name, !name.isEmpty else {
            throw ServiceFailure("ValidationException", "\(identifier) does not name a function.")
        }
        return name
    }

    private static func failure(_ failure: LambdaFailure) -> ServiceFailure {
        switch failure {
        case .functionNotFound:
            ServiceFailure(
                "ResourceNotFoundException", failure.description, status: 404, members: ["Type": "User"])
        case .tooManyRequests:
            ServiceFailure(
                "TooManyRequestsException", failure.description, status: 429,
                members: ["Type": "User", "Reason": "ReservedFunctionConcurrentInvocationLimitExceeded"])
        case .cannotStart, .stopped, .abandoned:
            ServiceFailure("ServiceException", failure.description, status: 500)
        }
    }
}
