import Foundation
import Wire

/// What the parts know of each other: an output has the same name as the variable of another part that needs
/// it, and `terraform.tfvars` carries it over.
struct PartVariables {
    let terraform: Terraform

    /// Writes what the other parts' outputs say into a part's `terraform.tfvars`; everything else in the file
    /// stays. A part without the file gets its example first.
    ///
    /// - Returns: The names that were set.
    func write(for part: Part) throws -> [String] {
        let directory = terraform.directory(of: part)
        let declared = VariablesFile.names(
            declaredIn: try String(contentsOfFile: "\(directory)/variables.tf", encoding: .utf8))
        let path = "\(directory)/terraform.tfvars"
        let isPresent = FileManager.default.fileExists(atPath: path)
        let original = try String(contentsOfFile: isPresent ? path : "\(path).example", encoding: .utf8)
        var file = VariablesFile(original)
        let values = try values(of: declared, for: part)
        for (name, value) in values { file.set(name, to: value) }
        if !isPresent || file.text != original {
            try file.text.write(toFile: path, atomically: true, encoding: .utf8)
        }
        return values.map(\.key)
    }

    /// Sensitive outputs are not written to files.
    private func values(of names: Set<String>, for part: Part) throws -> [(key: String, value: JSONValue)] {
        var values: [String: JSONValue] = [:]
        for other in Part.allCases where other != part {
            for (name, output) in try terraform.outputs(of: other)
            where names.contains(name) && !output.isSensitive && !output.value.isNull {
                values[name] = output.value
            }
        }
        return values.sorted { $0.key < $1.key }
    }

    /// The lines of `.env` with which the other commands find what is deployed.
    func environment() throws -> [(name: String, value: String)] {
        var values: [String: String] = [:]
        for part in Part.allCases {
            for (name, output) in try terraform.outputs(of: part) {
                guard let variable = Self.variables[name], let text = output.value.string else { continue }
                values[variable] = text
            }
        }
        return values.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// Output -> variable of `.env.example`.
    static let variables = [
        "sagemaker_endpoint": "SAGEMAKER_ENDPOINT", "vector_bucket": "VECTOR_BUCKET",
        "vector_index": "VECTOR_INDEX", "ingest_url": "ALEX_API_ENDPOINT",
        "ingest_function": "INGEST_FUNCTION", "search_function": "SEARCH_FUNCTION",
        "researcher_function": "RESEARCHER_FUNCTION",
        "aurora_cluster_arn": "AURORA_CLUSTER_ARN", "aurora_secret_arn": "AURORA_SECRET_ARN",
        "aurora_database": "AURORA_DATABASE", "queue_url": "SQS_QUEUE_URL", "site_url": "CLOUDFRONT_URL",
    ]
}
