import Quantities

/// A figure that has been found to be right.
struct VerifiedClaim: Sendable {
    let claim: Claim
    let source: String
    /// Of the fact itself, with all its digits.
    let value: Double
    let slot: FactIndex.Slot?
}

/// Looks up the figures of one sentence.
struct ClaimCheck {
    enum Source: Equatable {
        case cited(String)
        /// Needs no source: a part of ten that names a percentile, a day prices are of.
        case given
    }

    struct Refusal: Error, Equatable {
        let reason: String
    }

    let index: FactIndex
    let sentence: Sentence
    let scope: Scope
    /// Of the sentence before.
    let before: [VerifiedClaim]
    private(set) var verified: [VerifiedClaim] = []

    private let slots: SlotCheck

    init(index: FactIndex, sentence: Sentence, scope: Scope, before: [VerifiedClaim]) {
        self.index = index
        self.sentence = sentence
        self.scope = scope
        self.before = before
        slots = SlotCheck(index: index, sentence: sentence, scope: scope)
    }

    /// Where a figure comes from, if it is a fact; `nil` when it may yet follow from others.
    mutating func source(of claim: Claim) -> Source? {
        if Self.isDate(claim.unit) { return date(claim) }
        for match in candidates(claim, loosely: false) + candidates(claim, loosely: true) {
            guard slots.accepts(match, claim), agreesInDirection(match, claim),
                agreesWithFigureBefore(match, claim)
            else { continue }
            return found(match, claim)
        }
        return nil
    }

    private mutating func found(_ slot: FactIndex.Slot, _ claim: Claim) -> Source {
        let id = index.table.facts[slot.fact].id
        verified.append(VerifiedClaim(claim: claim, source: id, value: slot.value, slot: slot))
        return .cited(id)
    }

    // MARK: Candidates

    /// Facts whose value is printed like this.
    private func candidates(_ claim: Claim, loosely: Bool) -> [FactIndex.Slot] {
        if loosely && claim.looseness == .none { return [] }
        let reach = loosely ? claim.reach + claim.tolerance : claim.tolerance
        var slots: [FactIndex.Slot] = []
        for (unit, factor) in Self.units(of: claim) {
            let value = claim.value * factor
            let range = (value - reach * factor)...(value + reach * factor)
            slots += index.slots(in: range, unit: unit).map { index.slots[$0] }
            if unit == .points && claim.value > 0 {
                let mirrored = (-value - reach)...(-value + reach)
                slots += index.slots(in: mirrored, unit: unit).map { index.slots[$0] }
            }
        }
        guard loosely else {
            // Nothing and all are never what something is rounded to.
            let isExact = claim.unit == .percent && !claim.isPart && (claim.value == 0 || claim.value == 100)
            if isExact { slots.removeAll { $0.value != claim.value } }
            return slots.count < 2 ? slots : slots.sorted { distance($0, claim) < distance($1, claim) }
        }
        return slots.filter { claim.isLooselyPrinted(by: abs($0.value)) }
    }

    private func distance(_ slot: FactIndex.Slot, _ claim: Claim) -> Double {
        abs(abs(slot.value) - abs(claim.value))
    }

    /// Units of facts a figure can be, with what its value is multiplied by.
    private static func units(of claim: Claim) -> [(Fact.Unit, Double)] {
        switch claim.unit {
        case .usd: [(.usd, 1)]
        case .percent: [(.percent, 1)]
        case .points: [(.points, 1)]
        case .years: [(.years, 1)]
        case .months: [(.count, 1), (.years, 1.0 / 12)]
        case .days: [(.days, 1)]
        case .shares: [(.shares, 1)]
        case .none: [(.count, 1), (.ratio, 1), (.shares, 1)]
        case .times: [(.ratio, 1)]
        case .date, .dayOfYear, .month, .calendarYear, .foreign, .growth: []
        }
    }

    /// A difference below zero is written with a minus sign or with a word such as "below".
    private func agreesInDirection(_ slot: FactIndex.Slot, _ claim: Claim) -> Bool {
        guard slot.concepts.contains(.gap) || slot.value < 0 else { return true }
        switch slots.direction(of: claim) {
        case .upwards: return slot.value >= 0 && !claim.isNegative
        case .downwards: return slot.value <= 0
        case nil: return (slot.value < 0) == claim.isNegative
        }
    }

    /// `$25,551 (20.2%)`: an amount and its share are of the same thing.
    private func agreesWithFigureBefore(_ slot: FactIndex.Slot, _ claim: Claim) -> Bool {
        let start = claim.tokens.lowerBound
        guard start > 0, sentence.tokens[start - 1].isMark(UInt8(ascii: "(")),
            let before = verified.first(where: { $0.claim.tokens.upperBound == start - 1 })?.slot,
            Set([index.table.facts[before.fact].unit, index.table.facts[slot.fact].unit]) == [.usd, .percent]
        else { return true }
        return before.subject == slot.subject
            && before.concepts.measures.subtracting(SlotCheck.incidental)
                == slot.concepts.measures.subtracting(SlotCheck.incidental)
    }

    // MARK: Dates

    private static func isDate(_ unit: Claim.Unit) -> Bool {
        switch unit {
        case .date, .dayOfYear, .month, .calendarYear: true
        default: false
        }
    }

    private mutating func date(_ claim: Claim) -> Source? {
        if claim.unit == .calendarYear {
            let years = index.slots(in: claim.value...claim.value, unit: .year).map { index.slots[$0] }
            if let slot = years.first(where: { slots.accepts($0, claim) }) { return found(slot, claim) }
            // Four digits may also count something.
            var count = claim
            count.unit = .none
            for slot in candidates(count, loosely: false) where slots.accepts(slot, count) {
                return found(slot, claim)
            }
        }
        if claim.unit == .date {
            let dates = index.slots(in: claim.value...claim.value, unit: .date).map { index.slots[$0] }
            if let slot = dates.first(where: { slots.accepts($0, claim) }) { return found(slot, claim) }
        }
        let isKnown = index.dates.contains { day in
            let date = CalendarDate(daysSinceEpoch: day)
            return switch claim.unit {
            case .date: Double(day) == claim.value
            case .dayOfYear: Double(date.month * 100 + date.day) == claim.value
            case .month: Double(date.year * 100 + date.month) == claim.value
            default: Double(date.year) == claim.value
            }
        }
        return isKnown ? .given : nil
    }

    // MARK: Conclusions

    /// What a figure follows from, when it is no fact itself.
    mutating func conclusion(_ claim: Claim) -> Result<Source, Refusal> {
        if claim.unit == .percent, namesPercentile(claim) { return .success(.given) }
        if slots.saysChange(claim) {
            return .failure(Refusal(reason: "no fact says what was before"))
        }
        let derivation = Derivation(index: index, sentence: sentence, known: before + verified, slots: slots)
        if let source = derivation.source(of: claim) {
            verified.append(
                VerifiedClaim(claim: claim, source: source.text, value: source.value, slot: nil))
            return .success(.cited(source.text))
        }
        return .failure(Refusal(reason: reason(for: claim)))
    }

    /// What a reference has calculated.
    mutating func derivation(_ text: String, _ claim: Claim) -> Result<Source, Refusal> {
        guard let calculated = Derivation.calculated(text, index.table), claim.isPrinted(by: calculated.value)
        else { return .failure(Refusal(reason: "not what \(text) gives")) }
        let subjects = Set(calculated.facts.compactMap { id in index.slots[id].subject })
        let named = Set(sentence.mentions.flatMap(\.subjects))
        guard subjects.isEmpty || named.isEmpty || !subjects.isDisjoint(with: named) else {
            return .failure(Refusal(reason: "\(text) is about something else than the sentence"))
        }
        verified.append(VerifiedClaim(claim: claim, source: text, value: calculated.value, slot: nil))
        return .success(.cited(text))
    }

    /// "One future in ten begins with less than $X" where $X is the tenth percentile.
    private func namesPercentile(_ claim: Claim) -> Bool {
        guard claim.isPart || slots.speaksOfPaths(claim),
            let place = SlotCheck.place(ofPercent: claim.value),
            let contrary = SlotCheck.place(ofPercent: 100 - claim.value)
        else { return false }
        return verified.contains { figure in
            guard let concepts = figure.slot?.concepts else { return false }
            if let implied = slots.placeByPart(figure.claim) { return implied.part == claim.tokens }
            return !concepts.isDisjoint(with: place.union(contrary))
                || claim.value > 50 && concepts.contains(.nineInTen)
        }
    }

    private func reason(for claim: Claim) -> String {
        if claim.unit == .foreign { return "money in another currency; the facts are in dollars" }
        if claim.unit == .growth { return "no fact says what was before" }
        if Self.isDate(claim.unit) { return "no fact is of that date" }
        let sameValue = candidates(claim, loosely: false)
        guard let slot = sameValue.first else { return "no fact has this value" }
        let fact = index.table.facts[slot.fact]
        let wrongSide = slots.accepts(slot, claim) ? "; it lies on the other side" : ""
        return "that is the \(fact.metric) of \(fact.subject) (\(fact.id)), which is not what the text says"
            + wrongSide
    }

    // MARK: Contradictions

    /// Sentences that put a share on the wrong side of its target.
    var contradictions: [(tokens: Range<Int>, reason: String)] {
        var found: [(Range<Int>, String)] = []
        let targets = sentence.mentions.filter { $0.concepts.contains(.target) }
        guard !targets.isEmpty else { return [] }
        for mention in sentence.mentions {
            guard let subject = mention.subjects.first else { continue }
            let gaps = index.slots(of: subject).map { index.slots[$0] }.filter { slot in
                slot.concepts.contains(.gap) && index.table.facts[slot.fact].unit == .points
            }
            guard let gap = gaps.first, abs(gap.value) >= 0.05 else { continue }
            for target in targets where mention.tokens.upperBound <= target.tokens.lowerBound {
                let between = mention.tokens.upperBound..<target.tokens.lowerBound
                guard between.count <= 10, let (place, isUp) = lastDirection(in: between) else { continue }
                let nextSubject = sentence.mentions.contains {
                    !$0.subjects.isEmpty && between.contains($0.tokens.lowerBound)
                }
                if !nextSubject && isUp != (gap.value > 0) {
                    let fact = index.table.facts[gap.fact]
                    found.append((place, "\(fact.subject) lies on the other side of its target (\(fact.id))"))
                }
            }
        }
        return found
    }

    private func lastDirection(in range: Range<Int>) -> (Range<Int>, isUp: Bool)? {
        var last: (Range<Int>, Bool)?
        var position = range.lowerBound
        while position < range.upperBound {
            guard let (meaning, length) = FactIndex.directions.longest(sentence.tokens, at: position) else {
                position += 1
                continue
            }
            last = (position..<position + length, meaning == .upwards)
            position += length
        }
        return last
    }
}
