import Quantities

/// A figure as a text states it.
struct Claim: Sendable {
    enum Unit: Sendable, Equatable {
        case usd
        case percent
        case points
        case years
        case months
        case days
        case shares
        /// `twice`, `3x`: the ratio of two figures.
        case times
        /// `doubled`: a ratio to what was before.
        case growth
        case date
        /// A day of a year that is not named: month * 100 + day.
        case dayOfYear
        /// Year * 100 + month.
        case month
        case calendarYear
        /// Without a unit.
        case none
        /// Money that is not dollars.
        case foreign
    }

    /// How the words before it loosen a figure.
    enum Looseness: Sendable {
        case none
        case about
        case nearly
        case moreThan
        case lessThan
    }

    /// Tokens it is made of.
    var tokens: Range<Int>
    var value: Double
    var unit: Unit
    /// Worth of the last digit that is written, such as 0.1 for `62.4%`; for words what they leave open.
    var step: Double
    /// Worth of the last digit that is not zero: 100,000 for `$400,000`.
    var coarseStep: Double
    /// How far the next figure is that a writer would choose instead, where words say "more" or "less".
    var nextStep: Double?
    var looseness = Looseness.none
    /// Whether a minus sign or parentheses of accountants were written.
    var isNegative = false
    /// Whether a plus or a minus sign was written.
    var isSigned = false
    /// `nine in ten`, `a quarter`: which part of the futures is spoken of.
    var isPart = false

    /// How far the value may be from a figure that words loosen.
    var reach: Double { nextStep ?? coarseStep }

    private static let nearPart = 0.6

    /// What may be missing or too much for rounding alone.
    var tolerance: Double { step / 2 * (1 + 1e-9) + 1e-9 + abs(value) * 2e-14 }

    /// Whether a value can be printed as this figure.
    func isPrinted(by value: Double) -> Bool { abs(value - self.value) <= tolerance }

    /// Whether a value agrees with the figure and its loosening words.
    func isLooselyPrinted(by value: Double) -> Bool {
        switch looseness {
        case .none: false
        case .about: abs(value - self.value) <= coarseStep / 2 + tolerance
        case .nearly: value < self.value && self.value - value <= coarseStep * Self.nearPart
        case .moreThan: value > self.value - 1e-9 && value - self.value < reach
        // "Under 0.1%" is not said of nothing.
        case .lessThan: value > 0 && value < self.value + 1e-9 && self.value - value < reach
        }
    }
}

/// What a figure states, wherever it is written.
struct StatedFigure: Hashable, Sendable {
    let value: Double
    let unit: Claim.Unit

    init(_ claim: Claim) {
        value = claim.value
        unit = claim.unit
    }
}

/// Reads the figures in a row of tokens: digits, words, dates, fractions.
struct ClaimReader {
    let tokens: [Token]
    let bytes: [UInt8]
    /// Tokens that belong to names and passages that are given.
    let isGiven: [Bool]

    private(set) var claims: [Claim] = []
    /// Tokens with digits that are no figure anybody can check.
    private(set) var unreadable: [Int] = []

    init(_ tokens: [Token], in bytes: [UInt8], isGiven: [Bool]) {
        self.tokens = tokens
        self.bytes = bytes
        self.isGiven = isGiven
        var index = 0
        while index < tokens.count {
            if isGiven[index] {
                index += 1
            } else if let claim = date(at: index) ?? figure(at: index) ?? words(at: index) {
                claims.append(claim)
                index = max(claim.tokens.upperBound, index + 1)
            } else {
                if tokens[index].kind == .mixed || tokens[index].kind == .number { unreadable.append(index) }
                index += 1
            }
        }
    }

    mutating func drop(first count: Int) { claims.removeFirst(count) }

    // MARK: Digits

    private func figure(at index: Int) -> Claim? {
        guard tokens[index].kind == .number, let number = number(at: index) else { return nil }
        var claim = Claim(
            tokens: index..<index + 1, value: number.value, unit: .none, step: number.step,
            coarseStep: number.coarseStep)
        claim.readSign(tokens)
        claim.readMagnitude(tokens, bytes)
        claim.readUnit(tokens)
        if claim.unit == .none && number.isPlainYear { claim.unit = .calendarYear }
        return part(of: claim) ?? claim
    }

    private struct Number {
        let value: Double
        let step: Double
        let coarseStep: Double
        /// Four digits that can be a year.
        let isPlainYear: Bool
    }

    private func number(at index: Int) -> Number? {
        let token = tokens[index]
        var value = 0.0
        var step = 1.0
        var coarseStep = 1.0
        var isFraction = false
        var digits = 0
        for position in token.start..<token.end {
            let byte = bytes[position]
            if byte == UInt8(ascii: ".") {
                // Two points are a version, not a figure.
                if isFraction { return nil }
                isFraction = true
            } else if VisibleText.isDigit(byte) {
                digits += 1
                value = value * 10 + Double(byte - 0x30)
                if isFraction { step /= 10 }
                coarseStep = byte == 0x30 && !isFraction ? coarseStep * 10 : 1
                if isFraction { coarseStep = 1 }
            }
        }
        guard digits <= 25 else { return nil }
        let count = token.end - token.start
        return Number(
            value: value * step, step: step, coarseStep: isFraction ? step : coarseStep,
            isPlainYear: count == 4 && digits == 4 && (1900...2199).contains(Int(value)))
    }

    /// `1 in 10`, `8 out of 10`.
    private func part(of claim: Claim) -> Claim? {
        guard claim.unit == .none, let length = outOf(claim.tokens.upperBound),
            claim.tokens.upperBound + length < tokens.count
        else { return nil }
        let index = claim.tokens.upperBound + length
        let whole =
            tokens[index].kind == .number ? number(at: index)?.value : NumberWords.value(tokens[index])
        guard let whole, whole > 0, claim.value <= whole else { return nil }
        return Claim(
            tokens: claim.tokens.lowerBound..<index + 1, value: claim.value / whole * 100, unit: .percent,
            step: min(10, 100 / whole), coarseStep: min(10, 100 / whole), isPart: true)
    }

    /// Length of `in`, `out of`, or of up to two words before `in`: `nine futures in ten`.
    private func outOf(_ index: Int) -> Int? {
        for offset in 0...2 where index + offset + 1 < tokens.count {
            let token = tokens[index + offset]
            if token.hash == NumberWords.in { return offset + 1 }
            if token.hash == NumberWords.out, tokens[index + offset + 1].hash == NumberWords.of {
                return offset + 2
            }
            if token.kind != .word { return nil }
        }
        return nil
    }

    // MARK: Words

    private func words(at index: Int) -> Claim? {
        if let fraction = NumberWords.fraction(tokens, at: index) { return fraction }
        if let multiple = NumberWords.multiple(tokens, at: index) { return multiple }
        guard var claim = NumberWords.cardinal(tokens, at: index) else { return nil }
        if let part = part(of: claim) { return part }
        claim.readUnit(tokens)
        // "One of them" states no figure.
        if claim.value == 1 && claim.tokens.count == 1 && claim.unit == .none { return nil }
        return claim
    }

    // MARK: Dates

    private func date(at index: Int) -> Claim? {
        isoDate(at: index) ?? writtenDate(at: index)
    }

    private func isoDate(at index: Int) -> Claim? {
        guard index + 4 < tokens.count, tokens[index].kind == .number,
            tokens[index + 1].isMark(UInt8(ascii: "-")), tokens[index + 3].isMark(UInt8(ascii: "-")),
            (1...4).allSatisfy({ tokens[index + $0].isAttached }),
            [0, 2, 4].map({ tokens[index + $0].end - tokens[index + $0].start }) == [4, 2, 2],
            let year = number(at: index)?.value, let month = number(at: index + 2)?.value,
            let day = number(at: index + 4)?.value
        else { return nil }
        return claim(index..<index + 5, year: Int(year), month: Int(month), day: Int(day))
    }

    /// `21 November 2026`, `November 21, 2026`, `12 May`, `May 2025`.
    private func writtenDate(at index: Int) -> Claim? {
        if let month = NumberWords.month(tokens[index]) {
            guard let (day, after) = day(at: index + 1) else {
                guard let year = year(at: index + 1) else { return nil }
                return Claim(
                    tokens: index..<index + 2, value: Double(year * 100 + month), unit: .month, step: 1,
                    coarseStep: 1)
            }
            let comma = after < tokens.count && tokens[after].isMark(UInt8(ascii: ",")) ? 1 : 0
            if let year = year(at: after + comma) {
                return claim(index..<after + comma + 1, year: year, month: month, day: day)
            }
            return Claim(
                tokens: index..<after, value: Double(month * 100 + day), unit: .dayOfYear, step: 1,
                coarseStep: 1)
        }
        guard let (day, after) = day(at: index) else { return nil }
        let place = after < tokens.count && tokens[after].hash == NumberWords.of ? after + 1 : after
        guard place < tokens.count, let month = NumberWords.month(tokens[place]) else { return nil }
        if let year = year(at: place + 1) {
            return claim(index..<place + 2, year: year, month: month, day: day)
        }
        return Claim(
            tokens: index..<place + 1, value: Double(month * 100 + day), unit: .dayOfYear, step: 1,
            coarseStep: 1)
    }

    private func claim(_ range: Range<Int>, year: Int, month: Int, day: Int) -> Claim? {
        guard let date = CalendarDate(year: year, month: month, day: day) else { return nil }
        return Claim(
            tokens: range, value: Double(date.daysSinceEpoch), unit: .date, step: 0, coarseStep: 0)
    }

    private func day(at index: Int) -> (day: Int, after: Int)? {
        guard index < tokens.count, tokens[index].kind == .number,
            tokens[index].end - tokens[index].start <= 2, let value = number(at: index)?.value,
            (1...31).contains(value)
        else { return nil }
        let hasOrdinal =
            index + 1 < tokens.count && tokens[index + 1].isAttached
            && NumberWords.ordinalSuffixes.contains(tokens[index + 1].hash)
        return (Int(value), index + (hasOrdinal ? 2 : 1))
    }

    private func year(at index: Int) -> Int? {
        guard index < tokens.count, tokens[index].kind == .number, let number = number(at: index),
            number.isPlainYear
        else { return nil }
        return Int(number.value)
    }
}

extension Claim {
    /// `-5`, `- 5` at no list, `($5)`, `$-5`, and the currency before the digits.
    fileprivate mutating func readSign(_ tokens: [Token]) {
        var index = tokens.indices.contains(self.tokens.lowerBound) ? self.tokens.lowerBound : 0
        while index > 0, tokens[index].isAttached || tokens[index - 1].isMark(UInt8(ascii: "$")) {
            let before = tokens[index - 1]
            if before.isMark(UInt8(ascii: "$")) {
                unit = .usd
            } else if before.isMark(VisibleText.foreignCurrency) {
                unit = .foreign
            } else if before.isMark(UInt8(ascii: "-")),
                index - 1 == 0 || !tokens[index - 1].isAttached
                    || tokens[index - 2].kind == .mark
            {
                isNegative = true
                isSigned = true
            } else if before.isMark(UInt8(ascii: "+")) {
                isSigned = true
            } else {
                break
            }
            index -= 1
        }
        // `USD 5`
        if index > 0, unit == .none, let currency = NumberWords.currency(tokens[index - 1]) {
            unit = currency
            index -= 1
        }
        let end = self.tokens.upperBound
        if index > 0, tokens[index - 1].isMark(UInt8(ascii: "(")), end < tokens.count,
            tokens[end].isMark(UInt8(ascii: ")")), unit == .usd,
            index == 1 || Lexicon.linking.contains(tokens[index - 2].hash)
        {
            isNegative = true
        }
        self.tokens = index..<end
        if isNegative { value = -value }
    }

    /// `1.2 million`, `412k`.
    fileprivate mutating func readMagnitude(_ tokens: [Token], _ bytes: [UInt8]) {
        let index = self.tokens.upperBound
        guard index < tokens.count, let factor = NumberWords.magnitude(tokens[index]) else { return }
        // "5 m" may be metres; a letter is a magnitude only where it touches the digits.
        guard tokens[index].end - tokens[index].start > 2 || tokens[index].isAttached else { return }
        value *= factor
        step *= factor
        coarseStep *= factor
        self.tokens = self.tokens.lowerBound..<index + 1
    }

    /// The unit after the figure: `%`, `percentage points`, `years`, `dollars`, `-year`.
    fileprivate mutating func readUnit(_ tokens: [Token]) {
        var index = self.tokens.upperBound
        guard index < tokens.count else { return }
        if tokens[index].isMark(UInt8(ascii: "-")), tokens[index].isAttached, index + 1 < tokens.count,
            tokens[index + 1].isAttached, NumberWords.isUnit(tokens[index + 1])
        {
            index += 1
        }
        if NumberWords.decades.contains(tokens[index].hash) {
            scale(by: 10)
            take(.years, through: index, tokens)
        } else if tokens[index].isMark(UInt8(ascii: "%")) {
            take(.percent, through: index, tokens)
        } else if let found = NumberWords.unit(tokens[index]) {
            take(found, through: index, tokens)
        } else if index + 1 < tokens.count, tokens[index].hash == NumberWords.per,
            tokens[index + 1].hash == NumberWords.cent
        {
            take(.percent, through: index + 1, tokens)
        } else if index + 1 < tokens.count, tokens[index].hash == NumberWords.basis,
            NumberWords.unit(tokens[index + 1]) == .points
        {
            scale(by: 0.01)
            take(.points, through: index + 1, tokens)
        } else if NumberWords.basisPoints.contains(tokens[index].hash) {
            scale(by: 0.01)
            take(.points, through: index, tokens)
        }
    }

    private mutating func take(_ found: Unit, through index: Int, _ tokens: [Token]) {
        // A figure in dollars keeps its unit: "$5 shares".
        guard unit == .none else {
            if found == .usd && unit == .usd { self.tokens = self.tokens.lowerBound..<index + 1 }
            return
        }
        unit = found
        var end = index + 1
        if found == .percent, end < tokens.count, NumberWords.unit(tokens[end]) == .points {
            unit = .points
            end += 1
        }
        self.tokens = self.tokens.lowerBound..<end
    }

    private mutating func scale(by factor: Double) {
        value *= factor
        step *= factor
        coarseStep *= factor
    }
}
