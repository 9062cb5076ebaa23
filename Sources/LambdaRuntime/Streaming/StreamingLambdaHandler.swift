/// What a function does with one event when its answer is to arrive while it is made.
///
/// Lambda forwards the parts as they come only when it was asked to stream (`InvokeWithResponseStream`, a
/// Function URL in mode `RESPONSE_STREAM`, a REST API's streaming integration); in all other calls it
/// collects them, up to 6 MiB.
package protocol StreamingLambdaHandler: Sendable {
    /// Writes the answer; it is complete when this returns.
    ///
    /// Runs as a task on the thread of its loop and is cancelled shortly before the deadline. An error thrown
    /// before the first write is reported like that of any handler; one thrown later follows what was
    /// written, as a trailer.
    func handle(_ invocation: Invocation, _ response: ResponseStream) async throws
}
