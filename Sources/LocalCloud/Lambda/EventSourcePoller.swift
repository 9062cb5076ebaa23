import Quantities

/// Carries messages from a queue to a function: receives, invokes, deletes what succeeded.
///
/// What failed stays hidden until the queue's visibility timeout is over, as on AWS.
package struct EventSourcePoller: Sendable {
    /// After the queue could not be read.
    static let retryDelay = Duration.seconds(1)

    let mapping: EventSourceMapping
    let sqs: SQSService
    let lambda: LambdaService
    let clock: CloudClock
    let report: @Sendable (String) -> Void

    /// - Parameter report: Hears, in a sentence, what went wrong between queue and function.
    package init(
        _ mapping: EventSourceMapping, sqs: SQSService, lambda: LambdaService, clock: CloudClock = .system,
        report: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.mapping = mapping
        self.sqs = sqs
        self.lambda = lambda
        self.clock = clock
        self.report = report
    }

    /// Polls until the task is cancelled. Messages being worked on at that moment are given back to the
    /// queue at once.
    package func run() async {
        await withDiscardingTaskGroup { group in
            for _ in 0..<mapping.maximumConcurrency { group.addTask { await poll() } }
        }
    }

    private func poll() async {
        while !Task.isCancelled {
            do {
                let messages = try await sqs.receive(
                    from: mapping.queue, limit: mapping.batchSize, waitSeconds: SQSLimits.waitSeconds)
                for batch in try await batches(of: messages) { try await process(batch) }
            } catch is CancellationError {
                return
            } catch {
                report("\(mapping.queue) -> \(mapping.function): \(error)")
                do { try await clock.sleep(Self.retryDelay) } catch { return }
            }
        }
    }

    private func process(_ batch: Batch) async throws {
        let failed = await failures(of: batch)
        for message in batch.messages {
            if !failed.contains(message.id) {
                try await sqs.delete(handle: message.receiptHandle, from: mapping.queue)
            } else if Task.isCancelled {
                await giveBack(message)
            }
        }
    }

    private func failures(of batch: Batch) async -> Set<String> {
        let ids = batch.messages.map(\.id)
        do {
            let reply = try await answer(to: batch)
            if reply.functionError != nil { return Set(ids) }
            guard mapping.reportsBatchItemFailures else { return [] }
            return EventSourceMapping.failures(reportedBy: reply.payload, among: ids)
        } catch {
            report("\(mapping.queue) -> \(mapping.function): \(error)")
            return Set(ids)
        }
    }

    /// Waits for the answer even when the poller is stopped: what was finished must be deleted.
    private func answer(to batch: Batch) async throws(LambdaFailure) -> LambdaReply {
        let work = Task { [lambda, mapping] in
            do throws(LambdaFailure) {
                return Result<LambdaReply, LambdaFailure>.success(
                    try await lambda.invoke(mapping.function, payload: batch.event))
            } catch {
                return .failure(error)
            }
        }
        return try await work.value.get()
    }

    /// The local cloud is going down: the message need not wait for its visibility timeout after the next
    /// start.
    private func giveBack(_ message: SQSMessage) async {
        do {
            try await sqs.changeVisibility(handle: message.receiptHandle, seconds: 0, in: mapping.queue)
        } catch {
            report("\(mapping.queue): message \(message.id) stays hidden: \(error)")
        }
    }

    private struct Batch: Sendable {
        let messages: [SQSMessage]
        let event: [UInt8]
    }

    /// Splits what was received so that no event is larger than an invocation may be.
    private func batches(of messages: [SQSMessage]) async throws -> [Batch] {
        guard !messages.isEmpty else { return [] }
        let state = await sqs.state
        let event = mapping.event(
            of: messages, queueARN: state.arn(mapping.queue), region: state.region, account: state.account
        ).bytes
        if event.count <= LambdaLimits.requestBytes || messages.count == 1 {
            return [Batch(messages: messages, event: event)]
        }
        let middle = messages.count / 2
        return try await batches(of: Array(messages[..<middle])) + batches(of: Array(messages[middle...]))
    }
}
