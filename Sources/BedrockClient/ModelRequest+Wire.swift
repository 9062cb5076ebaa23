/// What every service wants of a conversation.
extension ModelRequest {
    /// The roles alternate, and no turn is empty.
    var turns: [Message] {
        var turns: [Message] = []
        for message in messages {
            let content = message.content.filter { !$0.isBlank }
            if turns.last?.role == message.role {
                turns[turns.count - 1].content += content
            } else if !content.isEmpty {
                turns.append(Message(message.role, content))
            }
        }
        return turns
    }

    /// A conversation that holds tool calls is refused without tools, so those it mentions are named again.
    var namedTools: [ToolSpec] {
        if !tools.isEmpty { return tools }
        var names: [String] = []
        for use in messages.flatMap(\.toolUses) where !names.contains(use.name) {
            names.append(use.name)
        }
        return names.map { name in
            ToolSpec(name: name, description: "No longer available.", inputSchema: .object([]))
        }
    }
}

extension Message.Block {
    /// Blank text is refused.
    fileprivate var isBlank: Bool {
        if case .text(let text) = self { text.allSatisfy(\.isWhitespace) } else { false }
    }
}
