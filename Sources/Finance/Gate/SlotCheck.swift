/// Whether the words around a figure say of it what a fact says.
///
/// A figure that exists in the table is still wrong in the wrong place: the share of bonds beside the word
/// "equity", the target in place of the share, "above" for "below".
struct SlotCheck {
    let index: FactIndex
    let sentence: Sentence
    let scope: Scope

    /// Words within which a phrase belongs to a figure so closely that it cannot be about another.
    private static let nearWords = 3
    /// Words within which `above` or `below` speaks of a figure.
    private static let directionWords = 4

    /// Concepts that make a figure another one: all of them have to be said.
    static let strict: Concepts = [
        .target, .gap, .drift, .price, .age, .interest, .shortfall, .error, .volatility, .fees, .lowerBound,
        .upperBound, .unpriced, .unclassified, .effective, .largest, .topThree, .safe, .failing, .crash,
        .longevity, .overspending, .fourPercent, .nineInTen, .rest, .drawdown, .stale, .change,
    ]
    /// Words that often stand beside figures they do not name.
    private static let incidental: Concepts = [.accounts, .holdings]
    private static let incidentalToPlain: Concepts = [
        .accounts, .holdings, .paths, .income, .saving, .history,
    ]

    func accepts(_ slot: FactIndex.Slot, _ claim: Claim) -> Bool {
        acceptsSubject(slot, claim) && acceptsPlace(slot, claim) && acceptsMoment(slot, claim)
            && acceptsDivision(slot, claim) && acceptsMeasure(slot, claim) && acceptsChange(slot, claim)
    }

    // MARK: Subject

    private func acceptsSubject(_ slot: FactIndex.Slot, _ claim: Claim) -> Bool {
        let near = nearestSubject(claim)
        guard let subject = slot.subject else { return acceptsWhole(slot, claim, near) }
        if !slot.partners.isEmpty {
            // Both the account and the class have to be named, whichever is closer.
            let all = slot.partners.union([subject])
            return namedSubjects.isSuperset(of: all)
                && (near.map { !all.isDisjoint(with: $0.subjects) } ?? true)
        }
        guard !isAboutPartOf(subject, slot) else { return false }
        if let near { return near.subjects.contains(subject) }
        if let row = scope.row {
            if row.subjects.contains(subject) { return true }
            if !row.subjects.isEmpty || row.isWhole { return false }
        }
        return scope.subjects.contains(subject) || isIdentified(slot)
    }

    /// Subjects of the sentence, of the cell's row and column, and of what was said before.
    private var namedSubjects: Set<Int> {
        let inSentence = Set(sentence.mentions.flatMap(\.subjects)).union(scope.row?.subjects ?? [])
        return inSentence.union(scope.column?.subjects ?? []).union(scope.subjects)
    }

    /// "In the Roth IRA equity is 62.0%" is about the part of the account where there is such a fact.
    private func isAboutPartOf(_ subject: Int, _ slot: FactIndex.Slot) -> Bool {
        let others = Set(sentence.mentions.flatMap(\.subjects)).subtracting([subject])
        guard !others.isEmpty, !sentence.mentions.contains(where: \.isWhole) else { return false }
        let unit = index.table.facts[slot.fact].unit
        return others.contains { other in
            index.slots(of: other).contains { place in
                let part = index.slots[place]
                return part.partners.contains(subject) && index.table.facts[part.fact].unit == unit
                    && part.concepts.measures.intersection(Self.strict)
                        == slot.concepts.measures.intersection(Self.strict)
            }
        }
    }

    /// The largest holding need not be named to be meant.
    private func isIdentified(_ slot: FactIndex.Slot) -> Bool {
        !slot.concepts.intersection([.largest, .topThree]).isEmpty
            && !said.intersection(slot.concepts).isDisjoint(with: [.largest, .topThree])
    }

    /// Of the household as a whole, unless something else is named closer to the figure than what the fact
    /// measures.
    private func acceptsWhole(
        _ slot: FactIndex.Slot, _ claim: Claim, _ near: (subjects: [Int], distance: Int)?
    ) -> Bool {
        if let row = scope.row, !row.subjects.isEmpty, !row.isWhole {
            return row.concepts.intersection(slot.concepts.measures) != []
        }
        guard let near, near.distance <= Self.nearWords + 1 else { return true }
        let own = sentence.mentions.filter { mention in
            mention.isWhole && !isDenominator(mention, of: claim)
                || !mention.concepts.intersection(slot.concepts).isEmpty
        }.map { sentence.distance(from: $0.tokens, to: claim.tokens) }.min()
        return own.map { $0 <= near.distance } ?? false
    }

    private func nearestSubject(_ claim: Claim) -> (subjects: [Int], distance: Int)? {
        var best: (subjects: [Int], distance: Int)?
        for mention in sentence.mentions {
            let subjects = mention.subjects
            guard !subjects.isEmpty else { continue }
            let distance = sentence.distance(from: mention.tokens, to: claim.tokens)
            if let known = best, known.distance <= distance {
                if known.distance == distance { best = (known.subjects + subjects, distance) }
            } else {
                best = (subjects, distance)
            }
        }
        return best
    }

    /// `62.0% of the portfolio` is about something in the portfolio.
    private func isDenominator(_ mention: Sentence.Mention, of claim: Claim) -> Bool {
        let gap = mention.tokens.lowerBound - claim.tokens.upperBound
        return (1...3).contains(gap) && sentence.tokens[claim.tokens.upperBound].hash == NumberWords.of
    }

    // MARK: Concepts

    /// Everything that is said in the sentence or goes without saying.
    private var said: Concepts {
        var said = scope.concepts
        for mention in sentence.mentions { said.formUnion(mention.concepts) }
        if let row = scope.row { said.formUnion(row.concepts) }
        if let column = scope.column { said.formUnion(column.concepts) }
        return said
    }

    /// - Parameter isCompeting: Whether names of subjects do not count.
    private func nearest(_ wanted: Concepts, to claim: Claim, isCompeting: Bool = false)
        -> (concepts: Concepts, distance: Int)?
    {
        var best: (concepts: Concepts, distance: Int)?
        for mention in sentence.mentions where !isCompeting || mention.subjects.isEmpty {
            let found = mention.concepts.intersection(wanted)
            guard !found.isEmpty else { continue }
            let distance = sentence.distance(from: mention.tokens, to: claim.tokens)
            if let known = best, known.distance <= distance {
                if known.distance == distance { best = (known.concepts.union(found), distance) }
            } else {
                best = (found, distance)
            }
        }
        if best == nil, let label = labelConcepts?.intersection(wanted), !label.isEmpty {
            return (label, Self.nearWords)
        }
        return best
    }

    /// Of a cell's row and column together.
    private var labelConcepts: Concepts? {
        guard scope.row != nil || scope.column != nil else { return nil }
        return (scope.row?.ownConcepts ?? []).union(scope.column?.concepts ?? [])
    }

    private func acceptsPlace(_ slot: FactIndex.Slot, _ claim: Claim) -> Bool {
        let own = slot.concepts.place
        guard let near = nearest(.places, to: claim) else {
            return own.isEmpty || !scope.concepts.intersection(own).isEmpty
        }
        if own.isEmpty { return near.distance > Self.nearWords || near.concepts == .expected }
        return !near.concepts.intersection(own).isEmpty
    }

    private func acceptsMoment(_ slot: FactIndex.Slot, _ claim: Claim) -> Bool {
        let own = slot.concepts.moment
        guard !own.isEmpty else { return true }
        if let near = nearest(.moments, to: claim) { return !near.concepts.intersection(own).isEmpty }
        return slot.concepts.place.isEmpty || !scope.concepts.intersection(own).isEmpty
    }

    /// "By region" is not by asset class; in a table the heading says which.
    private func acceptsDivision(_ slot: FactIndex.Slot, _ claim: Claim) -> Bool {
        let own = slot.concepts.division
        guard !own.isEmpty else { return true }
        if let near = nearest(.divisions, to: claim) { return !near.concepts.isDisjoint(with: own) }
        let heading = scope.row == nil ? [] : scope.concepts.division
        return heading.isEmpty || !heading.isDisjoint(with: own)
    }

    private func acceptsMeasure(_ slot: FactIndex.Slot, _ claim: Claim) -> Bool {
        let own = slot.concepts.measures
        let said = said
        guard said.isSuperset(of: own.intersection(Self.strict)) else { return false }
        let loose = own.subtracting(Self.strict)
        if !loose.isEmpty, own.intersection(Self.strict).isEmpty, said.intersection(loose).isEmpty {
            return false
        }
        // "Holdings" alone are all of them, not those with a price.
        let defining = own.subtracting(Self.incidental)
        if claim.unit == .none, !said.isSuperset(of: defining) { return false }
        let incidental = own.isEmpty ? Self.incidentalToPlain : Self.incidental
        let competing = Concepts.allMeasures.subtracting(claim.unit == .none ? [] : incidental)
        guard let near = nearest(competing, to: claim, isCompeting: true) else { return true }
        if claim.unit == .none, !isWholeOfPart(claim),
            !near.concepts.intersection(Self.strict).isSubset(of: own)
        {
            // What is counted stands beside the count, however far.
            return false
        }
        guard near.distance <= Self.nearWords, near.concepts.isDisjoint(with: own) else { return true }
        // Something else is named closer; the fact's own name has to be about as close.
        guard let named = nearest(own, to: claim) else { return false }
        return named.distance <= near.distance + 1
    }

    /// The nine of `2 of 9`.
    private func isWholeOfPart(_ claim: Claim) -> Bool {
        let start = claim.tokens.lowerBound
        return start >= 2 && sentence.tokens[start - 1].hash == NumberWords.of
            && sentence.claims.contains { $0.tokens.upperBound == start - 1 }
    }

    /// A figure that is said to have risen or fallen by so much has to be a change.
    private func acceptsChange(_ slot: FactIndex.Slot, _ claim: Claim) -> Bool {
        guard !slot.concepts.contains(.change) else { return true }
        let to = Lexer.hash(of: "to")
        return !sentence.mentions.contains { mention in
            guard mention.isChange else { return false }
            let after = mention.tokens.upperBound
            if after < sentence.tokens.count, sentence.tokens[after].hash == to { return false }
            return sentence.distance(from: mention.tokens, to: claim.tokens) <= 1
        }
    }

    // MARK: Direction

    enum Direction { case upwards, downwards }

    /// What the words next to a figure say about which side it is on.
    func direction(of claim: Claim) -> Direction? {
        var best: (Direction, distance: Int)?
        var position = 0
        while position < sentence.tokens.count {
            guard !claim.tokens.contains(position),
                let (meaning, length) = FactIndex.directions.longest(sentence.tokens, at: position)
            else {
                position += 1
                continue
            }
            let distance = sentence.distance(from: position..<position + length, to: claim.tokens)
            if distance <= Self.directionWords, distance < best?.distance ?? .max {
                best = (meaning == .upwards ? .upwards : .downwards, distance)
            }
            position += length
        }
        return best?.0
    }
}

extension Concepts {
    static let allMeasures = Concepts(rawValue: .max).measures
}
