/// A piece of a reply that is still being written.
package struct ReplyPart: Sendable, Hashable {
    /// Which block of the reply it belongs to; grows, though not always by one.
    package let block: Int
    package let content: Content

    package init(block: Int, _ content: Content) {
        self.block = block
        self.content = content
    }

    package enum Content: Sendable, Hashable {
        case text(String)
        case reasoning(String)
        /// Where the text of this block comes from.
        case source(CitedText.Source)
        /// The model begins to write a call.
        case toolUse(id: String, name: String)
        /// A piece of the JSON of the block's call.
        case toolInput(String)
    }
}

extension Reply {
    /// A reply that is there already, as the pieces of one that arrives.
    var parts: [ReplyPart] {
        message.content.enumerated().flatMap { index, block in
            block.parts.map { ReplyPart(block: index, $0) }
        }
    }
}

extension Message.Block {
    fileprivate var parts: [ReplyPart.Content] {
        switch self {
        case .text(let text): [.text(text)]
        case .reasoning(let reasoning): reasoning.text.map { [.reasoning($0)] } ?? []
        case .cited(let cited): [.text(cited.text)] + cited.sources.map { .source($0) }
        case .toolUse(let use): [.toolUse(id: use.id, name: use.name), .toolInput(use.input.text)]
        case .toolResult, .opaque: []
        }
    }
}
