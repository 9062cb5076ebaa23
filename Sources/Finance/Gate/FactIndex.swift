import Quantities

/// The facts of a table as the gate looks for them: by value, by what they are about, by what they measure.
///
/// A class, because every sentence refers to it and it never changes.
final class FactIndex: Sendable {
    /// A fact with what has to be said beside its figure.
    struct Slot: Sendable {
        let fact: Int
        let value: Double
        /// `nil` for what is said of the household as a whole.
        let subject: Int?
        /// What else its metric names: the class of "share of Equity in the account".
        let partners: Set<Int>
        let concepts: Concepts
        /// Facts of the same family differ in nothing but their subject.
        let family: Int
    }

    let table: FactTable
    let slots: [Slot]
    let phrases: Phrases
    private let slotsByUnit: [Fact.Unit: [Int]]
    /// By subject, then all its slots.
    private let slotsBySubject: [Int: [Int]]
    /// Dates of facts and of their prices.
    let dates: Set<Int>

    /// Subjects that mean the household as a whole.
    private static let wholes: Set<String> = ["portfolio", "investor", "retirement", "household", ""]

    /// - Parameters:
    ///   - names: The household's own words; figures in them state nothing.
    ///   - passages: Sentences by Alex that may be quoted.
    init(_ table: FactTable, names: [String], passages: [String]) {
        var phrases = Self.generalPhrases
        var subjects: [String: Int] = [:]
        var families: [String: Int] = [:]
        var slots: [Slot] = []
        var dates: Set<Int> = []
        for fact in table.facts { _ = Self.subject(of: fact, &subjects) }
        for (name, id) in subjects.sorted(by: { $0.value < $1.value }) {
            Self.add(subject: name, id, to: &phrases)
        }
        let reader = MetricReader(phrases)
        var readings: [String: MetricReader.Reading] = [:]
        for (index, fact) in table.facts.enumerated() {
            let subject = Self.subject(of: fact, &subjects)
            let reading = readings[fact.metric] ?? reader.read(fact.metric)
            readings[fact.metric] = reading
            let family = families[fact.metric] ?? families.count
            families[fact.metric] = family
            slots.append(
                Slot(
                    fact: index, value: fact.value.approximate, subject: subject,
                    partners: reading.subjects.subtracting(subject.map { [$0] } ?? []),
                    concepts: reading.concepts, family: family))
            if let asOf = fact.asOf { dates.insert(asOf.date.daysSinceEpoch) }
            if fact.unit == .date { dates.insert(Int(fact.value.approximate)) }
        }
        for name in names {
            if name.hasSuffix("…") {
                for (subject, id) in subjects.sorted(by: { $0.value < $1.value })
                where subject.hasPrefix(name.dropLast()) {
                    phrases.add(name, .subject(id))
                }
            }
            Self.add(name: name, subjects, to: &phrases)
        }
        for passage in passages { phrases.add(passage, .given) }
        self.table = table
        self.slots = slots
        self.phrases = phrases
        self.dates = dates
        slotsByUnit = Dictionary(grouping: slots.indices) { table.facts[slots[$0].fact].unit }.mapValues {
            $0.sorted { slots[$0].value < slots[$1].value }
        }
        slotsBySubject = Dictionary(
            grouping: slots.indices.filter { slots[$0].subject != nil }, by: { slots[$0].subject ?? 0 })
    }

    /// Slots of a unit with a value in a range.
    func slots(in range: ClosedRange<Double>, unit: Fact.Unit) -> ArraySlice<Int> {
        guard let sorted = slotsByUnit[unit] else { return [] }
        func firstIndex(_ isReached: (Double) -> Bool) -> Int {
            var (low, high) = (0, sorted.count)
            while low < high {
                let middle = (low + high) / 2
                if isReached(slots[sorted[middle]].value) { high = middle } else { low = middle + 1 }
            }
            return low
        }
        return sorted[firstIndex { $0 >= range.lowerBound }..<firstIndex { $0 > range.upperBound }]
    }

    func slots(of subject: Int) -> [Int] { slotsBySubject[subject] ?? [] }

    func unit(_ slot: Int) -> Fact.Unit { table.facts[slots[slot].fact].unit }
    func id(_ slot: Int) -> Fact.ID { table.facts[slots[slot].fact].id }

    private static func subject(of fact: Fact, _ subjects: inout [String: Int]) -> Int? {
        guard !wholes.contains(fact.subject) else { return nil }
        let id = subjects[fact.subject] ?? subjects.count
        subjects[fact.subject] = id
        return id
    }

    /// What stands for all categories without a target of their own says so behind its name.
    private static let othersMark = " (all others)"

    private static func add(subject name: String, _ id: Int, to phrases: inout Phrases) {
        let isSymbol = Symbol(name)?.description == name
        // "A" and "I" are words before they are tickers.
        if !isSymbol || (name != "A" && name != "I") { phrases.add(name, .subject(id), isExact: isSymbol) }
        for synonym in Lexicon.synonyms[name] ?? [] { phrases.add(synonym, .subject(id)) }
        if name.hasSuffix(othersMark) {
            let short = String(name.dropLast(othersMark.count))
            phrases.addIfNew(short, .subject(id))
            for synonym in Lexicon.synonyms[short] ?? [] { phrases.addIfNew(synonym, .subject(id)) }
        }
    }

    /// A name may be quoted in a sentence if its figures are labels (`401k`, `Fund 2045`); one that reads
    /// like a statement ("$9,999,999") only stands in a cell of its own.
    private static func add(name: String, _ subjects: [String: Int], to phrases: inout Phrases) {
        let bytes = VisibleText(name, isMarkdown: false).bytes
        let tokens = Lexer.tokens(in: bytes, 0..<bytes.count)
        guard
            tokens.contains(where: { $0.kind == .number || $0.kind == .mixed || NumberWords.value($0) != nil }
            )
        else { return }
        let isLabel = tokens.allSatisfy { token in
            switch token.kind {
            case .number: token.end - token.start <= 4 && !bytes[token.start..<token.end].contains(0x2e)
            case .mark: token.hash != UInt64(UInt8(ascii: "$")) && token.hash != UInt64(UInt8(ascii: "%"))
            case .word: !statementWords.contains(token.hash)
            case .mixed: true
            }
        }
        let hasWord = tokens.contains { $0.kind == .word || $0.kind == .mixed }
        if subjects[name] == nil { phrases.add(name, isLabel && hasWord ? .given : .givenAlone) }
    }

    private static let statementWords: Set<UInt64> = Set(
        [
            "is", "are", "was", "be", "has", "have", "worth", "equals", "total", "balance", "value",
            "percent",
            "dollars", "usd", "million", "thousand", "billion", "report", "say", "return",
        ].map(Lexer.hash(of:)))

    private static let generalPhrases: Phrases = {
        var phrases = Phrases()
        for (concepts, words) in Lexicon.concepts {
            for word in words { phrases.add(word, .concepts(concepts)) }
        }
        let meanings: [(Meaning, [String])] = [
            (.whole, Lexicon.wholes), (.given, Lexicon.rules), (.change, Lexicon.changes),
        ]
        for (meaning, words) in meanings {
            for word in words { phrases.add(word, meaning) }
        }
        return phrases
    }()

    /// Phrases that say how figures stand to each other, apart from what they are.
    static let relations: Phrases = {
        var phrases = Phrases()
        let meanings: [(Meaning, [String])] = [
            (.boundary, Lexicon.boundaries), (.partOfSpeech, Lexicon.partsOfSpeech),
        ]
        for (meaning, words) in meanings {
            for word in words { phrases.add(word, meaning) }
        }
        return phrases
    }()

    static let directions: Phrases = {
        var phrases = Phrases()
        for word in Lexicon.upwards { phrases.add(word, .upwards) }
        for word in Lexicon.downwards { phrases.add(word, .downwards) }
        return phrases
    }()

    static let loosenesses: Phrases = {
        var phrases = Phrases()
        let meanings: [(Meaning, [String])] = [
            (.approximately, Lexicon.approximate), (.nearly, Lexicon.nearly), (.moreThan, Lexicon.moreThan),
            (.lessThan, Lexicon.lessThan),
        ]
        for (meaning, words) in meanings {
            for word in words { phrases.add(word, meaning) }
        }
        return phrases
    }()
}

/// Reads what a metric names: concepts, and subjects beside the fact's own.
private struct MetricReader {
    struct Reading {
        var concepts: Concepts = []
        var subjects: Set<Int> = []
    }

    private let phrases: Phrases

    init(_ phrases: Phrases) { self.phrases = phrases }

    func read(_ text: String) -> Reading {
        let bytes = VisibleText(text).bytes
        let tokens = Lexer.tokens(in: bytes, 0..<bytes.count)
        var reading = Reading()
        var index = 0
        while index < tokens.count {
            guard let (_, length) = phrases.longest(tokens, at: index) else {
                index += 1
                continue
            }
            for meaning in phrases.all(tokens, at: index, length: length) {
                switch meaning {
                case .concepts(let found): reading.concepts.formUnion(found)
                case .subject(let id): reading.subjects.insert(id)
                default: break
                }
            }
            index += length
        }
        return reading
    }
}
