import BedrockClient
import Wire

/// Runs a ``Conversation`` with a model: asks, runs tools, and sends a bad answer back once with what is
/// wrong with it.
package struct Agent: Sendable {
    package let model: any LanguageModel
    package let system: String
    package let tools: [Tool]
    package let limits: AgentLimits

    package init(
        model: any LanguageModel, system: String, tools: [Tool] = [], limits: AgentLimits = AgentLimits()
    ) {
        self.model = model
        self.system = system
        self.tools = tools
        self.limits = limits
    }

    /// What could be made of an answer, and what is wrong with it.
    package struct Reading<Value: Sendable>: Sendable {
        package var value: Value
        package var violations: [String]

        package init(_ value: Value, violations: [String] = []) {
            self.value = value
            self.violations = violations
        }
    }

    package struct Outcome<Value: Sendable>: Sendable {
        package let value: Value
        /// What is still wrong after the repair rounds; empty when the answer is as it should be.
        package let violations: [String]
        package let effort: Effort
        /// The limit that ended the conversation, or would have ended it before another turn.
        package let exhausted: Conversation.Limit?

        init(_ reading: Reading<Value>, adding violation: String? = nil, _ conversation: Conversation) {
            value = reading.value
            violations = reading.violations + (violation.map { [$0] } ?? [])
            effort = conversation.effort
            exhausted = conversation.exhausted
        }
    }

    /// Talks with the model until its answer can be used or the limits are reached.
    ///
    /// - Parameters:
    ///   - value: What there is before the model has said anything.
    ///   - repairInstruction: The sentence that follows the list of violations.
    ///   - read: Makes a value of an answer. Called again with the value so far after a repair, so that
    ///     what was good need not be
    ///     said twice.
    /// - Throws: When the model could not be asked for a first answer. A model that declines, or goes on
    ///   calling tools, or cannot be
    ///   asked for a repair, gives an outcome with violations.
    package func run<Value: Sendable>(
        _ prompt: String, form: Conversation.Form, by deadline: ContinuousClock.Instant? = nil,
        startingFrom value: Value, repairInstruction: String = "Correct this and answer again.",
        read: @Sendable (Conversation.Answer, Value) async -> Reading<Value>
    ) async throws(AgentFailure) -> Outcome<Value> {
        var conversation = Conversation(system: system, tools: tools.map(\.spec), form: form, limits: limits)
        var reading = Reading(value)
        var action = conversation.begin(prompt)
        while true {
            switch action {
            case .ask(let request):
                do {
                    action = conversation.received(try await ask(request, by: deadline))
                } catch {
                    guard conversation.effort.repairs > 0 || error.isAboutTheAnswer, error != .cancelled
                    else {
                        throw error
                    }
                    return Outcome(reading, adding: error.description, conversation)
                }
            case .call(let calls): action = conversation.received(try await outcomes(of: calls))
            case .check(let answer):
                reading = await read(answer, reading.value)
                guard !reading.violations.isEmpty, conversation.canRepair else {
                    return Outcome(reading, conversation)
                }
                action = conversation.repair(reading.violations, instruction: repairInstruction)
            }
        }
    }

    private func ask(_ request: ModelRequest, by deadline: ContinuousClock.Instant?)
        async throws(AgentFailure) -> Reply
    {
        guard !Task.isCancelled else { throw .cancelled }
        var request = request
        if let deadline {
            guard ContinuousClock.now.duration(to: deadline) >= limits.turnReserve else { throw .outOfTime }
            request.deadline = deadline
        }
        do {
            return try await model.reply(to: request)
        } catch {
            throw Task.isCancelled ? .cancelled : .model(error)
        }
    }

    /// Runs all calls of a turn at once; the outcomes are in the order of the calls.
    private func outcomes(of calls: [ToolUse]) async throws(AgentFailure) -> [ToolOutcome] {
        let outcomes = await withTaskGroup(of: (Int, ToolOutcome).self) { group in
            for (index, call) in calls.enumerated() {
                group.addTask { (index, ToolOutcome(call: call, result: await result(of: call, at: index))) }
            }
            var outcomes: [(Int, ToolOutcome)] = []
            for await outcome in group { outcomes.append(outcome) }
            return outcomes.sorted { $0.0 < $1.0 }.map(\.1)
        }
        guard !Task.isCancelled else { throw .cancelled }
        return outcomes
    }

    private func result(of call: ToolUse, at index: Int) async -> Result<JSONValue, ToolRefusal> {
        guard index < limits.toolCallsPerTurn else {
            return .failure(.tooManyCalls(limit: limits.toolCallsPerTurn))
        }
        guard let tool = tools.first(where: { $0.spec.name == call.name }) else {
            let name = PromptText(call.name).description
            return .failure(.unknownTool(name: name, known: tools.map(\.spec.name)))
        }
        do {
            let arguments = try ToolArguments(call.input, schema: tool.spec.inputSchema)
            return .success(try await tool.run(arguments))
        } catch let invalid as InvalidArguments {
            return .failure(.badArguments(tool: call.name, invalid))
        } catch {
            return .failure(.threw(tool: call.name, reason: PromptText("\(error)").description))
        }
    }
}

extension AgentFailure {
    /// The model was asked and did not want to answer or could not: asking the same again gives the same.
    fileprivate var isAboutTheAnswer: Bool {
        switch self {
        case .model(.refused), .model(.malformedToolUse): true
        case .model, .outOfTime, .cancelled, .noBasis: false
        }
    }
}
