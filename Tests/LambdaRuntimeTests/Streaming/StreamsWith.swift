import LambdaRuntime

/// A streaming handler that is a closure.
struct StreamsWith: StreamingLambdaHandler {
    let work: @Sendable (Invocation, ResponseStream) async throws -> Void

    init(_ work: @escaping @Sendable (Invocation, ResponseStream) async throws -> Void) { self.work = work }

    func handle(_ invocation: Invocation, _ response: ResponseStream) async throws {
        try await work(invocation, response)
    }
}
