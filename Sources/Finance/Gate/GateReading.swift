/// The walk of a ``Gate`` through one text, block by block.
struct GateReading {
    struct Flaw {
        let range: Range<Int>
        let reason: String
    }

    let index: FactIndex
    let visible: VisibleText
    /// What references have calculated, by where it is printed.
    let derived: [Citation]
    let quotable: Set<StatedFigure>

    private(set) var numbers = 0
    private(set) var citations: [Citation] = []
    private(set) var flaws: [Flaw]

    /// By level; a heading ends those below it.
    private var headings: [(level: Int, Scope)] = []
    /// By indentation; an item ends those that are further in.
    private var items: [(indent: Int, Scope)] = []
    private var columns: [Scope.Label?] = []

    init(index: FactIndex, visible: VisibleText, derived: [Citation], quotable: Set<StatedFigure>) {
        self.quotable = quotable
        self.index = index
        self.visible = visible
        self.derived = derived
        flaws = visible.flaws.filter { !$0.isNumeral }.map { flaw in
            Flaw(range: visible.origin(flaw.at..<flaw.at + 1), reason: flaw.reason)
        }
    }

    /// Lets a heading speak that is not part of the text.
    mutating func begin(under heading: String) {
        guard !heading.isEmpty else { return }
        let outside = VisibleText(heading)
        var scope = Scope()
        scope.add(
            Sentence(
                Lexer.tokens(in: outside.bytes, 0..<outside.bytes.count), in: outside.bytes, index: index))
        headings = [(0, scope)]
    }

    mutating func read(_ block: TextBlock) {
        if case .row(let cells, let isHead) = block {
            read(cells, isHead: isHead)
            return
        }
        columns = []
        switch block {
        case .heading(let level, let range):
            headings.removeAll { $0.level >= level }
            items = []
            var scope = Scope()
            check(range, &scope)
            headings.append((level, scope))
        case .item(let indent, let range):
            items.removeAll { $0.indent >= indent }
            var scope = items.reduce(headingScope) { $0.union($1.1) }
            check(range, &scope)
            items.append((indent, scope))
        case .paragraph(let range):
            items = []
            var scope = headingScope
            check(range, &scope)
        case .row: break
        }
    }

    private var headingScope: Scope { headings.reduce(Scope()) { $0.union($1.1) } }

    /// Sentence by sentence: each may rest on what those before it have said.
    private mutating func check(_ range: Range<Int>, _ scope: inout Scope) {
        var verified: [VerifiedClaim] = []
        for part in visible.sentences(in: range) {
            let sentence = Sentence(Lexer.tokens(in: visible.bytes, part), in: visible.bytes, index: index)
            verified = check(sentence, scope, after: verified)
            scope.add(sentence)
        }
    }

    private mutating func read(_ cells: [Range<Int>], isHead: Bool) {
        let sentences = cells.map { range in
            Sentence(
                Lexer.tokens(in: visible.bytes, range), in: visible.bytes, index: index, isAlone: true)
        }
        if isHead { columns = sentences.map(Scope.Label.init) }
        // The first cell that names something, or has words alone, names the row.
        let label = sentences.first {
            !$0.tokens.isEmpty && ($0.claims.isEmpty || $0.mentions.contains { !$0.subjects.isEmpty })
        }.map(Scope.Label.init)
        for (position, sentence) in sentences.enumerated() {
            var scope = headingScope
            scope.row = isHead ? nil : label
            scope.column = isHead || position >= columns.count ? nil : columns[position]
            scope.isBesideTargets = columns.contains { $0?.concepts.contains(.target) ?? false }
            _ = check(sentence, scope, after: [])
        }
    }

    private mutating func check(_ sentence: Sentence, _ scope: Scope, after before: [VerifiedClaim])
        -> [VerifiedClaim]
    {
        addNumerals(in: sentence)
        for token in sentence.unreadable {
            numbers += 1
            add(sentence, token..<token + 1, "no figure that can be checked")
        }
        var check = ClaimCheck(index: index, sentence: sentence, scope: scope, before: before)
        numbers += sentence.claims.count
        var open: [Claim] = []
        for claim in sentence.claims {
            if let derivation = citedDerivation(of: claim, sentence) {
                cite(check.derivation(derivation, claim), claim, sentence)
            } else if let source = check.source(of: claim) {
                cite(.success(source), claim, sentence)
            } else if !quotable.isEmpty, quotable.contains(StatedFigure(claim)) {
                cite(.success(.given), claim, sentence)
            } else {
                open.append(claim)
            }
        }
        // What follows from other figures can only be told when those are known.
        for claim in open { cite(check.conclusion(claim), claim, sentence) }
        for (range, reason) in check.contradictions { add(sentence, range, reason) }
        return check.verified
    }

    /// Numerals that are not made of digits, apart from those in names.
    private mutating func addNumerals(in sentence: Sentence) {
        guard !visible.flaws.isEmpty else { return }
        for (index, token) in sentence.tokens.enumerated() where !sentence.isNamed(index) {
            for flaw in visible.flaws where flaw.isNumeral && (token.start..<token.end).contains(flaw.at) {
                numbers += 1
                add(sentence, index..<index + 1, "\(flaw.reason): write it in digits")
            }
        }
    }

    private mutating func cite(
        _ outcome: Result<ClaimCheck.Source, ClaimCheck.Refusal>, _ claim: Claim, _ sentence: Sentence
    ) {
        switch outcome {
        case .success(.cited(let source)):
            citations.append(Citation(range: origin(sentence, claim.tokens), source: source))
        case .success(.given): break
        case .failure(let refusal): add(sentence, claim.tokens, refusal.reason)
        }
    }

    private func citedDerivation(of claim: Claim, _ sentence: Sentence) -> String? {
        guard !derived.isEmpty else { return nil }
        let range = origin(sentence, claim.tokens)
        return derived.first { $0.range.overlaps(range) }?.source
    }

    private mutating func add(_ sentence: Sentence, _ tokens: Range<Int>, _ reason: String) {
        flaws.append(Flaw(range: origin(sentence, tokens), reason: reason))
    }

    private func origin(_ sentence: Sentence, _ tokens: Range<Int>) -> Range<Int> {
        visible.origin(
            sentence.tokens[tokens.lowerBound].start..<sentence.tokens[tokens.upperBound - 1].end)
    }
}
