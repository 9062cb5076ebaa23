/// What the runtime is to reach, held against what was measured.
package enum RuntimeBenchAims {
    /// Of the function that does nothing but answer, after events of 100 B.
    package static let echoMebibytes = 10.0
    package static let echo = "Echo"
    /// Medians that are so much apart are taken for equal: a run differs more from the next one.
    package static let toleranceFraction = 0.05

    package struct Verdict: Sendable, Equatable {
        package let text: String
        package let isReached: Bool
    }

    /// One verdict on Echo's memory, and for each other runtime one on cold start, first answer and warm
    /// invocation of the first bootstrap that is ours.
    package static func verdicts(on reports: [RuntimeBenchReport]) -> [Verdict] {
        var verdicts = reports.filter { $0.name == echo && !$0.isOther }.map(memory)
        guard let ours = reports.first(where: { !$0.isOther }) else { return verdicts }
        for other in reports where other.isOther {
            verdicts.append(compare("start", ours, other, \.start))
            verdicts.append(compare("first answer", ours, other, \.answer))
            verdicts.append(compare("warm 100 B", ours, other, \.warmSmall))
            verdicts.append(compare("warm 1 MiB", ours, other, \.warmLarge))
        }
        return verdicts
    }

    private static func memory(_ report: RuntimeBenchReport) -> Verdict {
        let mebibytes = report.peakAfterSmall.median
        return Verdict(
            text: "\(report.name): \(rounded(mebibytes)) MiB resident, \(echoMebibytes) allowed",
            isReached: mebibytes <= echoMebibytes)
    }

    private static func compare(
        _ what: String, _ ours: RuntimeBenchReport, _ other: RuntimeBenchReport,
        _ sample: KeyPath<RuntimeBenchReport, Sample>
    ) -> Verdict {
        let (own, others) = (ours[keyPath: sample].median, other[keyPath: sample].median)
        return Verdict(
            text: "\(what): \(ours.name) \(rounded(own)) ms, \(other.name) \(rounded(others)) ms",
            isReached: own <= others * (1 + toleranceFraction))
    }

    private static func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
}

extension RuntimeBenchAims.Verdict: CustomStringConvertible {
    package var description: String { text + (isReached ? ": reached" : ": MISSED") }
}
