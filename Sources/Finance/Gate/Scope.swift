/// What a sentence may leave unsaid because it was said just before: in the heading, the sentence before, the
/// item above, or the row and the column of a cell.
struct Scope: Sendable {
    var subjects: Set<Int> = []
    var concepts: Concepts = []
    /// Of the cell's row, where the sentence is a cell.
    var row: Label?
    /// Of the cell's column.
    var column: Label?

    /// Whether the cell's table has a column of targets.
    var isBesideTargets = false

    /// What names a row or a column.
    struct Label: Sendable {
        let subjects: Set<Int>
        let concepts: Concepts
        /// Of ``concepts`` those no name of a subject stands for: an account may be called "Savings".
        let ownConcepts: Concepts
        let isWhole: Bool
        let isOfShares: Bool

        private static let share = Lexer.hash(of: "share")

        init(_ sentence: Sentence) {
            subjects = Set(sentence.mentions.flatMap(\.subjects))
            concepts = sentence.mentions.reduce(into: []) { $0.formUnion($1.concepts) }
            ownConcepts = sentence.mentions.filter(\.subjects.isEmpty).reduce(into: []) {
                $0.formUnion($1.concepts)
            }
            isOfShares = sentence.tokens.count == 1 && sentence.tokens[0].hash == Self.share
            isWhole = sentence.mentions.contains(where: \.isWhole)
        }
    }

    /// Adds what a sentence has said; what it says of subjects replaces what was said before.
    mutating func add(_ sentence: Sentence) {
        let found = Set(sentence.mentions.flatMap(\.subjects))
        if !found.isEmpty { subjects = found }
        for mention in sentence.mentions { concepts.formUnion(mention.concepts) }
    }

    func union(_ other: Scope) -> Scope {
        var both = self
        if !other.subjects.isEmpty { both.subjects = other.subjects }
        both.concepts.formUnion(other.concepts)
        return both
    }
}
