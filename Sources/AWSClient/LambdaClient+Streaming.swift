import Wire

/// Functions that answer piece by piece.
extension LambdaClient {
    /// Runs a function whose answer is read while it writes it, up to 200 MB. Never sent twice.
    ///
    /// - Returns: As soon as the function has begun to answer.
    /// - Throws: When Lambda could not run the function.
    package func stream(_ call: Call) async throws(AWSFailure) -> StreamedInvocation {
        let response = try await client.stream(
            try request(
                call, type: "RequestResponse",
                path: "/2021-11-15/functions/%/response-streaming-invocations"))
        return StreamedInvocation(
            executedVersion: response.headers["X-Amz-Executed-Version"],
            events: InvocationEvents(client: client, body: response.body))
    }

    /// The answer of a function that still writes.
    package struct StreamedInvocation: Sendable {
        package let executedVersion: String?
        /// For one reader. The last one is always ``InvocationEvent/end(failure:logTail:)``.
        package let events: InvocationEvents
    }

    package enum InvocationEvent: Sendable, Equatable {
        /// Bytes as the function has written them, never empty.
        case chunk([UInt8])
        /// The function has ended, perhaps with a failure after some of its answer.
        case end(failure: FunctionFailure?, logTail: String?)
    }

    /// Reads the frames in which Lambda packs a function's answer.
    ///
    /// Iterating throws ``AWSFailure``: when the connection breaks, a frame is damaged, Lambda reports an
    /// exception, or the stream ends without saying what came of the function.
    package struct InvocationEvents: AsyncSequence, Sendable {
        let client: AWSClient
        let body: AsyncThrowingStream<[UInt8], any Error>

        package func makeAsyncIterator() -> Iterator {
            Iterator(client: client, pieces: body.makeAsyncIterator())
        }

        package struct Iterator: AsyncIteratorProtocol {
            let client: AWSClient
            var pieces: AsyncThrowingStream<[UInt8], any Error>.Iterator
            var decoder = EventStreamDecoder()
            var waiting: ArraySlice<EventMessage> = []
            var hasEnded = false

            package mutating func next() async throws -> InvocationEvent? {
                while !hasEnded {
                    while let message = waiting.popFirst() {
                        guard let event = try event(message) else { continue }
                        if case .end = event { hasEnded = true }
                        return event
                    }
                    guard try await readOn() else { throw ending }
                }
                return nil
            }

            /// - Returns: Whether there was more.
            private mutating func readOn() async throws(AWSFailure) -> Bool {
                do {
                    guard let piece = try await pieces.next() else {
                        try decoder.finish()
                        return false
                    }
                    waiting = try decoder.receive(piece)[...]
                    return true
                } catch let failure as TransportFailure {
                    throw AWSFailure(service: client.service.name, failure)
                } catch let failure as EventStreamFailure {
                    throw Task.isCancelled ? cancelled : client.malformed(failure.description)
                } catch {
                    throw client.malformed("\(error)")
                }
            }

            private var cancelled: AWSFailure { AWSFailure(service: client.service.name, .cancelled) }

            private var ending: AWSFailure {
                Task.isCancelled
                    ? cancelled : client.malformed("the answer ended without word of the function's end")
            }

            /// `nil` for what says nothing: an empty chunk, or an event of a kind that is not known yet.
            private func event(_ message: EventMessage) throws(AWSFailure) -> InvocationEvent? {
                guard message[":message-type"] == "event" else { throw failure(message) }
                switch message[":event-type"] {
                case "PayloadChunk": return message.payload.isEmpty ? nil : .chunk(message.payload)
                case "InvokeComplete": return try end(message)
                default: return nil
                }
            }

            private func end(_ message: EventMessage) throws(AWSFailure) -> InvocationEvent {
                let document: JSONValue
                do {
                    document = message.payload.isEmpty ? [:] : try JSONValue(reading: message.payload)
                } catch {
                    throw client.malformed(error.description)
                }
                let failure = document["ErrorCode"]?.string.map { code in
                    FunctionFailure(type: code, message: document["ErrorDetails"]?.string ?? "")
                }
                return .end(
                    failure: failure, logTail: document["LogResult"]?.string.flatMap { LambdaClient.log($0) })
            }

            /// An exception the service's model knows, or an error it does not.
            private func failure(_ message: EventMessage) -> AWSFailure {
                let code = message[":exception-type"] ?? message[":error-code"] ?? "Unknown"
                let text = String(decoding: message.payload, as: UTF8.self)
                return AWSFailure(
                    service: client.service.name, kind: .service(code: code, status: 500),
                    message: message[":error-message"] ?? text)
            }
        }
    }
}
