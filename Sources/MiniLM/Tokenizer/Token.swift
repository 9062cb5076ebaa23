/// A piece of a text, as the model reads it.
package struct Token: Sendable, Equatable {
    /// The line of the vocabulary, from 0.
    package let id: Int32
    /// Where it stands in the text: offsets of UTF-8 bytes, at the borders of Unicode scalars.
    package let utf8Range: Range<Int>

    package init(id: Int32, utf8Range: Range<Int>) {
        self.id = id
        self.utf8Range = utf8Range
    }
}

/// What the encoder gets: `[CLS]`, the pieces of a text, `[SEP]`.
package struct ModelInput: Sendable, Equatable {
    /// 2...``MiniLM/greatestTokens``.
    package let ids: [Int32]
    /// Whether the text was longer, and its end is not among the ``ids``.
    package let isCut: Bool
}
