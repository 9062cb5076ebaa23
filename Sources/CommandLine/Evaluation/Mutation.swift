import Finance

/// An error planted into a good text: what models do wrong with figures.
struct Mutation: Sendable {
    enum Kind: String, CaseIterable, Sendable {
        case digitsSwapped = "digits swapped"
        case digitChanged = "digit changed"
        case signFlipped = "sign flipped"
        case slotsSwapped = "slots swapped"
        case unitChanged = "unit changed"
        case magnitudeChanged = "thousand or million"
        case doubled = "doubled"
        case halved = "half"
        case staleYear = "stale year"
        case directionFlipped = "direction flipped"
        case invented = "invented figure"
        case worded = "another number in words"
        case monthsForYears = "months for years"
        case pointsForPercent = "points for percent"
        case percentileSwapped = "percentile swapped"
        case movedLevel = "a level that fell"
        case separatorsMoved = "separators moved"
        case partForWhole = "account for household"
    }

    let kind: Kind
    /// What was planted, for the report of a miss.
    let change: String
    let text: String
}

/// Plants every error it can into a text whose figures are known.
struct Mutator {
    /// A figure of the text.
    struct Figure {
        let range: Range<Int>
        let text: String
        let source: String
    }

    let facts: FactTable
    let bytes: [UInt8]
    private let figures: [Figure]

    /// - Parameter verdict: Of the clean text.
    init(_ text: String, _ verdict: GateVerdict, _ facts: FactTable) {
        self.facts = facts
        let bytes = Array(text.utf8)
        self.bytes = bytes
        figures = verdict.citations.map {
            Figure(
                range: $0.range, text: String(decoding: bytes[$0.range], as: UTF8.self), source: $0.source)
        }
    }

    var mutations: [Mutation] {
        figures.flatMap { figure in
            [
                digitsSwapped(figure), digitChanged(figure), signFlipped(figure), unitChanged(figure),
                magnitudeChanged(figure), doubled(figure), halved(figure), staleYear(figure), worded(figure),
                monthsForYears(figure), pointsForPercent(figure), movedLevel(figure), separatorsMoved(figure),
                partForWhole(figure),
            ].compactMap { $0 }
        } + slotsSwapped + directionsFlipped + wrongSides + inventions + percentilesSwapped
    }

    // MARK: One figure

    private func digitsSwapped(_ figure: Figure) -> Mutation? {
        var digits = Array(figure.text.utf8)
        let places = significantDigits(digits)
        guard let place = zip(places, places.dropFirst()).first(where: { digits[$0] != digits[$1] }) else {
            return nil
        }
        digits.swapAt(place.0, place.1)
        return replaced(.digitsSwapped, figure, by: String(decoding: digits, as: UTF8.self))
    }

    private func digitChanged(_ figure: Figure) -> Mutation? {
        var digits = Array(figure.text.utf8)
        guard let place = significantDigits(digits).first else { return nil }
        digits[place] = digits[place] == UInt8(ascii: "9") ? UInt8(ascii: "7") : digits[place] + 1
        return replaced(.digitChanged, figure, by: String(decoding: digits, as: UTF8.self))
    }

    private func significantDigits(_ text: [UInt8]) -> [Int] {
        text.indices.filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[$0]) }
    }

    /// Zero has no sign, and a date has none.
    private func signFlipped(_ figure: Figure) -> Mutation? {
        guard figure.text.contains(where: { ("1"..."9").contains($0) }), !isDate(figure),
            figure.text.first.map({ $0 == "$" || $0 == "-" || $0 == "+" || $0.isNumber }) ?? false
        else { return nil }
        let text =
            switch figure.text.first {
            case "-": "+" + figure.text.dropFirst()
            case "+": "-" + figure.text.dropFirst()
            default: "-" + figure.text
            }
        return replaced(.signFlipped, figure, by: text)
    }

    /// Nothing is nothing in every unit.
    private func unitChanged(_ figure: Figure) -> Mutation? {
        let text = figure.text
        guard text.contains(where: { ("1"..."9").contains($0) }) else { return nil }
        if text.hasSuffix("%") { return replaced(.unitChanged, figure, by: "$" + text.dropLast()) }
        if text.hasSuffix(" points") {
            return replaced(.unitChanged, figure, by: text.dropLast(" points".count) + " years")
        }
        if text.hasSuffix(" years") {
            return replaced(.unitChanged, figure, by: text.dropLast(" years".count) + "%")
        }
        if text.hasPrefix("$") { return replaced(.unitChanged, figure, by: text.dropFirst() + "%") }
        return nil
    }

    private func magnitudeChanged(_ figure: Figure) -> Mutation? {
        guard figure.text.hasPrefix("$"), figure.text.contains(where: { ("1"..."9").contains($0) }) else {
            return nil
        }
        if figure.text.contains(",") {
            return replaced(.magnitudeChanged, figure, by: figure.text + " thousand")
        }
        return replaced(.magnitudeChanged, figure, by: figure.text + " million")
    }

    private func doubled(_ figure: Figure) -> Mutation? {
        guard isInProse(figure), !isDate(figure) else { return nil }
        return replaced(.doubled, figure, by: "doubled to " + figure.text)
    }

    private func halved(_ figure: Figure) -> Mutation? {
        guard isInProse(figure), figure.text.hasSuffix("%"), let value = number(figure),
            abs(value - 50) > 15, abs(value - 200.0 / 3) > 15
        else { return nil }
        return replaced(.halved, figure, by: value > 50 ? "a third" : "two thirds")
    }

    private func staleYear(_ figure: Figure) -> Mutation? {
        guard isDate(figure), let year = Int(figure.text.prefix(4)) else { return nil }
        return replaced(.staleYear, figure, by: "\(year - 3)" + figure.text.dropFirst(4))
    }

    // MARK: Two figures

    /// Exchanges figures of one unit that stand in one line or below each other, if they look different.
    private var slotsSwapped: [Mutation] {
        zip(figures, figures.dropFirst()).compactMap { first, second in
            guard first.text != second.text, unit(first) == unit(second),
                isInProse(first) == isInProse(second),
                !isDate(first)
            else { return nil }
            guard !isTrue(second.text, at: first), !isTrue(first.text, at: second) else { return nil }
            let between = bytes[first.range.upperBound..<second.range.lowerBound]
            guard between.count < 200 else { return nil }
            let text =
                bytes[..<first.range.lowerBound] + Array(second.text.utf8) + between
                + Array(first.text.utf8) + bytes[second.range.upperBound...]
            return Mutation(
                kind: .slotsSwapped, change: "\(first.text) <-> \(second.text)",
                text: String(decoding: text, as: UTF8.self))
        }
    }

    /// `above` becomes `below` where a difference is stated.
    private var directionsFlipped: [Mutation] {
        let text = String(decoding: bytes, as: UTF8.self)
        let pairs = [("points above", "points below"), ("points below", "points above")]
        return pairs.flatMap { old, new in
            text.ranges(of: old).map { range in
                var mutated = text
                mutated.replaceSubrange(range, with: new)
                return Mutation(kind: .directionFlipped, change: "\(old) -> \(new)", text: mutated)
            }
        }
    }

    /// Sentences with figures nobody computed.
    private var inventions: [Mutation] {
        [
            "The portfolio gained 8.4% last year.", "The household is worth $9,999,999.",
            "The S&P 500 has returned 10.2% a year since 1926.", "Equity has doubled since 2019.",
            "You should move $25,000 into bonds.", "Three quarters of the wealth will be gone by 2041.",
            "Costs are about 0.35 percent a year.", "There is a one in three chance of a crash.",
        ].map { sentence in
            Mutation(
                kind: .invented, change: sentence,
                text: String(decoding: bytes, as: UTF8.self) + "\n\n" + sentence + "\n")
        }
    }

    // MARK: What a figure is

    func isInProse(_ figure: Figure) -> Bool {
        let start = bytes[..<figure.range.lowerBound].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return bytes[start] != UInt8(ascii: "|")
    }

    private func isDate(_ figure: Figure) -> Bool {
        figure.text.count == 10 && figure.text.utf8.count { $0 == UInt8(ascii: "-") } == 2
    }

    private func number(_ figure: Figure) -> Double? {
        Double(figure.text.filter { $0.isNumber || $0 == "." })
    }

    private func unit(_ figure: Figure) -> String {
        figure.text.filter { !$0.isNumber && $0 != "," && $0 != "." && $0 != "-" && $0 != "+" }
    }

    func replaced(_ kind: Mutation.Kind, _ figure: Figure, by text: some StringProtocol) -> Mutation? {
        guard text != figure.text, !isTrue(String(text), at: figure) else { return nil }
        let mutated = bytes[..<figure.range.lowerBound] + Array(text.utf8) + bytes[figure.range.upperBound...]
        return Mutation(
            kind: kind, change: "\(figure.text) -> \(text) (\(figure.source))",
            text: String(decoding: mutated, as: UTF8.self))
    }
}
