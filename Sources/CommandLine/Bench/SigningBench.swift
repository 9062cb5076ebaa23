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
    static let runs = 31
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
        let ours = kinds.map { measure($0) }
        let answer = try witnesses.run([
            "secondsSinceEpoch": .number(Int(moment.secondsSinceEpoch)), "runs": .number(runs),
            "kinds": .array(kinds.map(\.plan)),
        ])
        say(
            "processor time of one signature in microseconds, one thread, medians of \(runs) runs of "
                + "\(requests) requests")
        for (kind, own) in zip(kinds, ours) { say("  \(kind.name): Alex \(microseconds(own.seconds))") }
        var isKept = true
        for (name, leastRatio) in leastRatios.sorted(by: { $0.key > $1.key }) {
            guard let witness = try Witness(name, answer) else {
                say("  \(name) is not installed, so it is not compared (\(answer["absence"]?.string ?? ""))")
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
                "    \(kind.name): \(microseconds(theirs.seconds)), Alex takes 1/"
                    + "\(rounded(theirs.seconds / own.seconds, 10)); "
                    + "the signatures are \(isSame ? "the same" : "DIFFERENT")")
            isKept = isKept && isSame
        }
        let total = witness.answers.reduce(0) { $0 + $1.seconds } / ours.reduce(0) { $0 + $1.seconds }
        say("    together: Alex is \(rounded(total, 10)) times as fast (at least \(leastRatio) wanted)")
        return isKept && total >= leastRatio
    }

    private struct Answer {
        /// Of one signature.
        let seconds: Double
        /// The values of `Authorization`.
        let signatures: [String?]
    }

    private struct Witness {
        let name: String
        let version: String
        let answers: [Answer]

        /// `nil` when it is not installed.
        init?(_ name: String, _ answer: JSONValue) throws {
            guard let value = answer[name], value != .null else { return nil }
            guard let version = value["version"]?.string, let kinds = value["kinds"]?.array else {
                throw BenchScriptFailure.notUnderstood(witnesses, answer: answer.text)
            }
            self.name = name
            self.version = version
            answers = kinds.map { kind in
                Answer(
                    seconds: kind["seconds"]?.double ?? .nan,
                    signatures: kind["signatures"]?.array?.map(\.string) ?? [])
            }
        }
    }

    private static func measure(_ kind: SigningBenchKind) -> Answer {
        var signed = kind.requests.map { kind.signer.sign($0, at: moment) }
        let times = (0..<runs).map { _ in
            let start = processorSeconds
            for (index, request) in kind.requests.enumerated() {
                signed[index] = kind.signer.sign(request, at: moment)
            }
            return (processorSeconds - start) / Double(requests)
        }
        return Answer(
            seconds: times.sorted()[runs / 2], signatures: signed.map { $0.headers["Authorization"] })
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
