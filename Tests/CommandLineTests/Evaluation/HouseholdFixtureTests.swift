import CommandLine
import Finance
import Quantities
import Testing
import Wire

@Suite struct HouseholdFixtureTests {
    private func household(cash: String = "12.50", symbol: String = "VTI") throws -> HouseholdFixture {
        try HouseholdFixture(
            JSONValue(
                reading: """
                    {"about": "One account", "as_of": "2026-11-20T12:00:00Z", "investor": {
                    "years_until_retirement": 3, "target_income_usd": "100", "birth_year": 1980,
                    "yearly_contribution_usd": null, "asset_class_targets": {"equity": 100},
                    "region_targets": {"global": 100}}, "instruments": [], "accounts": [{"name": "A",
                    "purpose": null, "cash_usd": "\(cash)", "cash_interest_fraction": "0.01",
                    "positions": [{"symbol": "\(symbol)", "quantity": "1.5"}]}]}
                    """))
    }

    @Test func `a household is read as it is written down`() throws {
        let fixture = try household()
        #expect(fixture.portfolio.accounts[0].cashUSD == Decimal("12.5"))
        #expect(fixture.portfolio.accounts[0].positions[0].quantity == Decimal("1.5"))
        #expect(fixture.investor.birthYear == 1980)
        #expect(fixture.investor.yearlyContributionUSD == nil)
        #expect(fixture.investor.regionTargets == .entirely(.global))
    }

    @Test func `what cannot be read is named`() throws {
        let cash = #expect(throws: HouseholdFixtureFailure.self) { try household(cash: "much") }
        #expect(cash?.member == "cash_usd")
        let symbol = #expect(throws: HouseholdFixtureFailure.self) { try household(symbol: "two words") }
        #expect(symbol?.member == "symbol")
    }
}
