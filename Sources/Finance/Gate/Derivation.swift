import Quantities

/// Figures that are no facts but follow from facts the same sentence or the one before speaks of: a
/// difference, a sum, a ratio, what is left of a whole.
struct Derivation {
    let index: FactIndex
    let sentence: Sentence
    /// Figures already found to be right.
    let known: [VerifiedClaim]
    let slots: SlotCheck

    private static let sumWords = hashes([
        "together", "combined", "sum", "jointly", "total", "altogether", "both", "plus", "in all",
    ])
    private static let differenceWords = hashes([
        "difference", "more", "less", "above", "below", "short", "over", "under", "higher", "lower",
        "remaining",
        "left", "beyond", "ahead", "behind", "exceeds", "gap", "larger", "smaller", "remains", "between",
        "apart",
    ])
    private static let restWords = hashes(["rest", "remaining", "remainder", "other", "others", "else"])
    private static let ratioWords = hashes([
        "twice", "double", "doubled", "times", "x", "triple", "tripled", "half", "third", "thirds", "quarter",
        "quarters", "as", "of", "fold", "halved",
    ])

    private static func hashes(_ words: [String]) -> Set<UInt64> { Set(words.map(Lexer.hash(of:))) }

    private func says(_ words: Set<UInt64>) -> Bool { sentence.tokens.contains { words.contains($0.hash) } }

    func source(of claim: Claim) -> (text: String, value: Double)? {
        guard !isNamed(claim) else { return nil }
        if claim.unit == .times { return ratio(claim) }
        if says(Self.sumWords), let sum = sum(claim) { return sum }
        if says(Self.differenceWords), let difference = difference(claim) { return difference }
        if claim.unit == .percent {
            if says(Self.restWords), let rest = complement(claim) { return rest }
            if says(Self.ratioWords), let share = share(claim) { return share }
        }
        return nil
    }

    /// "$5 sits in priced holdings" is what the facts say of priced holdings, and no sum.
    private func isNamed(_ claim: Claim) -> Bool {
        guard claim.unit == .usd else { return false }
        return sentence.mentions.contains { mention in
            mention.subjects.isEmpty && mention.concepts.contains(.invested)
                && (0...2).contains(mention.tokens.lowerBound - claim.tokens.upperBound)
        }
    }

    /// The figure a figure in parentheses stands behind.
    private func figureBefore(_ claim: Claim) -> VerifiedClaim? {
        let start = claim.tokens.lowerBound
        guard start > 0, sentence.tokens[start - 1].isMark(UInt8(ascii: "(")) else { return nil }
        return known.last { $0.claim.tokens.upperBound == start - 1 }
    }

    // MARK: Figures of the sentence

    /// Facts a figure of the text stands for.
    private var operands: [VerifiedClaim] {
        var seen: Set<String> = []
        let named = Set(sentence.mentions.flatMap(\.subjects))
        return known.filter { figure in
            guard let slot = figure.slot else { return false }
            // A sentence that names things speaks of these.
            let isNamed = named.isEmpty || slot.subject.map(named.contains) ?? true
            return isNamed && seen.insert(figure.source).inserted
        }
    }

    private func unit(_ operand: VerifiedClaim) -> Fact.Unit? {
        operand.slot.map { index.table.facts[$0.fact].unit }
    }

    private func fits(_ unit: Fact.Unit?, _ claim: Claim) -> Bool {
        switch (unit, claim.unit) {
        case (.usd, .usd), (.percent, .points), (.percent, .percent), (.points, .points), (.years, .years),
            (.count, .none), (.days, .days), (.shares, .shares):
            true
        default: false
        }
    }

    /// Printed figures may differ by a last digit from the difference of exact ones.
    private func agrees(_ value: Double, _ claim: Claim) -> Bool {
        abs(value - claim.value) <= claim.tolerance
    }

    private func difference(_ claim: Claim) -> (String, Double)? {
        // Money that is missing is said to be, not written with a sign.
        guard claim.unit != .usd || !claim.isNegative else { return nil }
        let operands = operands.filter { fits(unit($0), claim) }
        for (place, first) in operands.enumerated() {
            for second in operands[(place + 1)...] where unit(first) == unit(second) {
                let value = first.value - second.value
                guard agrees(signed(value, claim), claim), isRightSide(first, second, value, claim) else {
                    continue
                }
                let (larger, smaller) = value >= 0 ? (first, second) : (second, first)
                return ("\(larger.source) - \(smaller.source)", abs(value))
            }
        }
        return familyDifference(claim)
    }

    /// What is said to be above has to be the larger one; a share is compared with its target, otherwise what
    /// is named first with what is named then.
    private func isRightSide(
        _ first: VerifiedClaim, _ second: VerifiedClaim, _ value: Double, _ claim: Claim
    ) -> Bool {
        let isFirstTarget = first.slot?.concepts.contains(.target) ?? false
        let isSecondTarget = second.slot?.concepts.contains(.target) ?? false
        let signed = isFirstTarget && !isSecondTarget ? -value : value
        return isRightSide(signed, claim)
    }

    private func isRightSide(_ value: Double, _ claim: Claim) -> Bool {
        if claim.isSigned { return (value < 0) == claim.isNegative }
        switch slots.direction(of: claim) {
        case .upwards: return value >= 0
        case .downwards: return value <= 0
        case nil: return true
        }
    }

    /// A difference as the figure writes it.
    private func signed(_ difference: Double, _ claim: Claim) -> Double {
        claim.isNegative ? -abs(difference) : abs(difference)
    }

    private func ratio(_ claim: Claim) -> (String, Double)? {
        for (place, first) in operands.enumerated() {
            for second in operands[(place + 1)...] where unit(first) == unit(second) {
                for (upper, lower) in [(first, second), (second, first)] where lower.value > 0 {
                    let value = upper.value / lower.value
                    if agrees(value, claim) { return ("\(upper.source) / \(lower.source)", value) }
                }
            }
        }
        return nil
    }

    private func share(_ claim: Claim) -> (String, Double)? {
        let before = figureBefore(claim)
        let end = claim.tokens.upperBound
        let isOf = end < sentence.tokens.count && sentence.tokens[end].hash == NumberWords.of
        guard before != nil || claim.isPart || isOf else { return nil }
        for part in operands where before == nil || part.source == before?.source {
            guard let slot = part.slot, slots.couldBeAbout(slot, claim) else { continue }
            for whole in operands where unit(part) == unit(whole) && unit(part) != .percent {
                guard whole.value > 0, part.value <= whole.value, part.source != whole.source else {
                    continue
                }
                let value = part.value / whole.value * 100
                if agrees(value, claim) { return ("\(part.source) / \(whole.source)", value) }
            }
        }
        return nil
    }

    private func complement(_ claim: Claim) -> (String, Double)? {
        for part in operands where unit(part) == .percent {
            let value = 100 - part.value
            if agrees(value, claim) { return ("100% - \(part.source)", value) }
        }
        return nil
    }

    // MARK: What the sentence names without figures

    /// Subjects the sentence names, in order, each once.
    private var subjects: [Int] {
        var seen: Set<Int> = []
        return sentence.mentions.flatMap(\.subjects).filter { seen.insert($0).inserted }
    }

    /// Facts of one family about the named subjects.
    private func families(_ claim: Claim) -> [[FactIndex.Slot]] {
        let subjects = subjects
        guard (2...8).contains(subjects.count) else { return [] }
        var families: [Int: [FactIndex.Slot]] = [:]
        for subject in subjects {
            for slot in index.slots(of: subject).map({ index.slots[$0] })
            where fits(index.table.facts[slot.fact].unit, claim) && isSaid(slot) {
                families[slot.family, default: []].append(slot)
            }
        }
        return families.keys.sorted().compactMap { families[$0] }.filter { $0.count >= 2 }
    }

    private func isSaid(_ slot: FactIndex.Slot) -> Bool {
        let said = sentence.mentions.reduce(into: Concepts()) { $0.formUnion($1.concepts) }
        return said.isSuperset(of: slot.concepts.intersection(SlotCheck.strict))
    }

    private func sum(_ claim: Claim) -> (String, Double)? {
        for family in families(claim) {
            // All that are named, or those named last before the figure.
            for count in stride(from: family.count, through: 2, by: -1) {
                for parts in [family.prefix(count), family.suffix(count)] {
                    let value = parts.reduce(0) { $0 + $1.value }
                    if agrees(value, claim) {
                        return (parts.map { index.table.facts[$0.fact].id }.joined(separator: " + "), value)
                    }
                }
            }
        }
        let operands = operands.filter { fits(unit($0), claim) && $0.claim.tokens != claim.tokens }
        if operands.count >= 2, agrees(operands.reduce(0) { $0 + $1.value }, claim) {
            return (operands.map(\.source).joined(separator: " + "), operands.reduce(0) { $0 + $1.value })
        }
        return nil
    }

    private func familyDifference(_ claim: Claim) -> (String, Double)? {
        for family in families(claim) where family.count == 2 {
            let value = family[0].value - family[1].value
            guard agrees(signed(value, claim), claim), isRightSide(value, claim) else { continue }
            let ids = family.sorted { $0.value > $1.value }.map { index.table.facts[$0.fact].id }
            return (ids.joined(separator: " - "), abs(value))
        }
        return nil
    }

    // MARK: Calculated references

    /// The value of `a + b`, `a - b` or `a / b`.
    ///
    /// - Returns: `nil` when it is no derivation from facts that exist.
    static func calculated(_ text: String, _ table: FactTable) -> (value: Double, facts: [Int])? {
        guard let derived = DerivedFigure(text, table) else { return nil }
        let places = derived.ids.compactMap { id in table.facts.firstIndex { $0.id == id } }
        return (derived.value.approximate, places)
    }
}
