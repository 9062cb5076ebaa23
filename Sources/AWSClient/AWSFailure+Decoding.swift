import Wire

extension AWSFailure {
    /// Reads the error a service answered with: rest-json, json 1.0 and 1.1, SQS's query names, XML, or the
    /// page of a proxy.
    init(_ response: HTTPResponse, from service: AWSService) {
        if let error = Self.xmlError(in: response.body) {
            self.init(
                service: service.name,
                kind: .service(
                    code: error["Code"]?.text ?? "HTTP\(response.status)", status: response.status),
                message: error["Message"]?.text ?? "",
                requestID: response.headers["x-amzn-RequestId"] ?? response.headers["x-amz-request-id"])
            return
        }
        var document: JSONValue?
        do {
            document = try JSONValue(reading: response.body)
        } catch {
            document = nil  // A proxy's page or an empty body: the status says what there is to say.
        }
        let message = ["message", "Message", "errorMessage"].lazy.compactMap { document?[$0]?.string }.first
        self.init(
            service: service.name,
            kind: .service(
                code: Self.code(response.headers, document, response.status), status: response.status),
            message: message ?? Self.excerpt(response.body),
            requestID: response.headers["x-amzn-RequestId"] ?? response.headers["x-amz-request-id"])
    }

    /// `<Error>` of S3, or `<ErrorResponse><Error>` of the services that speak query or rest-xml.
    private static func xmlError(in body: [UInt8]) -> XMLElement? {
        guard body.first == UInt8(ascii: "<") else { return nil }
        do {
            let root = try XMLElement(reading: body)
            return root.name == "Error" ? root : root.name == "ErrorResponse" ? root["Error"] : nil
        } catch {
            return nil  // The page of a proxy: the status says what there is to say.
        }
    }

    private static func code(_ headers: HTTPHeaders, _ document: JSONValue?, _ status: Int) -> String {
        if let query = headers["x-amzn-query-error"] { return String(query.prefix { $0 != ";" }) }
        let named =
            headers["x-amzn-ErrorType"]
            ?? ["__type", "code", "Code"].lazy.compactMap { document?[$0]?.string }.first
        return named.map(bare) ?? "HTTP\(status)"
    }

    /// `com.amazonaws.sqs#QueueDoesNotExist:http://...` is `QueueDoesNotExist`.
    private static func bare(_ code: String) -> String {
        let beforeColon = code.prefix { $0 != ":" }
        guard let sharp = beforeColon.lastIndex(of: "#") else { return String(beforeColon) }
        return String(beforeColon[beforeColon.index(after: sharp)...])
    }

    private static func excerpt(_ body: [UInt8]) -> String {
        String(decoding: body.prefix(longestExcerptBytes), as: UTF8.self)
    }

    /// Of a body that is not in the service's own form.
    private static let longestExcerptBytes = 300
}
