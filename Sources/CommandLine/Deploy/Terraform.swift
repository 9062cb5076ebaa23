import Foundation
import Wire

/// Runs Terraform in the directories of the parts.
struct Terraform {
    /// Absolute; holds a directory for each part.
    let folder: String
    let environment: [String: String]

    /// - Throws: ``DeployFailure`` when there are no parts where they are looked for.
    init(folder: String, environment: [String: String]) throws {
        self.folder = URL(fileURLWithPath: folder).path
        self.environment = environment
        guard FileManager.default.fileExists(atPath: "\(self.folder)/\(Part.database.rawValue)") else {
            throw DeployFailure.noParts(folder: folder)
        }
    }

    func directory(of part: Part) -> String { "\(folder)/\(part.rawValue)" }

    /// A plan as Terraform keeps it: it may hold what must not be read by others, and lives as long as it is
    /// worked with.
    struct Plan {
        let part: Part
        let file: String
        let hasChanges: Bool
    }

    func initialise(_ part: Part) throws {
        try program(part).check(["init", "-input=false", "-no-color"])
    }

    /// Shows what would change.
    ///
    /// - Parameter variables: Win over those of the part's `terraform.tfvars`.
    func plan(_ part: Part, isDestroying: Bool = false, variables: [String: String] = [:]) throws -> Plan {
        let scratch = FileManager.default.temporaryDirectory.appendingPathComponent(
            "alex-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: scratch, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let file = scratch.appendingPathComponent("plan").path
        var arguments = ["plan", "-input=false", "-detailed-exitcode", "-out=\(file)"]
        if isDestroying { arguments.append("-destroy") }
        for (name, value) in variables.sorted(by: { $0.key < $1.key }) {
            arguments += ["-var", "\(name)=\(value)"]
        }
        let status = try program(part).run(arguments)
        // 2 says that there is something to do.
        guard status == 0 || status == 2 else {
            forget(Plan(part: part, file: file, hasChanges: false))
            throw DeployFailure.terraform(part, step: "plan", status: status)
        }
        return Plan(part: part, file: file, hasChanges: status == 2)
    }

    func apply(_ plan: Plan) throws {
        let status = try program(plan.part).run(["apply", "-input=false", plan.file])
        guard status == 0 else { throw DeployFailure.terraform(plan.part, step: "apply", status: status) }
    }

    func forget(_ plan: Plan) {
        do {
            try FileManager.default.removeItem(
                at: URL(fileURLWithPath: plan.file).deletingLastPathComponent())
        } catch {
            say("The plan's file could not be deleted: \(plan.file) (\(error.localizedDescription))")
        }
    }

    struct Output: Equatable {
        let value: JSONValue
        let isSensitive: Bool
    }

    /// Empty when the part is not deployed.
    func outputs(of part: Part) throws -> [String: Output] {
        guard try isDeployed(part) else { return [:] }
        let bytes = try program(part).output(["output", "-json", "-no-color"])
        return (try JSONValue(reading: [UInt8](bytes)).object ?? [:]).mapValues { output in
            Output(value: output["value"] ?? .null, isSensitive: output["sensitive"]?.bool ?? false)
        }
    }

    /// The resources of the part's state, as Terraform describes them.
    func resources(of part: Part) throws -> [JSONValue] {
        guard try isDeployed(part) else { return [] }
        let state = try JSONValue(
            reading: [UInt8](try program(part).output(["show", "-json", "-no-color"])))
        return Self.resources(in: state["values"]?["root_module"])
    }

    private static func resources(in module: JSONValue?) -> [JSONValue] {
        let own = module?["resources"]?.array ?? []
        let nested = (module?["child_modules"]?.array ?? []).flatMap { resources(in: $0) }
        return (own + nested).filter { $0["mode"]?.string == "managed" }
    }

    /// Whether the part's state holds anything; a destroyed part keeps an empty one.
    func isDeployed(_ part: Part) throws -> Bool {
        let path = "\(directory(of: part))/terraform.tfstate"
        guard let bytes = FileManager.default.contents(atPath: path) else { return false }
        return try JSONValue(reading: [UInt8](bytes))["resources"]?.array?.isEmpty == false
    }

    private func program(_ part: Part) -> ChildProgram {
        ChildProgram(name: "terraform", directory: directory(of: part), environment: environment)
    }
}
