import LambdaRuntime

/// Answers every event with itself: what `alex bench runtime` measures. An event that is an ``Order`` is
/// carried out instead.
struct Echo: LambdaHandler {
    init(_ environment: [String: String]) throws(EchoFailure) {
        if environment["ECHO_REFUSES"] != nil { throw .toldNotToStart }
    }

    func handle(_ invocation: Invocation) async throws -> [UInt8] {
        guard Order.begins(invocation.event) else { return invocation.event }
        return try await Order(reading: invocation.event).carryOut()
    }
}

LambdaRuntime.run { try Echo($0) }
