import Quantities
import Wire

/// One line of the access log.
package struct AccessRecord: Sendable, Equatable {
    /// The signing name, or `nil` for an open route.
    package let service: String?
    /// As it came; never printed, for it holds payloads.
    package let request: HTTPRequest
    /// `AmazonSQS.SendMessage`, or method and path.
    package let operation: String
    package let status: Int
    package let duration: Duration
    package let requestID: String
    /// What went wrong, when something did: `ResourceNotFoundException: ...`.
    package let remark: String?
}
