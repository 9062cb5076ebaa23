import Quantities
import SigV4
import Wire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Measures SigV4 against botocore and awscrt, which is C under Python: the same requests, one thread each,
/// in processor time, so that other programs on the machine do not count.
enum SigningBench {
    /// Each measures all once, in turn, so that a busy moment of the machine meets all.
    static let rounds = 5
    /// Of each kind in a round.
    static let runs = 9
    /// Of each kind; no two have the same body or address.
    static let requests = 200
    /// The witness's time over ours, added up over the kinds, has to be at least this.
    static let leastRatios = ["botocore": 20.0, "awscrt": 1.0]
    static let witnesses = BenchScript(path: "scripts/sigv4_witnesses.py", needs: "botocore")
    private static let moment = Timestamp(secondsSinceEpoch: 1_795_780_800)

    /// Prints medians and ratios.
    ///
    /// - Returns: Whether the ratios are kept and all signatures are the same.
    static func run(_ say: (String) -> Void) throws -> Bool {
        let kinds = SigningBenchKind.all(requests)
        var ours = kinds.map { _ in Answer() }
        var answers: [JSONValue] = []
        for _ in 0..<rounds {
            for (index, kind) in kinds.enumerated() { measure(kind, &ours[index]) }
            answers.append(
                try witnesses.run([
                    "secondsSinceEpoch": .number(Int(moment.secondsSinceEpoch)), "runs": .number(runs),
                    "kinds": .array(kinds.map(\.plan)),
                ]))
        }
        say(
            "processor time of one signature in microseconds, one thread, medians of \(rounds * runs) runs "
                + "of \(requests) requests")
        for (kind, own) in zip(kinds, ours) { say("  \(kind.name): Alex \(microseconds(own.median))") }
        var isKept = true
        for (name, leastRatio) in leastRatios.sorted(by: { $0.key > $1.key }) {
            guard let witness = try Witness(name, answers) else {
                say("  \(name) is not installed, so it is not compared")
                continue
            }
            isKept = compare(ours, witness, kinds, leastRatio, say) && isKept
        }
        return isKept
    }

    private static func compare(
        _ ours: [Answer], _ witness: Witness, _ kinds: [SigningBenchKind], _ leastRatio: Double,
        _ say: (String) -> Void
    ) -> Bool {
        say("  \(witness.name) \(witness.version)")
        var isKept = true
        for (kind, (own, theirs)) in zip(kinds, zip(ours, witness.answers)) {
            let isSame = own.signatures == theirs.signatures
            say(
                "    \(kind.name): \(microseconds(theirs.median)), Alex takes 1/"
                    + "\(rounded(theirs.median / own.median, 10)); "
                    + "the signatures are \(isSame ? "the same" : "DIFFERENT")")
            isKept = isKept && isSame
        }
        let total = witness.answers.reduce(0) { $0 + $1.median } / ours.reduce(0) { $0 + $1.median }
        say("    together: Alex is \(rounded(total, 10)) times as fast (at least \(leastRatio) wanted)")
        return isKept && total >= leastRatio
    }

    private struct Answer {
        /// Of one signature; a number for each run.
        var seconds: [Double] = []
        /// The values of `Authorization`.
        var signatures: [String?] = []

        var median: Double { seconds.isEmpty ? .nan : seconds.sorted()[seconds.count / 2] }
    }

    private struct Witness {
        let name: String
        let version: String
        /// A value for each kind.
        private(set) var answers: [Answer] = []

        /// `nil` when it is not installed.
        ///
        /// - Parameter rounds: An answer of the script for each.
        init?(_ name: String, _ rounds: [JSONValue]) throws {
            guard let version = rounds.first?[name]?["version"]?.string else { return nil }
            self.name = name
            self.version = version
            for round in rounds {
                guard let kinds = round[name]?["kinds"]?.array else {
                    throw BenchScriptFailure.notUnderstood(witnesses, answer: round.text)
                }
                if answers.isEmpty { answers = kinds.map { _ in Answer() } }
                for (index, kind) in kinds.enumerated() {
                    answers[index].seconds += (kind["seconds"]?.array ?? []).compactMap(\.double)
                    answers[index].signatures = (kind["signatures"]?.array ?? []).map(\.string)
                }
            }
        }
    }

    private static func measure(_ kind: SigningBenchKind, _ answer: inout Answer) {
        var signed = kind.requests.map { kind.signer.sign($0, at: moment) }
        for _ in 0..<runs {
            let start = processorSeconds
            for (index, request) in kind.requests.enumerated() {
                signed[index] = kind.signer.sign(request, at: moment)
            }
            answer.seconds.append((processorSeconds - start) / Double(requests))
        }
        answer.signatures = signed.map { $0.headers["Authorization"] }
    }

    /// Of this thread.
    private static var processorSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static func microseconds(_ seconds: Double) -> String { "\(rounded(seconds * 1e6, 100))" }

    private static func rounded(_ value: Double, _ steps: Double) -> Double {
        (value * steps).rounded() / steps
    }
}
