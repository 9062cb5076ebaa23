import Finance
import Testing

@Suite struct SelfTestTests {
    @Test func `the engine agrees with every published result`() throws {
        let cases = try SelfTest.cases()
        #expect(cases.count >= 60)
        for test in cases {
            #expect(test.passes, "\(test.group), \(test.name): \(test.got) instead of \(test.expected)")
        }
    }

    @Test func `every case says what it is, where it comes from and how exact it is`() throws {
        let cases = try SelfTest.cases()
        #expect(Set(cases.map { $0.group + $0.name }).count == cases.count)
        for test in cases {
            #expect(!test.source.isEmpty && test.tolerance > 0 && test.expected.isFinite)
        }
    }

    @Test func `it gives the same numbers every time`() throws {
        #expect(try SelfTest.cases() == SelfTest.cases())
    }

    @Test func `a case without a number, or off by more than its tolerance, fails`() {
        func test(got: Double) -> SelfTestCase {
            SelfTestCase(
                "x", group: "g", source: "s", expected: 1, got: got, tolerance: 0.1, unit: "")
        }
        #expect(test(got: 1.09).passes)
        #expect(!test(got: 1.11).passes)
        #expect(!test(got: .nan).passes)
    }

    @Test func `it takes well under a second`() throws {
        let clock = ContinuousClock()
        let fastest = try (0..<3).map { _ in try clock.measure { _ = try SelfTest.cases() } }.min()
        #expect(try #require(fastest) < .seconds(1))
    }
}
