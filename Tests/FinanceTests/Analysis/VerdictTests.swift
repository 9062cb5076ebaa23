import Finance
import Quantities
import Testing

@Suite struct VerdictTests {
    @Test func `everything saved is completed`() {
        let all = AnalysisSection.allCases
        #expect(Verdict(wanted: all, saved: Set(all), failures: [:]) == .completed)
        #expect(Verdict(wanted: [], saved: [], failures: [:]) == .completed)
    }

    @Test func `what is missing is named in the order of the sections`() {
        let verdict = Verdict(
            wanted: AnalysisSection.allCases, saved: [.charts], failures: [.report: "the model was busy"])
        #expect(verdict == .completedWithout([.report, .retirement]))
    }

    @Test func `nothing saved is failed with every reason`() {
        let verdict = Verdict(
            wanted: [.report, .charts], saved: [.retirement], failures: [.report: "too slow"])
        #expect(
            verdict
                == .failed(
                    reason: "the report could not be written: too slow; "
                        + "the charts could not be written: no reason was given"))
    }

    @Test func `an empty household wants no section, any other wants all`() throws {
        #expect(Household.portfolio([]).wantedSections.isEmpty)
        #expect(Household.portfolio([try Household.account(1)]).wantedSections.isEmpty)
        #expect(
            Household.portfolio([try Household.account(1, cash: 1)]).wantedSections
                == AnalysisSection.allCases)
        let unpriced = Household.portfolio([try Household.account(1, [("NEW", 1)])])
        #expect(unpriced.wantedSections == AnalysisSection.allCases)
    }

    @Test func `a final status is completed or failed`() {
        #expect(AnalysisJob.Status.allCases.filter(\.isFinal) == [.completed, .failed])
    }
}
