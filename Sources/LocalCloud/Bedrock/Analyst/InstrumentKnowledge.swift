import Wire

/// What the words of an instrument's name give away about it. Coarse on purpose: it is what can be known
/// without a model.
struct InstrumentKnowledge {
    /// ` vti vanguard total stock market etf `: lower case, one blank around each word.
    private let words: String
    private let statedType: String?

    /// - Parameter element: An object with a name, a symbol and perhaps a type.
    init(_ element: JSONValue) {
        let text = ["symbol", "name", "description", "title"].compactMap { element[$0]?.string }.joined(
            separator: " ")
        words = " " + text.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: " ") + " "
        statedType = element["instrument_type"]?.string
    }

    /// One of the words of an enumeration: the one said in the name, else the best kind of instrument, else
    /// the first.
    func choose(among choices: [String]) -> String {
        for kind in kinds where choices.contains(kind) { return kind }
        for choice in choices where speaks(of: choice.split(separator: "_").joined(separator: " ")) {
            return choice
        }
        return choices.first { ["other", "diversified", "global"].contains($0) } ?? choices.first ?? ""
    }

    /// Parts that sum to 100, of the categories that are allowed.
    ///
    /// - Parameter name: Of the division, such as `asset_classes`, `regions` or `sectors`.
    func parts(named name: String, among categories: [String]) -> JSONValue {
        let wanted: [(String, Int)] =
            if categories.contains("fixed_income") {
                [(assetClass, 100)]
            } else if categories.contains("north_america") {
                regions
            } else {
                sectors
            }
        let allowed = wanted.filter { categories.contains($0.0) }
        guard allowed.reduce(0, { $0 + $1.1 }) == 100 else {
            return .object([choose(among: categories.sorted()): 100])
        }
        return .object(Dictionary(allowed) { $0 + $1 }.mapValues { .number($0) })
    }

    private func speaks(of phrases: String...) -> Bool {
        phrases.contains { words.contains(" \($0) ") }
    }

    private func hasWord(beginningWith beginnings: String...) -> Bool {
        beginnings.contains { words.contains(" \($0)") }
    }

    // MARK: Kinds

    private var isFund: Bool {
        hasWord(beginningWith: "etf", "fund", "index", "trust", "portfolio")
            || ["etf", "mutual_fund", "bond_fund"].contains(statedType)
    }

    /// From the most to the least telling.
    private var kinds: [String] {
        let stated = statedType.map { [$0] } ?? []
        switch assetClass {
        case "fixed_income":
            return stated + (isFund ? ["bond_fund", "bond", "fixed_income"] : ["bond", "fixed_income"])
        case "real_estate": return stated + ["reit", "real_estate"]
        case "commodities": return stated + ["commodity", "commodities"]
        default:
            if hasWord(beginningWith: "etf") { return stated + ["etf"] }
            return stated + (isFund ? ["mutual_fund", "etf"] : ["stock", assetClass])
        }
    }

    private var assetClass: String {
        if hasWord(
            beginningWith: "bond", "treasur", "municipal", "muni", "fixed income", "mortgage backed", "debt")
            || ["bond", "bond_fund"].contains(statedType)
        {
            return "fixed_income"
        }
        if hasWord(beginningWith: "reit", "real estate", "property", "properties") || statedType == "reit" {
            return "real_estate"
        }
        if speaks(of: "gold", "silver", "oil", "metals") || hasWord(beginningWith: "commodit")
            || statedType == "commodity"
        {
            return "commodities"
        }
        if hasWord(beginningWith: "bitcoin", "ether", "crypto", "hedge") { return "alternatives" }
        if hasWord(beginningWith: "money market", "cash") { return "cash" }
        return "equity"
    }

    // MARK: Places

    private var regions: [(String, Int)] {
        if hasWord(beginningWith: "emerging") {
            return [("asia", 75), ("latin_america", 10), ("africa", 5), ("middle_east", 10)]
        }
        if speaks(of: "ex us", "ex usa", "international", "intl", "foreign", "developed markets", "eafe") {
            return [("international", 100)]
        }
        if speaks(of: "global", "world", "all country", "acwi") { return [("global", 100)] }
        if hasWord(beginningWith: "europ", "euro ", "german", "uk ", "swiss", "france") {
            return [("europe", 100)]
        }
        if hasWord(beginningWith: "asia", "pacific", "japan", "china", "india", "korea") {
            return [("asia", 100)]
        }
        if hasWord(beginningWith: "latin", "brazil", "mexic") { return [("latin_america", 100)] }
        if hasWord(beginningWith: "australia", "oceania") { return [("oceania", 100)] }
        if hasWord(beginningWith: "africa") { return [("africa", 100)] }
        return [("north_america", 100)]
    }

    // MARK: Lines of business

    private var sectors: [(String, Int)] {
        switch assetClass {
        case "fixed_income": return bondSectors
        case "real_estate": return [("real_estate", 100)]
        case "commodities": return [("commodities", 100)]
        case "cash", "alternatives": return [("other", 100)]
        default: break
        }
        let beginnings: [(String, [String])] = [
            (
                "technology",
                ["tech", "software", "semiconductor", "computer", "nvidia", "apple", "microsoft", "intel"]
            ),
            ("healthcare", ["health", "pharma", "bio", "medical"]),
            ("financials", ["financ", "bank", "insurance", "capital"]),
            ("energy", ["energy", "petrol", "exxon", "chevron"]),
            ("utilities", ["utilit", "electric", "water"]),
            ("industrials", ["industr", "aero", "rail", "airline"]),
            ("materials", ["material", "chemical", "steel", "mining"]),
            ("communication", ["communicat", "telecom", "media", "alphabet", "netflix"]),
            ("consumer_staples", ["staple", "food", "beverage", "household"]),
            ("consumer_discretionary", ["discretionary", "retail", "auto", "motor", "amazon", "tesla"]),
        ]
        for (sector, words) in beginnings where words.contains(where: { hasWord(beginningWith: $0) }) {
            return [(sector, 100)]
        }
        return [(isFund ? "diversified" : "other", 100)]
    }

    private var bondSectors: [(String, Int)] {
        if hasWord(beginningWith: "treasur") { return [("treasury", 100)] }
        if hasWord(beginningWith: "corporate", "high yield") { return [("corporate", 100)] }
        if hasWord(beginningWith: "mortgage") { return [("mortgage", 100)] }
        if hasWord(beginningWith: "muni", "government", "agency") { return [("government_related", 100)] }
        return [("treasury", 45), ("mortgage", 25), ("corporate", 25), ("government_related", 5)]
    }
}
