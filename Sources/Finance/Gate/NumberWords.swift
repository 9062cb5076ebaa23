/// Numbers, units and months as words.
enum NumberWords {
    static let `in` = Lexer.hash(of: "in")
    static let out = Lexer.hash(of: "out")
    static let of = Lexer.hash(of: "of")
    static let per = Lexer.hash(of: "per")
    static let cent = Lexer.hash(of: "cent")
    static let basis = Lexer.hash(of: "basis")
    static let basisPoints = hashes(["bps", "bp"])
    static let ordinalSuffixes = hashes(["th", "st", "nd", "rd"])
    private static let a = hashes(["a", "an"])
    private static let and = Lexer.hash(of: "and")

    private static func hashes(_ words: [String]) -> Set<UInt64> { Set(words.map(Lexer.hash(of:))) }

    private static let units: [UInt64: Claim.Unit] = {
        let names: [(Claim.Unit, [String])] = [
            (.percent, ["percent", "pct"]), (.points, ["points", "point", "pp", "percentage-points"]),
            (.usd, ["dollars", "dollar", "usd", "bucks"]), (.years, ["years", "year", "yr", "yrs", "y"]),
            (.months, ["months", "month", "mo"]), (.days, ["days", "day"]), (.shares, ["shares", "share"]),
            (.times, ["times", "x", "fold"]),
            (
                .foreign,
                foreignCodes + ["euros", "euro", "pounds", "pound", "yen", "francs", "rupees", "yuan"]
            ),
        ]
        return Dictionary(
            names.flatMap { unit, words in words.map { (Lexer.hash(of: $0), unit) } }
        ) { first, _ in first }
    }()
    private static let foreignCodes = ["eur", "gbp", "jpy", "chf", "cad", "aud", "cny", "inr", "btc", "eth"]
    private static let codes: [UInt64: Claim.Unit] = Dictionary(
        uniqueKeysWithValues: foreignCodes.map { (Lexer.hash(of: $0), .foreign) }
            + [(Lexer.hash(of: "usd"), .usd)])

    /// A code that stands before an amount: `USD 5`.
    static func currency(_ token: Token) -> Claim.Unit? {
        token.kind == .word && token.isAllCapital ? codes[token.hash] : nil
    }

    private static let decade = Lexer.hash(of: "decade")
    static let decades = hashes(["decade", "decades"])
    private static let percentage = Lexer.hash(of: "percentage")

    static func unit(_ token: Token) -> Claim.Unit? {
        guard token.kind == .word else { return nil }
        return units[token.hash] ?? (token.hash == percentage ? .percent : nil)
    }

    static func isUnit(_ token: Token) -> Bool { unit(token) != nil || decades.contains(token.hash) }

    private static let magnitudes: [UInt64: Double] = [
        "k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "millions": 1e6, "b": 1e9, "bn": 1e9,
        "billion": 1e9, "trillion": 1e12, "hundred": 100, "dozen": 12,
    ].reduce(into: [:]) { $0[Lexer.hash(of: $1.key)] = $1.value }

    static func magnitude(_ token: Token) -> Double? {
        token.kind == .word ? magnitudes[token.hash] : nil
    }

    private static let ones: [UInt64: Double] = {
        let words = [
            "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
            "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
        ]
        return Dictionary(
            uniqueKeysWithValues: words.enumerated().map { (Lexer.hash(of: $1), Double($0)) })
    }()

    private static let tens: [UInt64: Double] = {
        let words = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
        return Dictionary(
            uniqueKeysWithValues: words.enumerated().map { (Lexer.hash(of: $1), Double(20 + 10 * $0)) })
    }()

    /// A single word.
    static func value(_ token: Token) -> Double? {
        token.kind == .word ? ones[token.hash] ?? tens[token.hash] : nil
    }

    /// `twenty-five`, `one hundred and five thousand`, `a million`, `thousands of`.
    static func cardinal(_ tokens: [Token], at start: Int) -> Claim? {
        if let vague = vagueMagnitude(tokens, at: start) { return vague }
        var total = 0.0
        var group = 0.0
        var index = start
        var isRead = false
        if tokens[start].hash == decade {
            return Claim(tokens: start..<start + 1, value: 10, unit: .years, step: 1, coarseStep: 1)
        }
        if a.contains(tokens[start].hash), start + 1 < tokens.count, magnitude(tokens[start + 1]) != nil,
            isLong(tokens[start + 1])
        {
            group = 1
            index = start + 1
        }
        while index < tokens.count {
            let token = tokens[index]
            if let value = value(token) {
                group += value
                isRead = true
            } else if let factor = magnitude(token), isLong(token), isRead || group > 0 {
                if factor == 100 || factor == 12 {
                    group *= factor
                } else {
                    total += group * factor
                    group = 0
                }
                isRead = true
            } else if isRead, token.hash == and || token.isMark(UInt8(ascii: "-")), index + 1 < tokens.count,
                value(tokens[index + 1]) != nil, token.hash != and || total + group >= 100
            {
                index += 1
                continue
            } else {
                break
            }
            index += 1
        }
        guard isRead else { return nil }
        return Claim(
            tokens: start..<index, value: total + group, unit: .none, step: 1,
            coarseStep: coarseStep(of: total + group))
    }

    /// 10,000 for "sixty thousand".
    private static func coarseStep(of value: Double) -> Double {
        var step = 1.0
        while value > 0, value.truncatingRemainder(dividingBy: step * 10) == 0 { step *= 10 }
        return step
    }

    /// Letters alone, as in `k`, are magnitudes only behind digits.
    private static func isLong(_ token: Token) -> Bool { token.end - token.start > 2 }

    private static let vague: [UInt64: Double] = [
        "hundreds": 100, "thousands": 1e3, "millions": 1e6, "dozens": 12,
    ].reduce(into: [:]) { $0[Lexer.hash(of: $1.key)] = $1.value }

    private static func vagueMagnitude(_ tokens: [Token], at index: Int) -> Claim? {
        guard tokens[index].kind == .word, let value = vague[tokens[index].hash] else { return nil }
        return Claim(
            tokens: index..<index + 1, value: 2 * value, unit: .none, step: 0, coarseStep: 998 * value,
            looseness: .moreThan)
    }

    private static let half = hashes(["half"])
    private static let majority = Lexer.hash(of: "majority")
    private static let fractions: [UInt64: Double] = [
        "third": 1.0 / 3, "thirds": 1.0 / 3, "quarter": 0.25, "quarters": 0.25, "fifth": 0.2, "fifths": 0.2,
        "sixth": 1.0 / 6, "sixths": 1.0 / 6, "eighth": 0.125, "eighths": 0.125, "tenth": 0.1, "tenths": 0.1,
    ].reduce(into: [:]) { $0[Lexer.hash(of: $1.key)] = $1.value }
    private static let otherHalves = hashes(["first", "second", "other", "last", "latter"])
    private static let ordinalNouns = hashes([
        "holding", "account", "fund", "time", "person", "party", "one", "year", "instrument", "asset",
    ])
    /// What a word for a part leaves open, in percent.
    private static let wordStep = 4.0
    /// From half to two thirds, in percent.
    private static let nextFraction = 100.0 / 6

    /// `half`, `a third`, `two thirds`, `three quarters`.
    static func fraction(_ tokens: [Token], at index: Int) -> Claim? {
        guard tokens[index].kind == .word else { return nil }
        if half.contains(tokens[index].hash) {
            if index > 0, otherHalves.contains(tokens[index - 1].hash) { return nil }
            return part(index..<index + 1, 50)
        }
        guard index + 1 < tokens.count else { return nil }
        if majority == tokens[index + (a.contains(tokens[index].hash) ? 1 : 0)].hash {
            var claim = part(index..<index + 1, 50)
            claim.looseness = .moreThan
            claim.nextStep = 50
            return claim
        }
        let isOne = a.contains(tokens[index].hash)
        guard let count = isOne ? 1 : ones[tokens[index].hash], count >= 1 else { return nil }
        let hyphen = tokens[index + 1].isMark(UInt8(ascii: "-")) && index + 2 < tokens.count ? 1 : 0
        let place = index + 1 + hyphen
        if half.contains(tokens[place].hash), count == 1 { return part(index..<place + 1, 50) }
        guard tokens[place].kind == .word, let size = fractions[tokens[place].hash] else { return nil }
        let end = place + 1
        // "A third holding" is one more holding.
        if isOne, end < tokens.count, ordinalNouns.contains(tokens[end].hash)
            || FactIndex.relations.longest(tokens, at: end)?.meaning == .partOfSpeech
        {
            return nil
        }
        return part(index..<end, count * size * 100)
    }

    private static func part(_ range: Range<Int>, _ percent: Double) -> Claim {
        Claim(
            tokens: range, value: percent, unit: .percent, step: wordStep, coarseStep: 2 * wordStep,
            nextStep: nextFraction, isPart: true)
    }

    private static let multiples: [UInt64: Double] = [
        "double": 2, "twice": 2, "twofold": 2, "triple": 3, "treble": 3, "thrice": 3, "threefold": 3,
        "quadruple": 4, "fourfold": 4, "fivefold": 5, "tenfold": 10,
    ].reduce(into: [:]) { $0[Lexer.hash(of: $1.key)] = $1.value }

    private static let growths: [UInt64: Double] = [
        "doubled": 2, "doubles": 2, "doubling": 2, "tripled": 3, "triples": 3, "tripling": 3, "trebled": 3,
        "quadrupled": 4, "halved": 0.5, "halves": 0.5, "halve": 0.5, "halving": 0.5,
    ].reduce(into: [:]) { $0[Lexer.hash(of: $1.key)] = $1.value }

    /// `twice`, and `doubled`, which says what was before.
    static func multiple(_ tokens: [Token], at index: Int) -> Claim? {
        guard tokens[index].kind == .word else { return nil }
        let hash = tokens[index].hash
        guard let factor = multiples[hash] ?? growths[hash] else { return nil }
        return Claim(
            tokens: index..<index + 1, value: factor, unit: growths[hash] == nil ? .times : .growth,
            step: factor / 10, coarseStep: factor / 5)
    }

    private static let months: [UInt64: Int] = {
        let names = [
            "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
            "november", "december",
        ]
        var months: [UInt64: Int] = [:]
        for (index, name) in names.enumerated() {
            months[Lexer.hash(of: name)] = index + 1
            months[Lexer.hash(of: String(name.prefix(3)))] = index + 1
        }
        months[Lexer.hash(of: "sept")] = 9
        return months
    }()

    /// Only with a capital: "may" and "march" are verbs, too.
    static func month(_ token: Token) -> Int? {
        token.kind == .word && token.isCapitalized ? months[token.hash] : nil
    }
}
