import CommandLine
import Testing

struct PartTests {
    @Test(arguments: ["5_database", "database", "5"])
    func `a part goes by its directory, its name and its number`(_ name: String) {
        #expect(Part(named: name) == .database)
    }

    @Test(arguments: ["", "55", "data", "_", "9"]) func `what is no part is none`(_ name: String) {
        #expect(Part(named: name) == nil)
    }

    @Test func `every part is found under its own directory, and none comes before what it needs`() {
        for part in Part.allCases { #expect(Part(named: part.rawValue) == part) }
        #expect(
            Part.allCases == [
                .sagemaker, .ingestion, .database, .researcher, .agents, .frontend, .observability,
            ])
        #expect(Part.essential == Part.allCases.filter(Part.essential.contains))
    }

    @Test func `a refusal to delete names what would be lost`() {
        let words = DeployFailure.holdsData([.database]).description
        #expect(words.contains("every household, account and analysis (5_database)"))
        #expect(words.contains("nothing was done"))
    }
}
