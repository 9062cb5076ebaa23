/// How an analysis ended, decided by code from what was saved.
package enum Verdict: Sendable, Equatable {
    case completed
    /// Something was saved, something is missing.
    case completedWithout([AnalysisSection])
    case failed(reason: String)

    /// - Parameters:
    ///   - wanted: The sections this household needs.
    ///   - saved: The sections that are in the database.
    ///   - failures: Why a section is not there, in words for the user.
    package init(wanted: [AnalysisSection], saved: Set<AnalysisSection>, failures: [AnalysisSection: String])
    {
        let missing = wanted.filter { !saved.contains($0) }
        if missing.isEmpty {
            self = .completed
        } else if missing.count < wanted.count {
            self = .completedWithout(missing)
        } else {
            let reasons = missing.map { section in
                "\(section.title) could not be written: \(failures[section] ?? "no reason was given")"
            }
            self = .failed(reason: reasons.joined(separator: "; "))
        }
    }
}

extension Portfolio {
    /// What an analysis of this portfolio consists of: nothing for an empty household, and always the same
    /// for any other.
    package var wantedSections: [AnalysisSection] { isEmpty ? [] : AnalysisSection.allCases }
}
