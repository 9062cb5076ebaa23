/// The numbers written as digits in a text, to be looked up in what it was taken from.
///
/// `1,234.50` and `1234.5` are the same; a sign, a currency and a percent sign are not compared. The marks of
/// a numbered list are no figures.
struct SourceFigures: Equatable {
    /// Each once, in order, as it was written.
    private(set) var written: [String] = []
    private var values: Set<String> = []

    init(in text: String) {
        for line in text.split(whereSeparator: \.isNewline) {
            for number in Self.numbers(in: Self.withoutListMark(Array(line))) {
                if values.insert(Self.value(number)).inserted { written.append(number) }
            }
        }
    }

    /// The figures that none of the texts holds.
    func missing(from texts: [String]) -> [String] {
        let known = texts.reduce(into: Set<String>()) { $0.formUnion(SourceFigures(in: $1).values) }
        return written.filter { !known.contains(Self.value($0)) }
    }

    /// `12. ` and `12) ` at the beginning of a line.
    private static func withoutListMark(_ line: [Character]) -> ArraySlice<Character> {
        let start = line.drop { $0.isWhitespace }
        let digits = start.prefix { isDigit($0) }
        let rest = start.dropFirst(digits.count)
        guard (1...2).contains(digits.count), let mark = rest.first, mark == "." || mark == ")",
            rest.dropFirst().first.map({ $0.isWhitespace }) ?? true
        else { return line[...] }
        return rest.dropFirst()
    }

    private static func numbers(in line: ArraySlice<Character>) -> [String] {
        var numbers: [String] = []
        var index = line.startIndex
        while index < line.endIndex {
            guard isDigit(line[index]) else {
                index += 1
                continue
            }
            let start = index
            while index < line.endIndex, isPartOfNumber(line, at: index) { index += 1 }
            numbers.append(String(line[start..<index]))
        }
        return numbers
    }

    private static func isPartOfNumber(_ line: ArraySlice<Character>, at index: Int) -> Bool {
        if isDigit(line[index]) { return true }
        guard line[index] == "." || line[index] == "," else { return false }
        return index + 1 < line.endIndex && isDigit(line[index + 1])
    }

    private static func isDigit(_ character: Character) -> Bool { character.wholeNumberValue != nil }

    /// Without commas, and without zeros that say nothing.
    private static func value(_ number: String) -> String {
        let digits = number.filter { $0 != "," }.map { character in
            character.wholeNumberValue.map { "\($0)" } ?? String(character)
        }.joined()
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        let whole = parts[0].drop { $0 == "0" }
        guard parts.count == 2 else { return parts.count == 1 ? String(whole) : digits }
        let fraction = String(parts[1].reversed().drop { $0 == "0" }.reversed())
        return fraction.isEmpty ? String(whole) : "\(whole).\(fraction)"
    }
}
