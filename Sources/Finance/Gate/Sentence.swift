/// A sentence or a cell, taken apart: its tokens, what its phrases mean, and the figures it states.
struct Sentence: Sendable {
    /// A phrase with a meaning, as a range of tokens.
    struct Mention: Sendable {
        let tokens: Range<Int>
        /// Several where one name stands for several subjects.
        let subjects: [Int]
        let concepts: Concepts
        let isWhole: Bool
        let isChange: Bool
        /// Whether it is a name or a passage, in which figures state nothing.
        let isGiven: Bool

        init(tokens: Range<Int>, meanings: [Meaning]) {
            self.tokens = tokens
            var subjects: [Int] = []
            var concepts: Concepts = []
            var (isWhole, isChange, isGiven) = (false, false, false)
            for meaning in meanings {
                switch meaning {
                case .subject(let id): subjects.append(id)
                case .concepts(let found): concepts.formUnion(found)
                case .whole: isWhole = true
                case .change: isChange = true
                case .given, .givenAlone: isGiven = true
                default: break
                }
            }
            self.subjects = subjects
            self.concepts = concepts
            self.isWhole = isWhole
            self.isChange = isChange
            self.isGiven = isGiven
        }
    }

    let tokens: [Token]
    let mentions: [Mention]
    let claims: [Claim]
    let unreadable: [Int]
    /// For each token, how much it parts what stands before it from what stands after it.
    private let partingSums: [Int]

    /// - Parameter isAlone: Whether the sentence is a cell of a table.
    init(_ tokens: [Token], in bytes: [UInt8], index: FactIndex, isAlone: Bool = false) {
        var mentions: [Mention] = []
        var isGiven = [Bool](repeating: false, count: tokens.count)
        var position = 0
        while position < tokens.count {
            guard let (meaning, length) = index.phrases.longest(tokens, at: position) else {
                position += 1
                continue
            }
            let range = position..<position + length
            let meanings = index.phrases.all(tokens, at: position, length: length)
            let isWholeCell = isAlone && length == tokens.count
            let isUsable = meaning != .givenAlone || isWholeCell
            if isUsable {
                mentions.append(Mention(tokens: range, meanings: meanings))
                // Figures inside a name or a term, such as "10th percentile", are part of it.
                for inside in range { isGiven[inside] = true }
            }
            position += isUsable ? length : 1
        }
        var reader = ClaimReader(tokens, in: bytes, isGiven: isGiven)
        reader.dropListNumber()
        self.tokens = tokens
        self.mentions = mentions
        claims = reader.claims.map { Self.loosened($0, tokens) }.filter { !Self.countsTheText($0, tokens) }
        unreadable = reader.unreadable
        partingSums = Self.partingSums(tokens, claims)
    }

    /// Whether a token belongs to a name.
    func isNamed(_ index: Int) -> Bool {
        mentions.contains { mention in
            mention.tokens.contains(index) && (!mention.subjects.isEmpty || mention.isGiven)
        }
    }

    /// How far a phrase is from a figure: words between them, more for what parts a sentence, and for the
    /// phrase that follows a little more.
    func distance(from mention: Range<Int>, to claim: Range<Int>) -> Int {
        if mention.upperBound <= claim.lowerBound {
            // A figure in parentheses is about what stands before them.
            let isInside = claim.lowerBound > mention.upperBound && isOpening(claim.lowerBound - 1)
            return partingSums[isInside ? claim.lowerBound - 1 : claim.lowerBound]
                - partingSums[mention.upperBound]
        }
        if mention.lowerBound >= claim.upperBound {
            return partingSums[mention.lowerBound] - partingSums[claim.upperBound] + 1
        }
        return 0
    }

    private func isOpening(_ index: Int) -> Bool { tokens[index].isMark(UInt8(ascii: "(")) }

    /// Whether a pause, a word such as "and", or a figure stands among some tokens.
    func isParted(_ range: Range<Int>) -> Bool {
        range.contains { partingSums[$0 + 1] - partingSums[$0] >= Self.boundaryCost }
    }

    private static let boundaryCost = 4
    private static let figureCost = 5

    private static func partingSums(_ tokens: [Token], _ claims: [Claim]) -> [Int] {
        var costs = [Int](repeating: 0, count: tokens.count)
        for (index, token) in tokens.enumerated() {
            switch token.kind {
            case .word, .mixed:
                costs[index] =
                    FactIndex.relations.longest(tokens, at: index)?.meaning == .boundary ? boundaryCost : 1
            case .number: costs[index] = 0
            case .mark: costs[index] = isPause(token) ? boundaryCost : 0
            }
        }
        for claim in claims {
            for index in claim.tokens { costs[index] = 0 }
            costs[claim.tokens.lowerBound] = figureCost
        }
        var sums = [0]
        sums.reserveCapacity(tokens.count + 1)
        for cost in costs { sums.append((sums.last ?? 0) + cost) }
        return sums
    }

    private static func isPause(_ token: Token) -> Bool {
        token.isMark(UInt8(ascii: ",")) || token.isMark(UInt8(ascii: ";"))
            || token.isMark(UInt8(ascii: "(")) || token.isMark(UInt8(ascii: ")"))
    }

    /// Reads the words before a figure that loosen it, and takes them into the claim's range.
    private static func loosened(_ claim: Claim, _ tokens: [Token]) -> Claim {
        var claim = claim
        let start = claim.tokens.lowerBound
        if start > 0, tokens[start - 1].isMark(UInt8(ascii: "~")) { claim.looseness = .about }
        for length in 1...3 where start >= length {
            guard let found = FactIndex.loosenesses.longest(tokens, at: start - length),
                found.length == length
            else { continue }
            switch found.meaning {
            case .approximately: claim.looseness = .about
            case .nearly: claim.looseness = .nearly
            case .moreThan: claim.looseness = .moreThan
            case .lessThan: claim.looseness = .lessThan
            default: break
            }
        }
        return claim
    }

    /// `two things`: the text speaks of itself.
    private static func countsTheText(_ claim: Claim, _ tokens: [Token]) -> Bool {
        let end = claim.tokens.upperBound
        guard claim.unit == .none, claim.value <= 12, claim.step == 1, end < tokens.count else {
            return false
        }
        return FactIndex.relations.longest(tokens, at: end)?.meaning == .partOfSpeech
    }
}

extension ClaimReader {
    /// `1.` at the beginning of an item numbers the item.
    mutating func dropListNumber() {
        guard let first = claims.first, first.tokens == 0..<1, first.unit == .none, tokens.count > 1,
            tokens[1].isMark(UInt8(ascii: ".")) || tokens[1].isMark(UInt8(ascii: ")")), tokens[1].isAttached
        else { return }
        drop(first: 1)
    }
}
