/// Text written by code that refers to facts as a model's does. A sentence about a fact that does not
/// exist is left out.
struct Template: Sendable {
    let sentences: [String]

    init(_ sentences: [String]) {
        self.sentences = sentences
    }

    /// - Parameter separator: Between the sentences: a blank, or a line break for lists.
    func text(with figures: Figures, separator: String = " ") -> String {
        sentences.map { figures.printed($0) }.filter(\.violations.isEmpty).map(\.text).joined(separator: separator)
    }
}
