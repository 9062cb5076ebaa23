/// Whether the words around a figure say of it what a fact says.
///
/// A figure that exists in the table is still wrong in the wrong place: the share of bonds beside the word
/// "equity", the target in place of the share, "above" for "below".
struct SlotCheck {
    let index: FactIndex
    let sentence: Sentence
    let scope: Scope
    /// Everything that is said in the sentence or goes without saying.
    let said: Concepts

    init(index: FactIndex, sentence: Sentence, scope: Scope) {
        self.index = index
        self.sentence = sentence
        self.scope = scope
        said = Self.said(in: sentence, scope)
    }

    /// Words within which a phrase belongs to a figure so closely that it cannot be about another.
    static let nearWords = 3
    /// Words within which `above` or `below` speaks of a figure.
    private static let directionWords = 4

    /// Concepts that make a figure another one: all of them have to be said.
    static let strict: Concepts = [
        .target, .gap, .drift, .price, .age, .interest, .shortfall, .error, .volatility, .fees, .lowerBound,
        .upperBound, .unpriced, .unclassified, .effective, .largest, .topThree, .safe, .failing, .crash,
        .longevity, .overspending, .fourPercent, .nineInTen, .rest, .drawdown, .stale, .change, .average,
        .fresh, .fix, .otherwise, .goal, .history,
        .compared,
    ]
    /// What may befall a plan: whatever else is said in the clause, the figure says how often this is so.
    private static let contrary: Concepts = [.failing, .crash, .longevity, .overspending]
    /// Words that a clause without a pause may have between a figure and its verb.
    private static let clauseWords = 10
    /// Words that often stand beside figures they do not name.
    static let incidental: Concepts = [.accounts, .holdings]
    private static let incidentalToPlain: Concepts = [
        .accounts, .holdings, .paths, .income, .saving,
    ]

    func accepts(_ slot: FactIndex.Slot, _ claim: Claim) -> Bool {
        acceptsColumn(claim) && acceptsUnit(claim) && acceptsWholeOfPart(claim)
            && acceptsDenominator(slot, claim) && acceptsSubject(slot, claim)
            && acceptsPlace(slot, claim) && acceptsMoment(slot, claim)
            && acceptsDivision(slot, claim) && acceptsMeasure(slot, claim) && acceptsChange(slot, claim)
            && acceptsAlternative(slot, claim) && acceptsTarget(slot, claim)
    }

    /// "In 0.9 points of the futures" is no English for a distance.
    private func acceptsUnit(_ claim: Claim) -> Bool {
        claim.unit != .points || claim.tokens.upperBound >= sentence.tokens.count
            || sentence.tokens[claim.tokens.upperBound].hash != NumberWords.of
    }

    /// No part of nine is ten of them.
    private func acceptsWholeOfPart(_ claim: Claim) -> Bool {
        guard claim.unit == .none, let part = partOf(claim) else { return true }
        return part.value <= claim.value
    }

    /// The lower of two bounds is not the upper one, and what lasts on average lasts less for many.
    private func acceptsAlternative(_ slot: FactIndex.Slot, _ claim: Claim) -> Bool {
        Concepts.alternatives.allSatisfy { group in
            var own = slot.concepts.intersection(group)
            if own.contains(.shortfall) { own = .shortfall }
            // What lasts so long, without more, does so on average.
            if group.contains(.average) && own.isEmpty && slot.concepts.contains(.lasting) { own = .average }
            guard !own.isEmpty, let near = nearest(group, to: claim) else { return true }
            return near.concepts.isSubset(of: own)
        }
    }

    /// "The target for cash is 0%" and "20% in cash, although the target is 0%": whose target is told by the
    /// words between.
    private func acceptsTarget(_ slot: FactIndex.Slot, _ claim: Claim) -> Bool {
        let targets = sentence.mentions.filter { $0.concepts.contains(.target) }
        guard !targets.isEmpty else { return true }
        guard slot.concepts.contains(.target) else { return !targets.contains { governs($0, claim) } }
        return !targets.allSatisfy { target in
            target.tokens.lowerBound >= claim.tokens.upperBound
                && sentence.isParted(claim.tokens.upperBound..<target.tokens.lowerBound)
                && sentence.claims.contains { $0.tokens.lowerBound >= target.tokens.upperBound }
        }
    }

    /// Whether nothing but what the target is for, and its verb, stands between.
    private func governs(_ target: Sentence.Mention, _ claim: Claim) -> Bool {
        guard target.tokens.upperBound <= claim.tokens.lowerBound, claim.unit != .points else { return false }
        return (target.tokens.upperBound..<claim.tokens.lowerBound).allSatisfy { index in
            Lexicon.linking.contains(sentence.tokens[index].hash)
                || sentence.mentions.contains { !$0.subjects.isEmpty && $0.tokens.contains(index) }
        }
    }

    // MARK: Concepts

    private static func said(in sentence: Sentence, _ scope: Scope) -> Concepts {
        var said = scope.concepts
        for mention in sentence.mentions { said.formUnion(mention.concepts) }
        if let row = scope.row { said.formUnion(row.concepts) }
        if let column = scope.column { said.formUnion(column.concepts) }
        return said
    }

    /// As ``said``, but for what is said of the next figure: "$5, of which $3 is in priced holdings".
    private func said(of claim: Claim) -> Concepts {
        var said = scope.concepts.union(labelConcepts ?? []).union(scope.row?.concepts ?? [])
        for mention in sentence.mentions {
            let distance = sentence.distance(from: mention.tokens, to: claim.tokens)
            let isOfNext =
                belongsToNext(mention.tokens, after: claim, distance)
                && sentence.isParted(claim.tokens.upperBound..<mention.tokens.lowerBound)
            if !isOfNext { said.formUnion(mention.concepts) }
        }
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
            if isCompeting && belongsToNext(mention.tokens, after: claim, distance) { continue }
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

    /// "worth $54,030 at a price of $450.25": the price is that of the next figure.
    private func belongsToNext(_ mention: Range<Int>, after claim: Claim, _ distance: Int) -> Bool {
        guard mention.lowerBound >= claim.tokens.upperBound else { return false }
        return sentence.claims.contains { next in
            next.tokens.lowerBound >= mention.upperBound
                && sentence.distance(from: mention, to: next.tokens) < distance
        }
    }

    /// Of a cell's row and column together.
    private var labelConcepts: Concepts? {
        guard scope.row != nil || scope.column != nil else { return nil }
        return (scope.row?.ownConcepts ?? []).union(scope.column?.concepts ?? [])
    }

    private func acceptsPlace(_ slot: FactIndex.Slot, _ claim: Claim) -> Bool {
        let own = slot.concepts.place
        guard let near = nearest(.places, to: claim) else {
            return own.isEmpty || own == placeByPart(claim)?.place
                || !scope.concepts.intersection(own).isEmpty
        }
        if own.isEmpty { return near.distance > Self.nearWords || near.concepts == .expected }
        return !near.concepts.intersection(own).isEmpty
    }

    /// "One future in ten begins with less than $5": five dollars are the tenth percentile.
    ///
    /// - Returns: The tokens of the part, too.
    func placeByPart(_ claim: Claim) -> (place: Concepts, part: Range<Int>)? {
        guard claim.unit == .usd, let isBelow = isUpperLimit(claim) else { return nil }
        let parts = sentence.claims.filter { $0.isPart || speaksOfPaths($0) }.map { ($0.tokens, $0.value) }
        let named = sentence.mentions.filter { $0.concepts.contains(.nineInTen) }.map { ($0.tokens, 90.0) }
        let before = (parts + named).filter { $0.0.upperBound <= claim.tokens.lowerBound }
        guard let (tokens, percent) = before.max(by: { $0.0.lowerBound < $1.0.lowerBound }) else {
            return nil
        }
        return Self.place(ofPercent: isBelow ? percent : 100 - percent).map { ($0, tokens) }
    }

    /// `10% of the futures`
    func speaksOfPaths(_ claim: Claim) -> Bool {
        guard claim.unit == .percent, let near = nearest(.paths, to: claim) else { return false }
        return near.distance <= Self.nearWords + 1
    }

    static func place(ofPercent percent: Double) -> Concepts? {
        let places: [(Double, Concepts)] = [(10, .p10), (25, .p25), (50, .median), (75, .p75), (90, .p90)]
        return places.first { abs($0.0 - percent) < 1 }?.1
    }

    private func isUpperLimit(_ claim: Claim) -> Bool? {
        switch claim.looseness {
        case .lessThan: true
        case .moreThan: false
        default: direction(of: claim).map { $0 == .downwards }
        }
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
        guard !own.isEmpty else {
            // In a table of parts the total is that of the parts.
            return scope.row == nil || scope.concepts.division.isEmpty || slot.subject != nil
                || !slot.concepts.measures.isEmpty
        }
        if let near = nearest(.divisions, to: claim) { return !near.concepts.isDisjoint(with: own) }
        // All parts together are not all there is: by sector, cash is left out.
        if slot.subject == nil && slot.concepts.measures.isEmpty {
            return !scope.concepts.isDisjoint(with: own)
        }
        let heading = scope.row == nil ? [] : scope.concepts.division
        return heading.isEmpty || !heading.isDisjoint(with: own)
    }

    private func acceptsMeasure(_ slot: FactIndex.Slot, _ claim: Claim) -> Bool {
        var own = slot.concepts.measures
        var said = said
        // Points and a target are all it takes to speak of the distance between them.
        if claim.unit == .points && scope.column == nil && said.contains(.target) { said.insert(.gap) }
        if own.contains(.all) { return scope.row?.isWhole ?? false }
        if said.contains(.target) || scope.isBesideTargets { said.insert(.compared) }
        var required = own.intersection(Self.strict)
        // What is open of the income is open beyond four percent of the median, said or not.
        if own.contains(.shortfall) { required.remove(.fourPercent) }
        guard said.isSuperset(of: required) else { return false }
        own.remove(.compared)
        // An account is worth something; how many there are has to be said.
        var loose = own.subtracting(Self.strict).subtracting(claim.unit == .none ? [] : [.accounts])
        // What holdings have to be is what counts: priced ones.
        if !loose.isDisjoint(with: [.invested]) { loose.subtract(Self.incidental) }
        if !loose.isEmpty, own.intersection(Self.strict).isEmpty, self.said(of: claim).isDisjoint(with: loose)
        {
            return false
        }
        // "Holdings" alone are all of them, not those with a price.
        let defining = own.subtracting(Self.incidental)
        if claim.unit == .none, !said.isSuperset(of: defining) { return false }
        let isPlain = own.subtracting(Self.incidental).isEmpty
        let incidental = isPlain ? Self.incidentalToPlain : Self.incidental
        let names = claim.unit == .none ? own : own.union(incidental)
        guard !isTurnedAround(own, claim), !isNamedOtherwise(names, claim) else { return false }
        if own.contains(.shortfall) { own.remove(.fourPercent) }
        if claim.unit == .points && own.contains(.gap) { own.insert(.target) }
        // Months are counted only of work.
        if claim.unit == .months, index.table.facts[slot.fact].unit == .count, !own.contains(.fix) {
            return false
        }
        // Shares of an instrument say what they are.
        if claim.unit == .shares { return true }
        let competing = Concepts.allMeasures.subtracting(claim.unit == .none ? [] : incidental)
        guard let near = nearest(competing, to: claim, isCompeting: true) else { return true }
        // What is counted stands beside the count, however far.
        if claim.unit == .none, !isWholeOfPart(claim), !counted(claim).isSubset(of: own) { return false }
        guard near.distance <= Self.nearWords, near.concepts.isDisjoint(with: own) else { return true }
        // Something else is named closer; the fact's own name has to be about as close.
        guard let named = nearest(own, to: claim) else { return false }
        return named.distance <= near.distance + 1
    }

    /// "The income fails in 71.4% of the futures" says the contrary of what a fact about success says.
    private func isTurnedAround(_ own: Concepts, _ claim: Claim) -> Bool {
        let isReal = sentence.mentions.contains { $0.concepts.contains(.real) }
        if isReal && claim.unit == .percent && !own.contains(.real) { return true }
        let contrary = Self.contrary.subtracting(own)
        guard contrary == Self.contrary else { return false }
        return sentence.mentions.contains { mention in
            guard !mention.concepts.isDisjoint(with: contrary) else { return false }
            let between =
                mention.tokens.upperBound <= claim.tokens.lowerBound
                ? mention.tokens.upperBound..<claim.tokens.lowerBound
                : claim.tokens.upperBound..<max(mention.tokens.lowerBound, claim.tokens.upperBound)
            return between.count <= Self.clauseWords && !sentence.isParted(between)
        }
    }

    /// `20.2% interest`: the noun right after a figure names it.
    private func isNamedOtherwise(_ names: Concepts, _ claim: Claim) -> Bool {
        sentence.mentions.contains { mention in
            let measures = mention.concepts.measures
            return mention.tokens.lowerBound == claim.tokens.upperBound && !measures.isEmpty
                && mention.subjects.isEmpty && measures.isDisjoint(with: names)
        }
    }

    /// What the clause says of what is counted.
    private func counted(_ claim: Claim) -> Concepts {
        var counted: Concepts = []
        for mention in sentence.mentions where mention.subjects.isEmpty {
            let between =
                mention.tokens.upperBound <= claim.tokens.lowerBound
                ? mention.tokens.upperBound..<claim.tokens.lowerBound
                : claim.tokens.upperBound..<max(mention.tokens.lowerBound, claim.tokens.upperBound)
            if !sentence.isParted(between) { counted.formUnion(mention.concepts) }
        }
        return counted.union(labelConcepts ?? []).intersection(Self.strict.union(.invested))
    }

    /// The nine of `2 of 9`.
    private func isWholeOfPart(_ claim: Claim) -> Bool { partOf(claim) != nil }

    private func partOf(_ claim: Claim) -> Claim? {
        let start = claim.tokens.lowerBound
        guard start >= 2, sentence.tokens[start - 1].hash == NumberWords.of else { return nil }
        return sentence.claims.first { $0.tokens.upperBound == start - 1 }
    }

    /// A figure that is said to have risen or fallen by so much has to be a change.
    private func acceptsChange(_ slot: FactIndex.Slot, _ claim: Claim) -> Bool {
        !slot.concepts.isDisjoint(with: [.change, .fix, .later]) || !saysChange(claim)
    }

    func saysChange(_ claim: Claim) -> Bool {
        sentence.mentions.contains { mention in
            mention.isChange && sentence.distance(from: mention.tokens, to: claim.tokens) <= 2
        }
    }

    // MARK: What follows

    /// Whether the words at a figure that follows from others let it follow from this one.
    func couldBeAbout(_ slot: FactIndex.Slot, _ claim: Claim) -> Bool {
        if let near = nearestSubject(claim), near.distance <= Self.nearWords + 1 {
            guard let subject = slot.subject, near.subjects.contains(subject) else { return false }
        }
        let measures = Concepts.allMeasures.subtracting(Self.incidental)
        guard let near = nearest(measures, to: claim, isCompeting: true), near.distance <= Self.nearWords
        else { return true }
        return !near.concepts.isDisjoint(with: slot.concepts)
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
