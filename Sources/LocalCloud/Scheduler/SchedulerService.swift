import Quantities
import Wire

/// Amazon EventBridge Scheduler: its schedules, its time, and the calls to their targets.
package actor SchedulerService {
    private(set) var state: SchedulerState
    private let clock: CloudClock
    private let lambda: LambdaService?
    private let sqs: SQSService?
    private let report: @Sendable (String) -> Void
    private var random = SystemRandomNumberGenerator()
    private var waitingCalls: [ScheduledCall] = []
    private var wake: AsyncStream<Void>.Continuation?
    private var answered = AnsweredTokens()

    static let firstRetryDelay = Duration.seconds(1)
    static let longestRetryDelay = Duration.seconds(300)

    /// - Parameter report: Hears, in a sentence, what could not be delivered.
    package init(
        clock: CloudClock, lambda: LambdaService?, sqs: SQSService? = nil,
        report: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.clock = clock
        self.lambda = lambda
        self.sqs = sqs
        self.report = report
        state = SchedulerState(at: clock.now())
    }

    /// Has a function called asynchronously, beginning after one period.
    ///
    /// For the schedules of the local cloud itself; everybody else comes by ``SchedulerEndpoint``.
    ///
    /// - Parameter period: Whole minutes.
    package func call(
        _ function: String, _ input: JSONValue, every period: Duration, as name: String,
        isEnabled: Bool = true
    ) throws(ServiceFailure) {
        let minutes = Int(period / .seconds(60))
        let members: [String: JSONValue] = [
            "FlexibleTimeWindow": ["Mode": "OFF"],
            "Target": [
                "Arn": .string(LocalAccount.arn("lambda", "function:\(function)")),
                "RoleArn": .string("arn:aws:iam::\(LocalAccount.id):role/\(name)"),
                "Input": .string(input.text),
            ],
        ]
        let target = ScheduleTarget(
            kind: .function(function), input: input.text, retries: ScheduleTarget.defaultRetries,
            longestAge: ScheduleTarget.defaultAge, deadLetters: nil)
        let schedule = try Schedule(
            ScheduleName(name), "rate(\(minutes) \(minutes == 1 ? "minute" : "minutes"))",
            isEnabled: isEnabled, startsAt: clock.now() + period, members: members, target: target)
        try changing { state, now throws(ServiceFailure) in try state.create(schedule, at: now) }
    }

    /// Changes the state, and looks again when the next schedule is due.
    ///
    /// - Parameters:
    ///   - token: A request that comes again with its token gets its answer again.
    ///   - fingerprint: What else the request says, to know it again.
    func changing<Result: Sendable>(
        token: String? = nil, fingerprint: String = "",
        _ body: (inout SchedulerState, Timestamp) throws(ServiceFailure) -> Result
    ) throws(ServiceFailure) -> Result {
        if let token, let known = answered[token] {
            guard known.fingerprint == fingerprint, let result = known.result as? Result else {
                throw .schedulerConflict("The client token \(token) belongs to another request.")
            }
            return result
        }
        let result = try body(&state, clock.now())
        if let token { answered.add(token, fingerprint: fingerprint, result) }
        wake?.yield()
        return result
    }

    /// Calls targets as their times come, for as long as the task runs.
    package func run() async {
        while !Task.isCancelled {
            await callDue()
            await waitForChange()
        }
    }

    private func callDue() async {
        let now = clock.now()
        for due in state.takeDue(at: now) {
            waitingCalls.append(
                ScheduledCall(
                    schedule: due.schedule.name, target: due.schedule.target, scheduledAt: due.at,
                    id: UUID(using: &random).description, dueAt: now))
        }
        let calls = waitingCalls.filter { $0.dueAt <= now }
        waitingCalls.removeAll { $0.dueAt <= now }
        for call in calls { await attempt(call) }
    }

    private func attempt(_ call: ScheduledCall) async {
        do {
            switch call.target.kind {
            case .function(let name):
                guard let lambda else { throw LambdaFailure.functionNotFound(arn: name) }
                _ = try await lambda.invokeAsynchronously(name, payload: Array(call.payload.utf8))
            case .queue(let name):
                guard let sqs else { throw SQSFailure.queueDoesNotExist }
                _ = try await sqs.send(SQSDraft(body: call.payload), to: name)
            }
        } catch {
            await retry(call, after: error)
        }
    }

    private func retry(_ call: ScheduledCall, after failure: any Error) async {
        let delay = min(Self.firstRetryDelay * (1 << min(call.attempt - 1, 20)), Self.longestRetryDelay)
        let dueAt = clock.now() + delay
        guard Self.isRetryable(failure), call.attempt <= call.target.retries,
            dueAt - call.scheduledAt <= call.target.longestAge
        else { return await giveUp(call, failure) }
        var next = call
        next.attempt += 1
        next.dueAt = dueAt
        waitingCalls.append(next)
    }

    private func giveUp(_ call: ScheduledCall, _ failure: any Error) async {
        report("the schedule \(call.schedule.name) could not call its target: \(failure)")
        guard let queue = call.target.deadLetters, let sqs else { return }
        do {
            _ = try await sqs.send(SQSDraft(body: call.payload), to: queue)
        } catch {
            report("the schedule \(call.schedule.name) could not reach \(queue): \(error)")
        }
    }

    /// What is not there, or going down, will not be there a second later.
    private static func isRetryable(_ failure: any Error) -> Bool {
        switch failure {
        case let failure as LambdaFailure:
            switch failure {
            case .tooManyRequests, .cannotStart: true
            case .functionNotFound, .stopped, .abandoned: false
            }
        case is SQSFailure, is CancellationError: false
        default: true
        }
    }

    private func waitForChange() async {
        let (changes, wake) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        self.wake = wake
        let next = ([state.nextAt] + waitingCalls.map(\.dueAt)).compactMap { $0 }.min()
        guard let next else {
            for await _ in changes { return }
            return
        }
        _ = await clock.result(within: next - clock.now()) {
            for await _ in changes { return }
        }
    }
}

/// The answers that were given to client tokens, the latest ones.
private struct AnsweredTokens {
    private static let most = 1000

    private var answers: [String: (fingerprint: String, result: any Sendable)] = [:]
    private var order: [String] = []

    subscript(token: String) -> (fingerprint: String, result: any Sendable)? { answers[token] }

    mutating func add(_ token: String, fingerprint: String, _ result: any Sendable) {
        answers[token] = (fingerprint, result)
        order.append(token)
        if order.count > Self.most { answers[order.removeFirst()] = nil }
    }
}
