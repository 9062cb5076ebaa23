import AWSClient
import DataAPIClient
import Foundation
import LocalCloud
import Store
import Wire

/// Brings parts of Alex to AWS: package, plan, confirm, apply, and what Terraform cannot do.
///
/// Every step may be repeated; after a failure the same command goes on where it stopped.
struct Deploying {
    let parts: [Part]
    let terraform: Terraform
    let configuration: AWSConfiguration
    let root: String
    let style: Style
    let isConfirmed: Bool
    /// How long a site is waited for.
    let patience: Duration

    func run() async throws {
        for (index, part) in parts.enumerated() {
            title("\(part.rawValue) (\(index + 1) of \(parts.count))")
            try buildSite(for: part)
            let written = try PartVariables(terraform: terraform).write(for: part)
            if !written.isEmpty { step("terraform.tfvars knows \(written.joined(separator: ", "))") }
            try terraform.initialise(part)
            let plan = try terraform.plan(part)
            defer { terraform.forget(plan) }
            if plan.hasChanges {
                try Confirmation(isGiven: isConfirmed).ask("Apply this plan of \(part.rawValue)?")
                try terraform.apply(plan)
            } else {
                step("is as it should be")
            }
            try await finish(part)
        }
        title("Deployed: \(parts.map(\.rawValue).joined(separator: ", "))")
    }

    /// What is left to do when Terraform is through.
    private func finish(_ part: Part) async throws {
        switch part {
        case .ingestion: try await finishIngestion()
        case .database: try await finishDatabase()
        case .frontend: try await finishFrontend()
        case .sagemaker, .researcher, .agents, .observability: break
        }
    }

    private func finishIngestion() async throws {
        let outputs = try PartOutputs(.ingestion, terraform)
        let index = KnowledgeIndex(
            configuration, bucket: try outputs["vector_bucket"], index: try outputs["vector_index"])
        step(try await index.create() ? "the vector index is made" : "the vector index is there")
        let key = IngestKey(
            configuration, secret: try outputs["ingest_key_secret_arn"],
            usagePlan: try outputs["usage_plan_id"])
        step(try await key.create() ? "the key of the REST API is made" : "the key of the REST API is there")
    }

    private func finishDatabase() async throws {
        let outputs = try PartOutputs(.database, terraform)
        let database = DataAPIClient(
            cluster: try outputs["aurora_cluster_arn"], secret: try outputs["aurora_secret_arn"],
            database: try outputs["aurora_database"], configuration: configuration)
        step("the schema is brought up to date; a sleeping database takes half a minute to wake")
        let applied = try await Migrator(database: database).migrate()
        step(applied.isEmpty ? "the schema was up to date" : "applied \(applied.joined(separator: ", "))")
        step("\(try await Seeder(database: database).instruments()) instruments are seeded")
    }

    private func finishFrontend() async throws {
        let outputs = try PartOutputs(.frontend, terraform)
        let site = "\(root)/frontend"
        guard let rules = try await StaticSite(folder: site).rules else {
            throw DeployFailure.noSite(folder: site)
        }
        let upload = SiteUpload(configuration, bucket: try outputs["site_bucket"], rules: rules)
        let files = try SiteUpload.files(in: "\(site)/out", rules: rules)
        let plan = try await upload.run(files, at: configuration.now()) { done, count in
            if isTerminal { progress("uploaded \(done) of \(count)", isLast: done == count) }
        }
        step(
            "the site is up to date: \(plan.assets.count + plan.pages.count) files new, "
                + "\(plan.unchanged) unchanged, \(plan.deletions.count) deleted")
        if !(plan.pages.isEmpty && plan.deletions.isEmpty) {
            _ = try await CloudFrontClient(configuration).invalidateAll(
                of: try outputs["distribution_id"], reference: UUID().uuidString)
            step("the edges forget the old pages")
        }
        let url = try outputs["site_url"]
        step("waiting for \(url)/api/health")
        try await SmokeTest(transport: configuration.transport, patience: patience).run(site: url)
        step("healthy: \(url)")
    }

    /// Part 7's plan reads the site's headers and edge functions, so that the site is built first.
    private func buildSite(for part: Part) throws {
        guard part == .frontend else { return }
        var builder = ChildProgram(name: "scripts/web.sh", directory: root)
        builder.environment = terraform.environment
        try builder.check([])
    }

    private func title(_ text: String) {
        print("\n" + style.bold(text))
        fflush(nil)
    }

    private func step(_ text: String) {
        print("  \(style.colored("·", .cyan)) \(text)")
        fflush(nil)
    }

    private func progress(_ text: String, isLast: Bool) {
        print("\r    \(text)", terminator: isLast ? "\n" : "")
        fflush(nil)
    }
}

/// The outputs of a deployed part, each of which has to be there.
struct PartOutputs {
    private let part: Part
    private let outputs: [String: Terraform.Output]

    init(_ part: Part, _ terraform: Terraform) throws {
        self.part = part
        outputs = try terraform.outputs(of: part)
    }

    subscript(name: String) -> String {
        get throws {
            guard let text = outputs[name]?.value.string, !text.isEmpty else {
                throw DeployFailure.missingOutput(name, of: part)
            }
            return text
        }
    }
}

/// Asks whoever sits at the terminal.
struct Confirmation {
    /// Given beforehand, by `--yes`.
    let isGiven: Bool

    /// - Throws: ``DeployFailure/notConfirmed``, or ``DeployFailure/noTerminal`` when nobody can answer.
    func ask(_ question: String) throws {
        guard !isGiven else { return }
        guard isatty(STDIN_FILENO) == 1 else { throw DeployFailure.noTerminal }
        print("\(question) Type yes to go on: ", terminator: "")
        fflush(nil)
        guard readLine() == "yes" else { throw DeployFailure.notConfirmed }
    }
}
