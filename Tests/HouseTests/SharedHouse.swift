import LocalCloud
import Testing

/// The stories that live in one house, which is started once for all of them.
@Suite(.inOneHouse, .timeLimit(.minutes(10))) enum SharedHouse {
    @TaskLocal static var current: House?

    static var house: House {
        get throws { try #require(current) }
    }
}

/// Opens a house around a suite.
struct InOneHouse: SuiteTrait, TestScoping {
    func provideScope(
        for test: Test, testCase: Test.Case?,
        performing stories: @concurrent @Sendable () async throws -> Void
    ) async throws {
        try await House.open(try House.plan()) { house in
            try await SharedHouse.$current.withValue(house) { try await stories() }
        }
    }
}

extension Trait where Self == InOneHouse {
    static var inOneHouse: InOneHouse { InOneHouse() }
}
