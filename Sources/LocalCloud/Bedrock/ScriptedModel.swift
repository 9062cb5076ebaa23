import Synchronization
import Wire

/// A model that does what a test says, step by step; the last step is repeated for ever.
package final class ScriptedModel: ModelBackend {
    package enum Step: Sendable {
        case text(String)
        /// Calls the tool, whether it was offered or not.
        case call(tool: String, input: JSONValue)
        /// Calls every tool that is offered with an empty object.
        case callEverything
        /// Any blocks and stop reason, such as one that belongs to nothing.
        case reply(ConverseReply)
        case fail(ModelBackendFailure)
        /// Answers with the text, and a stream breaks off behind it.
        case breakOff(after: String, ModelBackendFailure)
        /// Waits before the next step.
        case wait(Duration)
    }

    private let steps: [Step]
    private let clock: CloudClock
    private let state = Mutex<(next: Int, requests: [ConverseRequest])>((0, []))

    package init(_ steps: [Step], clock: CloudClock = .system) {
        self.steps = steps
        self.clock = clock
    }

    /// What it was asked so far.
    package var requests: [ConverseRequest] { state.withLock { $0.requests } }

    package func converse(
        _ request: ConverseRequest, streaming: Bool
    ) async throws(ModelBackendFailure) -> ConverseReply {
        let number = state.withLock { state in
            state.requests.append(request)
            return state.requests.count
        }
        while true {
            switch nextStep() {
            case .text(let text): return reply([.text(text)])
            case .call(let tool, let input):
                return reply([.toolUse(id: "scripted-\(number)", name: tool, input: input)])
            case .callEverything:
                return reply(
                    request.tools.enumerated().map {
                        .toolUse(id: "scripted-\(number)-\($0)", name: $1.name, input: [:])
                    })
            case .reply(let reply): return reply
            case .fail(let failure): throw failure
            case .breakOff(let text, let failure):
                var reply = reply([.text(text)])
                reply.interruption = failure
                guard streaming else { throw failure }
                return reply
            case .wait(let duration):
                do { try await clock.sleep(duration) } catch {
                    throw ModelBackendFailure(.timeout, "The caller went away.")
                }
            }
        }
    }

    private func nextStep() -> Step {
        state.withLock { state in
            defer { state.next += 1 }
            guard state.next < steps.count else { return steps.last ?? .text("(the script is empty)") }
            return steps[state.next]
        }
    }

    private func reply(_ content: [ConverseBlock]) -> ConverseReply {
        let callsTools = content.contains { if case .toolUse = $0 { true } else { false } }
        return ConverseReply(
            content, stopReason: callsTools ? "tool_use" : "end_turn", inputTokens: 10, outputTokens: 5)
    }
}
