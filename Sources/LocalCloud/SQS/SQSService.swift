import Quantities

/// Amazon SQS: the state, its time, the receivers that wait for a message, and the files in which messages
/// survive a restart.
package actor SQSService {
    package private(set) var state: SQSState
    private let clock: CloudClock
    private let files: SQSFiles?
    private var random = SystemRandomNumberGenerator()
    private var waiting: [Int: (queue: String, wake: AsyncStream<Void>.Continuation)] = [:]
    private var lastWaiter = 0

    /// - Parameter files: Where queues are kept; `nil` keeps them in memory alone.
    /// - Throws: ``SQSFilesFailure`` when a file is there that cannot be read.
    package init(region: String, account: String, clock: CloudClock, files: SQSFiles?) throws(SQSFilesFailure)
    {
        var state = SQSState(region: region, account: account)
        for queue in try files?.load() ?? [] { state.queues[queue.name] = queue }
        self.state = state
        self.clock = clock
        self.files = files
    }

    package func create(_ name: String, attributes: [String: String] = [:]) throws {
        try changing(name) { state, now throws(SQSFailure) in
            try state.create(name, attributes: attributes, at: now)
        }
    }

    package func set(_ attributes: [String: String], of name: String) throws {
        try changing(name) { state, now throws(SQSFailure) in
            try state.set(attributes, of: name, at: now)
        }
    }

    package func attributes(of name: String) throws(SQSFailure) -> [String: String] {
        try state.attributes(of: name, at: clock.now())
    }

    package func delete(_ name: String) throws {
        try changing(name) { state, _ throws(SQSFailure) in try state.delete(name) }
    }

    package func send(_ draft: SQSDraft, to name: String) throws -> SQSMessage {
        let id = UUID(using: &random).description
        return try changing(name) { state, now throws(SQSFailure) in
            try state.change(name) { queue throws(SQSFailure) in try queue.send(draft, id: id, at: now) }
        }
    }

    /// Waits for a message when there is none.
    ///
    /// - Parameters:
    ///   - visibilitySeconds: How long nobody else receives them; `nil` for the queue's own timeout.
    ///   - waitSeconds: Long poll, 0...20; `nil` for the queue's own.
    package func receive(
        from name: String, limit: Int, visibilitySeconds: Int? = nil, waitSeconds: Int? = nil
    ) async throws -> [SQSMessage] {
        let wait = try waitSeconds ?? state.queue(name).settings.waitSeconds
        guard (0...SQSLimits.waitSeconds).contains(wait) else {
            throw SQSFailure.invalidParameter("Value \(wait) for parameter WaitTimeSeconds is invalid.")
        }
        let deadline = clock.now() + .seconds(wait)
        while true {
            let messages = try changing(name) { state, now throws(SQSFailure) in
                try state.receive(from: name, limit: limit, visibilitySeconds: visibilitySeconds, at: now)
            }
            guard messages.isEmpty, clock.now() < deadline, !Task.isCancelled else { return messages }
            await waitForChange(of: name, until: deadline)
        }
    }

    package func delete(handle: String, from name: String) throws {
        try changing(name) { state, _ throws(SQSFailure) in
            try state.change(name) { queue throws(SQSFailure) in try queue.delete(handle: handle) }
        }
    }

    package func changeVisibility(handle: String, seconds: Int, in name: String) throws {
        try changing(name) { state, now throws(SQSFailure) in
            try state.change(name) { queue throws(SQSFailure) in
                try queue.changeVisibility(handle: handle, seconds: seconds, at: now)
            }
        }
    }

    package func purge(_ name: String) throws {
        try changing(name) { state, now throws(SQSFailure) in
            try state.change(name) { queue throws(SQSFailure) in try queue.purge(at: now) }
        }
    }

    /// How many receivers are waiting for a message of the queue.
    package func waitingCount(of name: String) -> Int { waiting.values.count { $0.queue == name } }

    /// Changes the state, writes down what changed, and wakes who waits for it.
    private func changing<Result>(
        _ name: String, _ body: (inout SQSState, Timestamp) throws(SQSFailure) -> Result
    ) throws -> Result {
        let before = state.queues
        let result = try body(&state, clock.now())
        for name in Set(before.keys).union(state.queues.keys) where before[name] != state.queues[name] {
            try files?.save(state.queues[name], name: name)
            for receiver in waiting.values where receiver.queue == name { receiver.wake.yield() }
        }
        return result
    }

    private func waitForChange(of name: String, until deadline: Timestamp) async {
        let now = clock.now()
        let until = min(deadline, state.queues[name]?.nextAppearance(after: now) ?? deadline)
        let (changes, wake) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        lastWaiter += 1
        let waiter = lastWaiter
        waiting[waiter] = (name, wake)
        defer { waiting[waiter] = nil }
        _ = await clock.result(within: until - now) {
            for await _ in changes { return }
        }
    }
}
