/// A model behind an endpoint: what its container answers.
package protocol ServedModel: Sendable {
    /// - Parameter accept: What the caller wants to read; `nil` leaves it to the model.
    /// - Throws: ``ServedModelFailure`` with the container's status; anything else counts as its status 500.
    func answer(_ body: [UInt8], contentType: String?, accept: String?) async throws -> ModelAnswer
}

package struct ModelAnswer: Sendable, Equatable {
    package let body: [UInt8]
    package let contentType: String

    package init(body: [UInt8], contentType: String) {
        self.body = body
        self.contentType = contentType
    }
}

/// Why a model gives no answer.
package enum ServedModelFailure: Error, Hashable {
    /// The container answered with an error; `message` is its whole body.
    case refused(status: Int, message: String)
    /// It is still being loaded.
    case notReady
}
