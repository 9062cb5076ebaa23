import Finance
import Quantities

/// More of what models do wrong, and what of it is no error after all.
extension Mutator {
    private static let words = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve", "thirteen",
    ]

    /// `4` becomes `five`.
    func worded(_ figure: Figure) -> Mutation? {
        guard isInProse(figure) else { return nil }
        let number = figure.text.split(separator: " ").first.flatMap { Int($0) }
        guard let number, (1...12).contains(number) else { return nil }
        let unit = figure.text.split(separator: " ").dropFirst().map { " " + $0 }.joined()
        return replaced(.worded, figure, by: Self.words[number + 1] + unit)
    }

    func monthsForYears(_ figure: Figure) -> Mutation? {
        guard figure.text.hasSuffix(" years"), figure.text.first != "0" else { return nil }
        return replaced(.monthsForYears, figure, by: figure.text.dropLast("years".count) + "months")
    }

    func pointsForPercent(_ figure: Figure) -> Mutation? {
        guard figure.text.hasSuffix("%"), figure.text.contains(where: { ("1"..."9").contains($0) }) else {
            return nil
        }
        return replaced(.pointsForPercent, figure, by: figure.text.dropLast() + " points")
    }

    /// What stands somewhere is said to have got there.
    func movedLevel(_ figure: Figure) -> Mutation? {
        guard isInProse(figure), figure.text.hasSuffix("%") || figure.text.hasPrefix("$") else { return nil }
        return replaced(.movedLevel, figure, by: "down, having fallen by " + figure.text)
    }

    /// `$126,488` becomes `$12,6488`.
    func separatorsMoved(_ figure: Figure) -> Mutation? {
        guard let comma = figure.text.lastIndex(of: ","),
            figure.text[..<comma].count(where: \.isNumber) > 1
        else { return nil }
        var text = figure.text
        text.remove(at: comma)
        text.insert(",", at: text.index(before: comma))
        return replaced(.separatorsMoved, figure, by: text)
    }

    /// A share of the portfolio is said to be one of an account.
    func partForWhole(_ figure: Figure) -> Mutation? {
        let whole = Array(" of the portfolio".utf8)
        let rest = bytes[figure.range.upperBound...]
        let accounts = facts.facts.filter { $0.id.hasPrefix("account.") && $0.id.hasSuffix(".total.usd") }
        guard rest.starts(with: whole), Set(accounts.map(\.subject)).count >= 2,
            let account = accounts.map(\.subject).first(where: { $0.allSatisfy { $0.isLetter || $0 == " " } }
            ),
            !facts.facts.contains(where: { $0.subject == account && $0.text == figure.text })
        else { return nil }
        let text =
            bytes[..<figure.range.upperBound] + Array(" of the \(account)".utf8) + rest.dropFirst(whole.count)
        return Mutation(
            kind: .partForWhole,
            change: "\(figure.text) of the portfolio -> of the \(account) (\(figure.source))",
            text: String(decoding: text, as: UTF8.self))
    }

    /// What lies below its target is said to lie above it, and the other way round.
    var wrongSides: [Mutation] {
        facts.facts.filter { $0.id.hasSuffix(".gap.points") && !$0.text.hasPrefix("under") }.compactMap {
            gap in
            let amount = gap.unit.text(gap.value.magnitude)
            guard amount != "0.0 points" else { return nil }
            let side = gap.value > 0 ? "below" : "above"
            let sentence = "\(gap.subject) is \(amount) \(side) its target."
            return Mutation(
                kind: .directionFlipped, change: "\(sentence) (\(gap.id) is \(gap.text))",
                text: String(decoding: bytes, as: UTF8.self) + "\n\n\(sentence)\n")
        }
    }

    /// Poor markets become good ones, where the balances are not the same.
    var percentilesSwapped: [Mutation] {
        let text = String(decoding: bytes, as: UTF8.self)
        let pairs = [
            ("10th percentile", "90th percentile"), ("90th percentile", "median"),
            ("weak markets", "strong markets"),
            ("poor markets", "good markets"), ("lower quartile", "upper quartile"),
        ]
        guard let low = facts["retirement.start.p10.usd"], let high = facts["retirement.start.p90.usd"],
            low.text != high.text
        else { return [] }
        return pairs.flatMap { old, new in
            text.ranges(of: old).compactMap { range in
                let line = text[..<range.lowerBound].split(separator: "\n").last ?? ""
                guard !line.contains("end of retirement") else { return nil }
                var mutated = text
                mutated.replaceSubrange(range, with: new)
                return Mutation(kind: .percentileSwapped, change: "\(old) -> \(new)", text: mutated)
            }
        }
    }

    /// Whether a figure says the same of another thing of that name: accounts may share one, and parts may
    /// be equal. Then it is no error.
    func isTrue(_ text: String, at figure: Figure) -> Bool {
        guard let fact = facts[figure.source] else { return false }
        return facts.facts.contains { other in
            other.subject == fact.subject && other.metric == fact.metric
                && (other.text == text || other.proseText == text)
        }
    }
}
