/// The life of a function's process.
package enum LambdaRuntime {
    /// The door of a function: builds its handler, then answers one event after the other until the process ends.
    ///
    /// - Parameter build: Makes the handler from the environment. What it throws is reported to Lambda as a failed initialisation.
    package static func run(_ build: @Sendable ([String: String]) throws -> some LambdaHandler) -> Never {
        preconditionFailure("to come")
    }
}
