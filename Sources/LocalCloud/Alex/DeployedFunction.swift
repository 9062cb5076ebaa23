/// The functions of the product as they are deployed: the same list as in Package.swift and in terraform.
package struct DeployedFunction: Sendable, Equatable {
    /// Executable product of Package.swift: `Planner`.
    package let product: String
    /// On Lambda: `alex-planner`.
    package let name: String
    package var timeout: Duration
    package let memoryMegabytes: Int

    package static let planner = DeployedFunction(
        product: "Planner", name: "alex-planner", timeout: .seconds(900), memoryMegabytes: 2048)
    package static let tagger = DeployedFunction(
        product: "Tagger", name: "alex-tagger", timeout: .seconds(300), memoryMegabytes: 1024)
    package static let reporter = DeployedFunction(
        product: "Reporter", name: "alex-reporter", timeout: .seconds(300), memoryMegabytes: 1024)
    package static let charter = DeployedFunction(
        product: "Charter", name: "alex-charter", timeout: .seconds(300), memoryMegabytes: 1024)
    package static let retirement = DeployedFunction(
        product: "Retirement", name: "alex-retirement", timeout: .seconds(300), memoryMegabytes: 1024)
    package static let api = DeployedFunction(
        product: "API", name: "alex-api", timeout: .seconds(30), memoryMegabytes: 512)
    package static let ingest = DeployedFunction(
        product: "Ingest", name: "alex-ingest", timeout: .seconds(60), memoryMegabytes: 1024)
    package static let search = DeployedFunction(
        product: "Search", name: "alex-search", timeout: .seconds(29), memoryMegabytes: 1024)
    package static let researcher = DeployedFunction(
        product: "Researcher", name: "alex-researcher", timeout: .seconds(900), memoryMegabytes: 1024)

    package static let all = [
        planner, tagger, reporter, charter, retirement, api, ingest, search, researcher,
    ]
}
