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

    /// All text of the turn, a blank line between blocks; none around text that has a source, which stands in
    /// the middle of a sentence.
    package var text: String {
        var text = ""
        var last: Block?
        for block in content {
            switch (block, last) {
            case (.text(let words), .text): text += "\n\n" + words
            case (.text(let words), _): text += words
            case (.cited(let cited), _): text += cited.text
            default: continue
            }
            last = block
        }
        return text
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
        case reasoning(Reasoning)
        case cited(CitedText)
        /// A block of another kind, kept as it came: the service wants it back unchanged.
        case opaque(JSONValue)
    }
}

/// What the model thought before it spoke. Goes back as it came in the next turn: its signature is checked,
/// and without it the model does not know any more why it called a tool.
package struct Reasoning: Sendable, Hashable {
    /// As Converse writes it: `reasoningText` with `text` and `signature`, or `redactedContent`.
    package let json: JSONValue

    package init(json: JSONValue) { self.json = json }

    /// - Parameter signature: `nil` from a server that signs nothing.
    package init(text: String, signature: String? = nil) {
        var members: [String: JSONValue] = ["text": .string(text)]
        members["signature"] = signature.map { .string($0) }
        json = ["reasoningText": .object(members)]
    }

    /// `nil` when the service shows it to nobody.
    package var text: String? { json["reasoningText"]?["text"]?.string }
    package var signature: String? { json["reasoningText"]?["signature"]?.string }
    package var isRedacted: Bool { json["redactedContent"] != nil }
}

/// Text of a reply with the sources it was taken from. Goes back as it came.
package struct CitedText: Sendable, Hashable {
    /// As Converse writes it: `content` and `citations`.
    package let json: JSONValue

    package init(json: JSONValue) { self.json = json }

    package var text: String { (json["content"]?.array ?? []).compactMap { $0["text"]?.string }.joined() }
    package var sources: [Source] { (json["citations"]?.array ?? []).map(Source.init(json:)) }

    /// Where a text comes from.
    package struct Source: Sendable, Hashable {
        /// As Converse writes a citation: `title`, `source`, `sourceContent`, `location`.
        package let json: JSONValue

        package init(json: JSONValue) { self.json = json }

        /// Of the document.
        package var title: String? { json["title"]?.string }
        /// Its address or name.
        package var origin: String? { json["source"]?.string }
        /// The words of the document.
        package var excerpt: String {
            (json["sourceContent"]?.array ?? []).compactMap { $0["text"]?.string }.joined()
        }
    }
}

/// The model asks for a tool to be called.
package struct ToolUse: Sendable, Hashable {
    /// Names this call in the conversation; made by the model.
    package let id: String
    package let name: String
    /// What the model proposes: to be validated against the tool's schema before anybody acts on it. A text
    /// when the reply was cut off in the middle of it.
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
