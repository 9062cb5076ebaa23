import ArgumentParser
import Foundation
import LocalCloud
import Wire

struct AnalyzeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "analyze",
        abstract:
            "Analyses your own holdings from a CSV file: account,symbol,quantity and "
            + "optionally cash,price,purpose.",
        discussion:
            "An example is examples/household.csv. The file's accounts replace those of "
            + "the household `analyst`."
    )

    @Argument(help: "The CSV file.")
    var file: String

    @Option(help: "Years until retirement.")
    var years: Int?

    @Option(help: "Income wanted in retirement, USD a year in today's money.")
    var income: String?

    @Option(help: "Saved each year until retirement, USD in today's money.")
    var contribution: String?

    @Option(help: "Years retirement is planned to last.")
    var retirementYears: Int?

    @Option(help: "Year of birth.")
    var birthYear: Int?

    @Option(
        name: .shortAndLong, help: "Also writes report.md, report.json and facts.json into this directory.")
    var output: String?

    func run() async throws {
        let holdings: HoldingsFile
        do {
            holdings = try HoldingsFile(String(contentsOfFile: file, encoding: .utf8))
        } catch let failures as HoldingsFailures {
            say(failures.failures.map { "\(file):\($0.line): \($0.message)" }.joined(separator: "\n"))
            say("Nothing was analysed. Correct these lines and try again.")
            throw ExitCode.failure
        }
        let settings = try Settings.read()
        let profile = profile
        let output = output
        try await withCloud(settings) { tools in
            let api = try tools.webAPI(for: .analyst)
            try await HoldingsUpload(api: api).replace(with: holdings, profile: profile)
            let style = Style.ofTerminal(settings)
            let result = try await watchAnalysis(api, style)
            print(AnalysisScreen(style: style).text(result))
            if let output, let id = result.job["id"]?.string {
                let facts = try await api.send(.get, "/api/jobs/\(id)/facts")
                try ReportFiles(directory: output).write(result.job, facts: facts)
            }
            guard result.job["status"]?.string == "completed" else { throw ExitCode.failure }
        }
    }

    /// The members of `PUT /api/user` that were given.
    private var profile: [String: JSONValue] {
        var profile: [String: JSONValue] = [:]
        if let years { profile["years_until_retirement"] = .number(years) }
        if let income { profile["target_retirement_income"] = .string(income) }
        if let contribution { profile["yearly_contribution"] = .string(contribution) }
        if let retirementYears { profile["retirement_years"] = .number(retirementYears) }
        if let birthYear { profile["birth_year"] = .number(birthYear) }
        return profile
    }
}
