import Wire

/// Amazon SQS at the wire: JSON 1.0, the operation in `X-Amz-Target`.
package struct SQSEndpoint: Endpoint {
    package let service = "sqs"
    package let dialect = AWSDialect.json10
    let sqs: SQSService

    package init(_ sqs: SQSService) {
        self.sqs = sqs
    }

    package func answer(_ request: HTTPRequest) async -> Reply {
        let target = request.headers["X-Amz-Target"] ?? ""
        let operation = String(target.drop { $0 != "." }.dropFirst())
        do {
            let input = SQSInput(
                try JSONValue(reading: request.body.isEmpty ? Array("{}".utf8) : request.body),
                server: "\(request.url.scheme)://\(request.url.authority)")
            guard let output = try await output(of: operation, input) else {
                return ServiceFailure.unknownOperation(operation).reply(dialect)
            }
            let headers: HTTPHeaders = ["Content-Type": dialect.contentType]
            return .complete(HTTPResponse(status: 200, headers: headers, body: output.bytes))
        } catch let failure as SQSFailure {
            return reply(failure)
        } catch let failure as JSONFailure {
            return ServiceFailure("SerializationException", failure.description).reply(dialect)
        } catch {
            return ServiceFailure("InternalFailure", String(describing: error), status: 500).reply(dialect)
        }
    }

    /// `nil` for an operation that is not known.
    private func output(of operation: String, _ input: SQSInput) async throws -> JSONValue? {
        switch operation {
        case "CreateQueue": try await createQueue(input)
        case "GetQueueUrl": try await queueURL(input)
        case "ListQueues": try await listQueues(input)
        case "DeleteQueue": try await done { try await sqs.delete(input.queue) }
        case "GetQueueAttributes": try await queueAttributes(input)
        case "SetQueueAttributes":
            try await done { try await sqs.set(try input.strings("Attributes"), of: try input.queue) }
        case "PurgeQueue": try await done { try await sqs.purge(input.queue) }
        case "SendMessage": try await sendMessage(input)
        case "SendMessageBatch": try await sendMessageBatch(input)
        case "ReceiveMessage": try await receiveMessage(input)
        case "DeleteMessage":
            try await done {
                try await sqs.delete(handle: try input.text("ReceiptHandle"), from: try input.queue)
            }
        case "DeleteMessageBatch":
            try await batch(input) { entry, queue in
                try await sqs.delete(handle: try entry.text("ReceiptHandle"), from: queue)
                return [:]
            }
        case "ChangeMessageVisibility":
            try await done { try await changeVisibility(input, in: try input.queue) }
        case "ChangeMessageVisibilityBatch":
            try await batch(input) { entry, queue in
                try await changeVisibility(entry, in: queue)
                return [:]
            }
        default: nil
        }
    }

    private func reply(_ failure: SQSFailure) -> Reply {
        ServiceFailure("com.amazonaws.sqs#\(failure.name)", failure.message).reply(dialect)
            .setting("\(failure.queryCode);Sender", for: "x-amzn-query-error")
    }

    private func done(_ body: () async throws -> Void) async throws -> JSONValue {
        try await body()
        return [:]
    }
}

// MARK: Queues

extension SQSEndpoint {
    private func createQueue(_ input: SQSInput) async throws -> JSONValue {
        let name = try input.text("QueueName")
        try await sqs.create(name, attributes: input.strings("Attributes"))
        return ["QueueUrl": .string(await url(of: name, input))]
    }

    private func queueURL(_ input: SQSInput) async throws -> JSONValue {
        let name = try input.text("QueueName")
        _ = try await sqs.state.queue(name)
        return ["QueueUrl": .string(await url(of: name, input))]
    }

    private func listQueues(_ input: SQSInput) async throws -> JSONValue {
        let prefix = input.value["QueueNamePrefix"]?.string ?? ""
        var urls: [JSONValue] = []
        for name in await sqs.state.queues.keys.sorted() where name.hasPrefix(prefix) {
            urls.append(.string(await url(of: name, input)))
        }
        return ["QueueUrls": .array(urls)]
    }

    private func queueAttributes(_ input: SQSInput) async throws -> JSONValue {
        let attributes = try await sqs.attributes(of: input.queue)
        let names = input.list("AttributeNames").compactMap(\.string)
        if names.contains("All") { return ["Attributes": .object(attributes.mapValues { .string($0) })] }
        let chosen = attributes.filter { names.contains($0.key) }
        return chosen.isEmpty ? [:] : ["Attributes": .object(chosen.mapValues { .string($0) })]
    }

    private func url(of name: String, _ input: SQSInput) async -> String {
        "\(input.server)/\(await sqs.state.account)/\(name)"
    }
}

// MARK: Messages

extension SQSEndpoint {
    private func sendMessage(_ input: SQSInput) async throws -> JSONValue {
        let message = try await sqs.send(try input.draft, to: try input.queue)
        return .object(receipt(of: message))
    }

    private func sendMessageBatch(_ input: SQSInput) async throws -> JSONValue {
        var byteCount = 0
        for entry in try input.entries() { byteCount += try entry.draft.byteCount }
        guard byteCount <= SQSLimits.messageBytes else { throw SQSFailure.batchTooLong }
        return try await batch(input) { entry, queue in
            receipt(of: try await sqs.send(try entry.draft, to: queue))
        }
    }

    private func receipt(of message: SQSMessage) -> [String: JSONValue] {
        var members: [String: JSONValue] = [
            "MessageId": .string(message.id), "MD5OfMessageBody": .string(SQSDigest.md5(message.body.utf8)),
        ]
        members["MD5OfMessageAttributes"] = SQSDigest.md5(of: message.attributes).map { .string($0) }
        return members
    }

    private func receiveMessage(_ input: SQSInput) async throws -> JSONValue {
        let messages = try await sqs.receive(
            from: try input.queue, limit: input.value["MaxNumberOfMessages"]?.int ?? 1,
            visibilitySeconds: input.value["VisibilityTimeout"]?.int,
            waitSeconds: input.value["WaitTimeSeconds"]?.int)
        let account = await sqs.state.account
        return messages.isEmpty
            ? [:] : ["Messages": .array(messages.map { input.print($0, account: account) })]
    }

    private func changeVisibility(_ entry: SQSInput, in queue: String) async throws {
        guard let seconds = entry.value["VisibilityTimeout"]?.int else {
            throw SQSFailure.missing("VisibilityTimeout")
        }
        try await sqs.changeVisibility(handle: try entry.text("ReceiptHandle"), seconds: seconds, in: queue)
    }

    /// Each entry succeeds or fails on its own.
    private func batch(
        _ input: SQSInput, _ body: (SQSInput, String) async throws -> [String: JSONValue]
    ) async throws -> JSONValue {
        let queue = try input.queue
        _ = try await sqs.state.queue(queue)
        var successful: [JSONValue] = []
        var failed: [JSONValue] = []
        for entry in try input.entries() {
            let id = JSONValue.string(try entry.text("Id"))
            do {
                var members = try await body(entry, queue)
                members["Id"] = id
                successful.append(.object(members))
            } catch let failure as SQSFailure {
                failed.append([
                    "Id": id, "SenderFault": true, "Code": .string(failure.queryCode),
                    "Message": .string(failure.message),
                ])
            }
        }
        return ["Successful": .array(successful), "Failed": .array(failed)]
    }
}
