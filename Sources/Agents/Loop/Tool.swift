import BedrockClient
import Wire

/// Something a model may ask for during a conversation.
///
/// An agent says how the tool is called and what it takes; whoever builds the agent hands in what it does.
package struct Tool: Sendable {
    package let spec: ToolSpec
    /// What it throws is told to the model in words and does not end the conversation.
    package let run: @Sendable (ToolArguments) async throws -> JSONValue

    package init(_ spec: ToolSpec, run: @escaping @Sendable (ToolArguments) async throws -> JSONValue) {
        self.spec = spec
        self.run = run
    }
}

/// What came of a tool call: a value, or why there is none.
package struct ToolOutcome: Sendable {
    package let call: ToolUse
    package let result: Result<JSONValue, ToolRefusal>

    package init(call: ToolUse, result: Result<JSONValue, ToolRefusal>) {
        self.call = call
        self.result = result
    }

    /// - Parameter limitBytes: A longer value is cut off, and says so.
    func toolResult(limitBytes: Int) -> ToolResult {
        switch result {
        case .success(let value):
            let bytes = value.bytes
            guard bytes.count > limitBytes else { return ToolResult(id: call.id, content: .json(value)) }
            let start = String(decoding: bytes.prefix(limitBytes), as: UTF8.self)
            return ToolResult(
                id: call.id, content: .text(start + "\n[Longer than \(limitBytes) bytes; it ends here.]"))
        case .failure(let refusal):
            return ToolResult(id: call.id, content: .text(refusal.description), isError: true)
        }
    }
}

/// Why a tool call has no value, in words the model can act on.
package enum ToolRefusal: Error, Equatable, CustomStringConvertible {
    case unknownTool(name: String, known: [String])
    case badArguments(tool: String, InvalidArguments)
    case threw(tool: String, reason: String)
    case tooManyCalls(limit: Int)

    package var description: String {
        switch self {
        case .unknownTool(let name, let known):
            "There is no tool named \(name). "
                + (known.isEmpty ? "No tools can be called." : "Tools: \(known.joined(separator: ", ")).")
        case .badArguments(let tool, let invalid):
            "The arguments of \(tool) do not fit: \(invalid). Call it again with these corrected."
        case .threw(let tool, let reason):
            "\(tool) failed: \(reason). Go on without it, and say that this was not available."
        case .tooManyCalls(let limit):
            "Not run: at most \(limit) tools can be called in one turn."
        }
    }
}
