import Wire

/// Calls functions on AWS Lambda.
package struct LambdaClient: Sendable {
    let client: AWSClient

    /// What a function takes and gives in one synchronous call.
    package static let largestPayloadBytes = 6 * 1024 * 1024
    /// What a function takes in an asynchronous call.
    package static let largestAsynchronousPayloadBytes = 1024 * 1024
    /// What a client context may be, as Base64.
    package static let largestClientContextBytes = 3583

    package init(_ configuration: AWSConfiguration) {
        client = AWSClient(.lambda, configuration)
    }

    /// Which function is called, and with what.
    package struct Call: Sendable, Equatable {
        /// Name, name with version or alias (`planner:live`) or ARN.
        package var function: String
        /// Version or alias, when it is not in the name.
        package var qualifier: String?
        package var payload: [UInt8]
        /// Longer than the function's own.
        package var timeout: Duration
        /// Whether to bring back the last 4 KB of the function's log.
        package var wantsLog = false
        /// Reaches a function that is called synchronously, beside the event.
        package var clientContext: JSONValue?
        /// Of a function that keeps its tenants apart: whose sandbox.
        package var tenant: String?
        /// The trace this call belongs to.
        package var traceHeader: String?

        package init(
            function: String, qualifier: String? = nil, payload: [UInt8],
            timeout: Duration = AWSCall.standardTimeout
        ) {
            self.function = function
            self.qualifier = qualifier
            self.payload = payload
            self.timeout = timeout
        }
    }

    /// Runs a function and waits for its answer. Never sent twice: the function may have done its work
    /// although no answer came.
    ///
    /// - Parameters:
    ///   - function: Name, name with alias (`planner:live`) or ARN.
    ///   - timeout: Longer than the function's own.
    ///   - wantsLog: Whether to bring back the last 4 KB of the function's log.
    /// - Throws: When Lambda could not run the function. A function that ran and failed is an ``Invocation``
    ///   with a failure.
    package func invoke(
        function: String, payload: [UInt8], timeout: Duration, wantsLog: Bool = false
    ) async throws(AWSFailure) -> Invocation {
        var call = Call(function: function, payload: payload, timeout: timeout)
        call.wantsLog = wantsLog
        return try await invoke(call)
    }

    /// The same with all there is to say about a call.
    package func invoke(_ call: Call) async throws(AWSFailure) -> Invocation {
        let response = try await client.send(try request(call, type: "RequestResponse"))
        return Invocation(
            payload: response.body, functionError: response.headers["X-Amz-Function-Error"],
            logTail: response.headers["X-Amz-Log-Result"].flatMap { Self.log($0) },
            executedVersion: response.headers["X-Amz-Executed-Version"])
    }

    /// Hands an event over; Lambda runs the function later, up to three times.
    package func invokeAsynchronously(function: String, payload: [UInt8]) async throws(AWSFailure) {
        try await invokeAsynchronously(Call(function: function, payload: payload))
    }

    package func invokeAsynchronously(_ call: Call) async throws(AWSFailure) {
        _ = try await client.send(try request(call, type: "Event"))
    }

    /// Asks whether the call would be allowed and the function is there; nothing runs.
    package func check(_ call: Call) async throws(AWSFailure) {
        _ = try await client.send(try request(call, type: "DryRun"))
    }

    /// What came of a function that ran. Lambda answers with status 200 even when the function failed.
    package struct Invocation: Sendable, Equatable {
        /// The function's result, or the description of its failure.
        package let payload: [UInt8]
        /// `Handled` or `Unhandled` when the function failed.
        package let functionError: String?
        package let logTail: String?
        /// The version an alias led to, or `$LATEST`.
        package let executedVersion: String?

        package init(
            payload: [UInt8], functionError: String? = nil, logTail: String? = nil,
            executedVersion: String? = nil
        ) {
            self.payload = payload
            self.functionError = functionError
            self.logTail = logTail
            self.executedVersion = executedVersion
        }

        /// Why the function failed; `nil` when it did not.
        package var failure: FunctionFailure? {
            functionError.map { _ in FunctionFailure(payload: payload) }
        }
    }
}

extension LambdaClient {
    func request(
        _ call: Call, type: String?, path: String = "/2015-03-31/functions/%/invocations"
    ) throws(AWSFailure) -> AWSCall {
        var headers: HTTPHeaders = ["Content-Type": "application/json"]
        if let type { headers["X-Amz-Invocation-Type"] = type }
        if call.wantsLog { headers["X-Amz-Log-Type"] = "Tail" }
        if let context = call.clientContext {
            let encoded = Base64.encode(context.bytes)
            guard encoded.utf8.count <= Self.largestClientContextBytes else {
                throw AWSFailure(
                    service: client.service.name, kind: .configuration,
                    message: "a client context of \(encoded.utf8.count) bytes, of "
                        + "\(Self.largestClientContextBytes)")
            }
            headers["X-Amz-Client-Context"] = encoded
        }
        headers["X-Amz-Tenant-Id"] = call.tenant
        headers["X-Amzn-Trace-Id"] = call.traceHeader
        let parts = path.split(separator: "%", maxSplits: 1)
        return AWSCall(
            .post, path: "\(parts[0])\(PercentEncoding.encode(call.function))\(parts[1])",
            query: call.qualifier.map { "Qualifier=\(PercentEncoding.encode($0))" }, headers: headers,
            body: call.payload, timeout: call.timeout, attempts: 1)
    }

    static func log(_ encoded: String) -> String? {
        Base64.decode(encoded).map { String(decoding: $0, as: UTF8.self) }
    }
}

/// What a failed function says about itself: `{"errorType": ..., "errorMessage": ..., "stackTrace": [...]}`.
package struct FunctionFailure: Error, Sendable, Equatable, CustomStringConvertible {
    package let type: String
    package let message: String
    /// Innermost call first or last, as the function's language has it; empty when it says nothing.
    package let stackTrace: [String]

    package init(type: String, message: String, stackTrace: [String] = []) {
        self.type = type
        self.message = message
        self.stackTrace = stackTrace
    }

    /// - Parameter payload: What the function answered.
    package init(payload: [UInt8]) {
        let text = String(decoding: payload.prefix(Self.longestExcerptBytes), as: UTF8.self)
        do {
            let document = try JSONValue(reading: payload)
            self.init(
                type: document["errorType"]?.string ?? "Unknown",
                message: document["errorMessage"]?.string ?? text,
                stackTrace: (document["stackTrace"] ?? document["trace"])?.array?.map {
                    $0.string ?? $0.text
                } ?? [])
        } catch {
            self.init(type: "Unknown", message: text)
        }
    }

    package var description: String { "\(type): \(message)" }

    private static let longestExcerptBytes = 300
}
