/// What a function does with one event.
package protocol LambdaHandler: Sendable {
    /// Answers one invocation with the bytes of a JSON document.
    ///
    /// Runs as a task on the thread of its loop and is cancelled shortly before the deadline. A thrown error is reported to the caller as
    /// `Function.<type of the error>`; the process lives on.
    func handle(_ invocation: Invocation) async throws -> [UInt8]
}
