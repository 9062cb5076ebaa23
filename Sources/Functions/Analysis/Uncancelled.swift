/// Does something to its end although the caller's task may have been cancelled, often the very reason for
/// it.
package func uncancelled<Value: Sendable>(
    _ work: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    try await Task { try await work() }.value
}
