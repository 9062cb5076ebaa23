import Wire

/// An error as an AWS service reports it.
package struct ServiceFailure: Error, Hashable {
    /// Such as `BadRequestException`.
    package let code: String
    package let message: String
    package let status: Int
    /// Members beside the message, such as `dbConnectionId`.
    package var members: [String: JSONValue] = [:]

    package init(_ code: String, _ message: String, status: Int = 400, members: [String: JSONValue] = [:]) {
        self.code = code
        self.message = message
        self.status = status
        self.members = members
    }

    /// The service exists here, the operation does not.
    package static func unknownOperation(_ operation: String) -> ServiceFailure {
        ServiceFailure(
            "UnknownOperationException", "The operation \(operation) is not part of the local cloud.")
    }

    /// The reply in the service's own dialect.
    package func reply(_ dialect: AWSDialect) -> Reply {
        var members = members
        var headers: HTTPHeaders = ["Content-Type": dialect.contentType]
        switch dialect {
        case .restJSON:
            members["message"] = .string(message)
            headers["x-amzn-ErrorType"] = code
        case .json10, .json11:
            members["__type"] = .string(code)
            members["message"] = .string(message)
        }
        return .complete(
            HTTPResponse(status: status, headers: headers, body: JSONValue.object(members).bytes))
    }
}

/// The three ways in which the services here speak JSON. Source: botocore/parsers.py.
package enum AWSDialect: Sendable, Hashable {
    /// The operation is the method and the path; errors are named by `x-amzn-ErrorType`.
    case restJSON
    /// The operation is the header `X-Amz-Target`; errors are named by `__type`.
    case json10
    case json11

    package var contentType: String {
        switch self {
        case .restJSON: "application/json"
        case .json10: "application/x-amz-json-1.0"
        case .json11: "application/x-amz-json-1.1"
        }
    }
}
