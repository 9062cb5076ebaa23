import Wire

/// One turn of a conversation with a model.
package struct Message: Sendable, Hashable {
    package var role: Role
    package var content: [Block]

    package init(_ role: Role, _ content: [Block]) {
        self.role = role
        self.content = content
    }

    package static func user(_ text: String) -> Message { Message(.user, [.text(text)]) }
    package static func assistant(_ text: String) -> Message { Message(.assistant, [.text(text)]) }

    /// The answers to the tool calls of the turn before.
    package static func toolResults(_ results: [ToolResult]) -> Message {
        Message(.user, results.map { .toolResult($0) })
    }

    /// All text of the turn, a blank line between blocks.
    package var text: String {
        content.compactMap { if case .text(let text) = $0 { text } else { nil } }.joined(separator: "\n\n")
    }

    package var toolUses: [ToolUse] {
        content.compactMap { if case .toolUse(let use) = $0 { use } else { nil } }
    }

    package enum Role: String, Sendable, Hashable {
        case user
        case assistant
    }

    package enum Block: Sendable, Hashable {
        case text(String)
        case toolUse(ToolUse)
        case toolResult(ToolResult)
        /// A block of another kind (a model's reasoning, a citation), kept as it came: the service wants it
        /// back unchanged.
        case opaque(JSONValue)
    }
}

/// The model asks for a tool to be called.
package struct ToolUse: Sendable, Hashable {
    /// Names this call in the conversation; made by the model.
    package let id: String
    package let name: String
    /// What the model proposes: to be validated against the tool's schema before anybody acts on it.
    package let input: JSONValue

    package init(id: String, name: String, input: JSONValue) {
        self.id = id
        self.name = name
        self.input = input
    }
}

/// What came of a tool call.
package struct ToolResult: Sendable, Hashable {
    /// The ``ToolUse/id`` this answers.
    package let id: String
    package let content: Content
    /// Tells the model that the call failed and the content says why.
    package let isError: Bool

    package init(id: String, content: Content, isError: Bool = false) {
        self.id = id
        self.content = content
        self.isError = isError
    }

    package enum Content: Sendable, Hashable {
        case text(String)
        case json(JSONValue)
    }
}
