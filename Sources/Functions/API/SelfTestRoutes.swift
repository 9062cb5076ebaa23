import Finance
import Wire

/// The engine this function runs, against numbers others have published.
struct SelfTestRoutes: Sendable {
    static let version = "1"

    func show(_ call: Call) async throws -> Answer {
        let clock = ContinuousClock()
        let start = clock.now
        let cases = try SelfTest.cases()
        let seconds = (clock.now - start) / .seconds(1)
        let passed = cases.count(where: \.passes)
        var names: [String] = []
        for test in cases where !names.contains(test.group) { names.append(test.group) }
        return Answer([
            "passed": .number(passed), "failed": .number(cases.count - passed), "seconds": .number(seconds),
            "version": .string(Self.version),
            "groups": .array(names.map { name in Self.group(name, cases.filter { $0.group == name }) }),
        ])
    }

    private static func group(_ name: String, _ cases: [SelfTestCase]) -> JSONValue {
        [
            "name": .string(name), "description": .string(cases.first?.source ?? ""),
            "cases": .array(cases.map(view)),
        ]
    }

    private static func view(_ test: SelfTestCase) -> JSONValue {
        [
            "name": .string(test.name), "source": .string(test.source), "expected": .number(test.expected),
            "got": test.got.isFinite ? .number(test.got) : .null, "tolerance": .number(test.tolerance),
            "unit": .string(test.unit), "passed": .bool(test.passes),
        ]
    }
}
