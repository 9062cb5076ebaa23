import LambdaRuntime

/// Answers every event with itself: what `alex bench runtime` measures.
struct Echo: LambdaHandler {
    func handle(_ invocation: Invocation) async throws -> [UInt8] { invocation.event }
}

LambdaRuntime.run { _ in Echo() }
