import CommandLine
import Testing

@Suite struct RuntimeBenchAimsTests {
    @Test func `alone, Echo is held against its memory and nothing else`() {
        #expect(RuntimeBenchAims.verdicts(on: [report("Echo", 1, memory: 9.9)]).map(\.isReached) == [true])
        #expect(RuntimeBenchAims.verdicts(on: [report("Echo", 1, memory: 10.1)]).map(\.isReached) == [false])
        #expect(RuntimeBenchAims.verdicts(on: [report("Planner", 1, memory: 40)]).isEmpty)
    }

    @Test func `another runtime is no slower than the first of ours by more than a run differs`() {
        let ours = report("Echo", 1.04, memory: 5)
        let verdicts = RuntimeBenchAims.verdicts(on: [
            ours, report("Planner", 9, memory: 9), report("cpp", 1, memory: 4, isOther: true),
            report("rust", 0.9, memory: 4, isOther: true),
        ])
        #expect(
            verdicts.map(\.isReached) == [true] + Array(repeating: true, count: 4)
                + Array(repeating: false, count: 4))
        #expect(verdicts.last?.description == "warm 1 MiB: Echo 1.04 ms, rust 0.9 ms: MISSED")
    }

    @Test func `nothing that was measured is nothing reached`() {
        let verdicts = RuntimeBenchAims.verdicts(on: [
            RuntimeBenchReport(name: "Echo"), RuntimeBenchReport(name: "cpp", isOther: true),
        ])
        #expect(verdicts.allSatisfy { !$0.isReached } && verdicts.count == 5)
    }

    /// Every time the same.
    private func report(
        _ name: String, _ milliseconds: Double, memory: Double, isOther: Bool = false
    ) -> RuntimeBenchReport {
        var report = RuntimeBenchReport(name: name, isOther: isOther)
        report.start.add(milliseconds)
        report.answer.add(milliseconds)
        report.warmSmall.add(milliseconds)
        report.warmLarge.add(milliseconds)
        report.peakAfterSmall.add(memory)
        return report
    }
}
