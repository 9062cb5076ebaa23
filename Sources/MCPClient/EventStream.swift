import Wire

/// The data of the events in a `text/event-stream`.
enum EventStream {
    /// Of each event of the type `message`, in order. An event that the end of the stream cuts off is none.
    static func messages(in bytes: [UInt8]) throws(MCPFailure) -> [String] {
        var decoder = ServerSentEventDecoder()
        do {
            return try decoder.receive(bytes).filter(\.isMessage).map(\.data)
        } catch {
            throw .malformed(reason: error.description)
        }
    }
}
