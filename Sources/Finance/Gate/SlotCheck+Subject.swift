/// Whether a figure is about what its fact is about.
extension SlotCheck {
    /// In a column of shares stand percentages.
    func acceptsColumn(_ claim: Claim) -> Bool {
        guard let column = scope.column, column.isOfShares else { return true }
        return claim.unit == .percent
    }

    /// "20.2% of the Roth IRA" is no share of the portfolio.
    func acceptsDenominator(_ slot: FactIndex.Slot, _ claim: Claim) -> Bool {
        guard claim.unit == .percent else { return true }
        // A share of the portfolio is none of the thing itself.
        let isPart =
            !slot.partners.isEmpty || slot.concepts.contains(.accounts) && !slot.concepts.contains(.largest)
        let own = slot.partners.union(isPart ? slot.subject.map { [$0] } ?? [] : [])
        return sentence.mentions.allSatisfy { mention in
            let subjects = mention.subjects
            return subjects.isEmpty || !isDenominator(mention, of: claim) || !own.isDisjoint(with: subjects)
        }
    }

    func acceptsSubject(_ slot: FactIndex.Slot, _ claim: Claim) -> Bool {
        let near = nearestSubject(claim)
        guard let subject = slot.subject else { return acceptsWhole(slot, claim, near) }
        if !slot.partners.isEmpty {
            // Both the account and the class have to be named, whichever is closer.
            let all = slot.partners.union([subject])
            return namedSubjects.isSuperset(of: all)
                && (near.map { !all.isDisjoint(with: $0.subjects) } ?? true)
        }
        guard !isAboutPartOf(subject, slot), !isComparedWithAnother(subject, slot, claim) else {
            return false
        }
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

    /// "5.2 points below fixed income" is no distance from a target.
    private func isComparedWithAnother(_ subject: Int, _ slot: FactIndex.Slot, _ claim: Claim) -> Bool {
        guard slot.concepts.contains(.gap) else { return false }
        return sentence.mentions.contains { mention in
            let subjects = mention.subjects
            return !subjects.isEmpty && !subjects.contains(subject)
                && mention.tokens.lowerBound >= claim.tokens.upperBound
                && sentence.distance(from: mention.tokens, to: claim.tokens) <= Self.nearWords
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

    func nearestSubject(_ claim: Claim) -> (subjects: [Int], distance: Int)? {
        if let subjects = enumeratedSubjects(claim) { return (subjects, 0) }
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

    /// "SPY, QQQ and BND are 3%, 2% and 1%": each figure belongs to the name in its place.
    private func enumeratedSubjects(_ claim: Claim) -> [Int]? {
        let names = sentence.mentions.filter { !$0.subjects.isEmpty }
        let claims = sentence.claims.filter { $0.unit == claim.unit }
        guard names.count >= 2, names.count == claims.count, let last = names.last,
            last.tokens.upperBound <= claims[0].tokens.lowerBound,
            let place = claims.firstIndex(where: { $0.tokens == claim.tokens })
        else { return nil }
        return names[place].subjects
    }

    /// `62.0% of the portfolio` is about something in the portfolio.
    private func isDenominator(_ mention: Sentence.Mention, of claim: Claim) -> Bool {
        let gap = mention.tokens.lowerBound - claim.tokens.upperBound
        return (1...3).contains(gap) && sentence.tokens[claim.tokens.upperBound].hash == NumberWords.of
    }
}
