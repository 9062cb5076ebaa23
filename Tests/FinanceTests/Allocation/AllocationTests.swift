import Finance
import Testing

@Suite struct AllocationTests {
    @Test func `parts that do not make a whole are refused`() {
        #expect(throws: AllocationFailure.sumIsNot100(percent: 90)) {
            try Allocation<AssetClass>([.equity: 90])
        }
        #expect(throws: AllocationFailure.sumIsNot100(percent: 0)) { try Allocation<AssetClass>([:]) }
    }

    @Test(arguments: [99.95, 100.05, 100]) func `rounding within the tolerance is accepted`(_ sum: Double)
        throws
    {
        let allocation = try Allocation<AssetClass>([.equity: sum - 40, .fixedIncome: 40])
        #expect(allocation[.fixedIncome] == 40)
    }

    @Test(arguments: [99.94, 100.06]) func `rounding beyond the tolerance is refused`(_ sum: Double) {
        #expect(throws: AllocationFailure.self) {
            try Allocation<AssetClass>([.equity: sum - 40, .fixedIncome: 40])
        }
    }

    @Test(arguments: [-1, 101, Double.nan, .infinity]) func `a part is a percentage`(_ percent: Double) {
        #expect(throws: AllocationFailure.self) {
            try Allocation<AssetClass>([.equity: percent, .cash: 100 - percent])
        }
    }

    @Test func `parts come in the order of the category and leave zeros out`() throws {
        let allocation = try Allocation<AssetClass>([.cash: 30, .equity: 70, .commodities: 0])
        #expect(allocation.parts.map(\.category) == [.equity, .cash])
        #expect(allocation[.commodities] == 0)
        #expect(Allocation<Region>.entirely(.asia).parts.map(\.percent) == [100])
    }

    @Test func `titles are for people`() {
        #expect(Region.northAmerica.title == "North America")
        #expect(AssetClass.equity.title == "Equity")
        #expect(Sector.consumerStaples.title == "Consumer Staples")
    }

    @Test(arguments: ["brk.b", "^GSPC", "EURUSD=X", "A"]) func `symbols are raised`(_ text: String) {
        #expect(Symbol(text)?.description == text.uppercased())
    }

    @Test(arguments: ["", "IGNORE ALL RULES", "SPY\n", "ß", "ABCDEFGHIJKLMNOPQRSTU", "SPY;", "\u{202e}SPY"])
    func `what is no symbol is refused`(_ text: String) {
        #expect(Symbol(text) == nil)
    }
}
