import AWSClient
import ArgumentParser
import Foundation
import Transport
import Wire

/// What all commands share that work with the parts on AWS.
struct PartsArguments: ParsableArguments {
    @Argument(help: "Parts, such as 5_database, database or 5.")
    var parts: [String] = []

    @Option(help: "Where the directories of the parts are.")
    var folder = "terraform"

    func chosen(default standard: [Part]) throws -> [Part] {
        guard !parts.isEmpty else { return standard }
        let chosen = try parts.map { name in
            guard let part = Part(named: name) else { throw DeployFailure.noPart(name) }
            return part
        }
        return Part.allCases.filter(chosen.contains)
    }

    func terraform(_ settings: Settings) throws -> Terraform {
        try Terraform(folder: folder, environment: try Self.environment(settings))
    }

    /// Of AWS and not of the local cloud, whatever else is set.
    static func aws(_ settings: Settings) throws -> AWSConfiguration {
        try AWSAccount(try environment(settings)).configuration
    }

    /// Says once which account is meant, before anything is done to it.
    @inline(never)
    static func introduce(_ configuration: AWSConfiguration) async throws {
        let identity = try await AWSAccount.identity(configuration).mapError(AWSAccount.failure).get()
        print("Account \(identity.account) as \(identity.arn), region \(configuration.region)")
    }

    /// The region is the one of every program that is started, too.
    private static func environment(_ settings: Settings) throws -> [String: String] {
        var variables = settings.variables
        if let region = try AWSAccount.region(settings) {
            variables["AWS_REGION"] = region
            variables["TF_VAR_aws_region"] = region
        }
        return variables
    }
}

struct DeployCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deploy",
        abstract: "Brings parts of Alex to AWS: package, plan, confirm, apply, migrate, upload, check.",
        discussion:
            "Without parts: \(Part.essential.map(\.rawValue).joined(separator: ", ")). Safe to repeat.")

    @OptionGroup var arguments: PartsArguments

    @Flag(help: "Apply each plan without asking.")
    var yes = false

    @Flag(inversion: .prefixedNo, help: "Build the packages of the functions first.")
    var package = true

    @Option(help: "How many seconds the site may take to become healthy.")
    var patience = Int(SmokeTest.patience.components.seconds)

    func run() async throws {
        let settings = try Settings.read()
        let parts = try arguments.chosen(default: Part.essential)
        let terraform = try arguments.terraform(settings)
        let aws = try PartsArguments.aws(settings)
        try await PartsArguments.introduce(aws)
        let functions = parts.flatMap(\.functions)
        if package, !functions.isEmpty {
            try ChildProgram(name: "swift").check(["scripts/package.swift"] + functions)
        }
        let missing = functions.filter {
            !FileManager.default.fileExists(atPath: "packages/\($0).zip")
        }
        guard missing.isEmpty else { throw DeployFailure.missingPackages(missing) }
        try await Deploying(
            parts: parts, terraform: terraform, configuration: aws,
            root: FileManager.default.currentDirectoryPath, style: .ofTerminal(settings), isConfirmed: yes,
            patience: .seconds(patience)
        ).run()
    }
}

struct DestroyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "destroy",
        abstract:
            "Takes parts of Alex down on AWS, in the reverse order. Without parts: all that are deployed."
    )

    @OptionGroup var arguments: PartsArguments

    @Flag(help: "Destroy each part without asking.")
    var yes = false

    @Flag(help: "Also what holds data: the database and the knowledge base.")
    var deleteData = false

    func run() async throws {
        let settings = try Settings.read()
        let aws = try PartsArguments.aws(settings)
        let terraform = try arguments.terraform(settings)
        try await PartsArguments.introduce(aws)
        try await Destroying(
            parts: try arguments.chosen(default: Part.allCases), terraform: terraform, configuration: aws,
            style: .ofTerminal(settings), isConfirmed: yes, deletesData: deleteData
        ).run()
    }
}

struct OutputsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outputs",
        abstract: "Carries the outputs of deployed parts over into the terraform.tfvars of the others.")

    @OptionGroup var arguments: PartsArguments

    @Flag(help: "Print the lines for .env instead: alex outputs --env >> .env")
    var env = false

    func run() async throws {
        let terraform = try arguments.terraform(Settings.read())
        let variables = PartVariables(terraform: terraform)
        if env {
            for (name, value) in try variables.environment() { print("\(name)=\(value)") }
            return
        }
        for part in try arguments.chosen(default: Part.allCases) {
            let names = try variables.write(for: part)
            print(
                "\(part.rawValue): "
                    + (names.isEmpty ? "nothing to carry over yet" : names.joined(separator: ", ")))
        }
    }
}

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract:
            "What is deployed, in which version, at which address, and what it costs. Fails when unhealthy."
    )

    @OptionGroup var arguments: PartsArguments

    func run() async throws {
        let settings = try Settings.read()
        let terraform = try arguments.terraform(settings)
        let lines = StatusLines(style: .ofTerminal(settings))
        for part in try arguments.chosen(default: Part.allCases) {
            let deployed = DeployedPart(part, resources: try terraform.resources(of: part))
            for line in lines.lines(deployed, freshness: Self.freshness) { print(line) }
        }
        guard let site = try terraform.outputs(of: .frontend)["site_url"]?.value.string else { return }
        let transport = CurlTransport(environment: settings.variables)
        let complaint = await SmokeTest(transport: transport).complaint(about: site)
        print("\n\(site)  \(complaint.map { "is not healthy: \($0)" } ?? "is healthy")")
        if complaint != nil { throw ExitCode.failure }
    }

    /// `alex-planner` is the package `Planner`.
    private static func freshness(of function: DeployedPart.Function) -> DeployedPart.Freshness {
        let name = Part.allCases.flatMap(\.functions).first { "alex-\($0.lowercased())" == function.name }
        let zip = name.flatMap { FileManager.default.contents(atPath: "packages/\($0).zip") }
        return DeployedPart.freshness(of: function, package: zip.map { [UInt8]($0) })
    }
}

struct VectorsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vectors", abstract: "The vector bucket and index of the knowledge base.",
        subcommands: [Create.self, Delete.self])

    struct Names: ParsableArguments {
        @Option(help: "The vector bucket; without it VECTOR_BUCKET, or else alex-vectors-ACCOUNT.")
        var bucket: String?

        @Option(help: "The index; without it VECTOR_INDEX.")
        var index: String?

        func knowledgeIndex(_ settings: Settings, _ aws: AWSConfiguration) async throws -> KnowledgeIndex {
            let place = try await KnowledgeIndex.place(
                aws, bucket: bucket ?? settings["VECTOR_BUCKET"], index: index ?? settings["VECTOR_INDEX"])
            return KnowledgeIndex(aws, bucket: place.bucket, index: place.index)
        }
    }

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "create", abstract: "Makes the bucket and the index. Safe to repeat.")

        @OptionGroup var names: Names

        func run() async throws {
            let settings = try Settings.read()
            let index = try await names.knowledgeIndex(settings, PartsArguments.aws(settings))
            let isNew = try await index.create()
            print(
                "\(index.bucket)/\(index.index.name) \(isNew ? "is made" : "is there already"): "
                    + "\(index.index.dimension) numbers a vector, \(index.index.metric.rawValue) distance")
        }
    }

    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "delete", abstract: "Deletes the index with all vectors, and the bucket.")

        @OptionGroup var names: Names

        @Flag(help: "Yes, every document of the knowledge base.")
        var deleteData = false

        func run() async throws {
            guard deleteData else { throw DeployFailure.holdsData([.ingestion]) }
            let settings = try Settings.read()
            let index = try await names.knowledgeIndex(settings, PartsArguments.aws(settings))
            try await index.delete()
            print("\(index.bucket)/\(index.index.name) is gone.")
        }
    }
}
