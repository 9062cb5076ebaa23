import Finance

/// The report as it is shown: for each section the model's words, or code's where they could not be used,
/// with the tables.
struct Report: Sendable {
    let brief: AnalysisBrief
    /// By key of ``ReporterAgent/outline``.
    let prose: ProseReader.Sections
    /// What was wrong with the rest.
    let violations: [String]
    /// `nil` when the model did not ask for research.
    let research: [ResearchNote]?

    static let plainMark = "*Plain version: this part was written by rules, without a language model.*"

    /// What has to stand beside every statement about the likelihood of outcomes: in substance what FINRA
    /// Rule 2214 asks of such tools.
    static let disclaimer =
        "*Please read: what Alex says about likelihoods comes from simulated futures. They are "
        + "hypothetical; no real investment produced these results, and none of them is guaranteed. They "
        + "rest on the assumptions that are listed, and vary with each use and over time: other "
        + "assumptions, other prices or another day give other results. Costs and taxes are not counted. "
        + "Alex knows only what is recorded about the household. This is information, not "
        + "individual advice.*"

    func checked(by gate: Gate) -> CheckedText {
        CheckedText(
            parts, gate: gate, derived: prose.mapValues(\.derived),
            research: (research ?? []).flatMap(\.statements))
    }

    private var parts: [CheckedText.Part] {
        let opening =
            [
                "# Portfolio report",
                "As of \(brief.now.date). Every figure was computed by Alex from the household's own data.",
            ] + prices
        var parts = opening.map { CheckedText.Part($0) }
        for section in ReporterAgent.outline.sections {
            parts.append(CheckedText.Part("## \(section.title)"))
            parts.append(part(section))
            parts += tables(of: section.key).map {
                CheckedText.Part(
                    under: section.title, $0, quotes: section.key == ReporterAgent.marketContext)
            }
        }
        let gaps = brief.missing
        if !gaps.isEmpty {
            parts.append(CheckedText.Part("## What is not known"))
            parts.append(CheckedText.Part(gaps.map { "- \($0)" }.joined(separator: "\n")))
        }
        return parts + ["---", Self.disclaimer].map { CheckedText.Part($0) }
    }

    /// Sections the model should have written and code wrote.
    var substitutions: [Substitution] { wanted.substitutions(for: prose, violations: violations) }

    /// How many sections the model was to write.
    var partCount: Int { wanted.sections.count }

    private var wanted: Outline {
        hasNoResearch
            ? ReporterAgent.outline.without(ReporterAgent.marketContext) : ReporterAgent.outline
    }

    private var hasNoResearch: Bool { research?.isEmpty ?? true }

    /// How far the values can be trusted, once and near the top.
    private var prices: [String] {
        let holdings = brief.valuation.holdings
        let unpriced = brief.valuation.unpricedSymbols.count
        guard !holdings.isEmpty else { return [] }
        guard let sentence = brief.priceSentence else {
            return ["**No holding has a price. Only cash is counted in this report.**"]
        }
        var sentences = [sentence]
        if brief.arePricesOld {
            sentences.append("What the holdings are worth today may be quite different.")
        }
        if unpriced > 0 {
            sentences.append(
                "Holdings without a price, which are not counted: \(unpriced) of \(holdings.count).")
        }
        let text = sentences.joined(separator: " ")
        return [brief.arePricesOld || unpriced > 0 ? "**\(text)**" : text]
    }

    private func part(_ section: Outline.Section) -> CheckedText.Part {
        let isMarket = section.key == ReporterAgent.marketContext
        if isMarket && hasNoResearch {
            // What a model remembers of markets is of unknown age and from nowhere.
            return CheckedText.Part(
                research == nil
                    ? "No market research was read for this report."
                    : "No research about these holdings is stored yet.")
        }
        let plain = ReportTemplates(brief: brief).text(of: section.key) + "\n\n" + Self.plainMark
        guard let written = prose[section.key] else {
            return CheckedText.Part(key: section.key, under: section.title, plain)
        }
        return CheckedText.Part(
            key: section.key, under: section.title, written.text, plain: plain, quotes: isMarket)
    }

    private func tables(of key: String) -> [String] {
        let tables = ReportTables(brief: brief)
        switch key {
        case "composition": return tables.composition
        case "diversification": return tables.diversification
        case "retirement_readiness": return tables.retirement
        case ReporterAgent.marketContext: return sources
        default: return []
        }
    }

    private var sources: [String] {
        guard let research, !research.isEmpty else { return [] }
        let lines = research.map { note in
            let facts = [note.source, note.asOf?.date.description].compactMap { $0 }
            return "- " + ([note.title] + facts).map { "\(EscapedText($0))" }.joined(separator: ", ")
        }
        return ["Research read for this report:\n" + lines.joined(separator: "\n")]
    }
}
