import AWSClient
import Foundation

/// Takes parts of Alex down again, in the reverse order. Data is deleted only when that is said.
struct Destroying {
    let parts: [Part]
    let terraform: Terraform
    let configuration: AWSConfiguration
    let style: Style
    let isConfirmed: Bool
    let deletesData: Bool

    func run() async throws {
        let deployed = try parts.filter(terraform.isDeployed).reversed()
        // Vectors are no part of Terraform's state: without --delete-data they simply stay.
        let protected = deployed.filter { $0 == .database }
        guard deletesData || protected.isEmpty else { throw DeployFailure.holdsData(Array(protected)) }
        for part in deployed {
            print("\n" + style.bold(part.rawValue))
            try terraform.initialise(part)
            try await destroy(part)
        }
        let names = deployed.map(\.rawValue).joined(separator: ", ")
        print("\n" + style.bold(names.isEmpty ? "Nothing is deployed." : "Destroyed: \(names)"))
    }

    private func destroy(_ part: Part) async throws {
        var plan = try terraform.plan(part, isDestroying: true, variables: variables(of: part))
        defer { terraform.forget(plan) }
        let loss = part.data.map { deletesData ? " This deletes \($0) for good." : "" } ?? ""
        try Confirmation(isGiven: isConfirmed).ask("Destroy \(part.rawValue)?\(loss)")
        if part == .ingestion { try await endIngestion() }
        if part == .database, try unlock(part) {
            terraform.forget(plan)
            plan = try terraform.plan(part, isDestroying: true, variables: variables(of: part))
        }
        try terraform.apply(plan)
    }

    /// A cluster that is protected cannot be destroyed: the protection is taken off first, once it is certain
    /// that the database shall go.
    ///
    /// - Returns: Whether anything was changed, so that an earlier plan no longer holds.
    private func unlock(_ part: Part) throws -> Bool {
        let plan = try terraform.plan(part, variables: variables(of: part))
        defer { terraform.forget(plan) }
        guard plan.hasChanges else { return false }
        try terraform.apply(plan)
        return true
    }

    private func variables(of part: Part) -> [String: String] {
        part == .database ? ["deletion_protection": "false", "skip_final_snapshot": "true"] : [:]
    }

    /// The key and the vectors are not Terraform's.
    private func endIngestion() async throws {
        let outputs = try PartOutputs(.ingestion, terraform)
        try await IngestKey(
            configuration, secret: try outputs["ingest_key_secret_arn"],
            usagePlan: try outputs["usage_plan_id"]
        ).delete()
        let bucket = try outputs["vector_bucket"]
        guard deletesData else {
            print("The vectors stay in \(bucket): `alex vectors delete --delete-data` deletes them.")
            return
        }
        try await KnowledgeIndex(configuration, bucket: bucket, index: try outputs["vector_index"]).delete()
    }
}
