import BedrockClient
import Foundation  // reads the sources and .env.example
import Functions
import Testing

@Suite struct DeploymentTests {
    static let complete = [
        "AWS_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret",
        "AURORA_CLUSTER_ARN": "arn:cluster", "AURORA_SECRET_ARN": "arn:secret",
        "BEDROCK_MODEL_ID": "model", "SQS_QUEUE_URL": "https://sqs.example/q",
        "CLERK_JWKS_URL": "https://issuer.example/jwks", "CLERK_ISSUER": "https://issuer.example",
    ]

    @Test func `a complete environment is accepted`() throws {
        _ = try Deployment(Self.complete, needs: [.database, .model, .queue, .identity])
    }

    @Test func `all that is missing is named at once`() throws {
        var environment = Self.complete
        environment["AURORA_SECRET_ARN"] = ""
        environment["SQS_QUEUE_URL"] = nil
        environment["CLERK_ISSUER"] = nil
        let failure = #expect(throws: DeploymentFailure.self) {
            try Deployment(environment, needs: [.database, .model, .queue, .identity])
        }
        #expect(failure?.missingVariables == ["AURORA_SECRET_ARN", "SQS_QUEUE_URL", "CLERK_ISSUER"])
        #expect(failure?.description.contains("AURORA_SECRET_ARN, SQS_QUEUE_URL, CLERK_ISSUER") == true)
        _ = try Deployment(environment, needs: [.model])
    }

    @Test(arguments: ["0", "-5", "x", "1.5"])
    func `a lease that is no positive number of seconds is refused`(text: String) throws {
        var environment = Self.complete
        environment["PLANNER_LEASE_SECONDS"] = text
        let deployment = try Deployment(environment, needs: [])
        let failure = #expect(throws: DeploymentFailure.self) { try deployment.plannerLease }
        #expect(failure?.description.contains("PLANNER_LEASE_SECONDS") == true)
    }

    @Test func `a lease is the one that is set, else the standard one`() throws {
        var environment = Self.complete
        environment["PLANNER_LEASE_SECONDS"] = ""
        #expect(try Deployment(environment, needs: []).plannerLease == .seconds(905))
        environment["PLANNER_LEASE_SECONDS"] = "61"
        #expect(try Deployment(environment, needs: []).plannerLease == .seconds(61))
    }

    @Test func `the model is on Bedrock, unless a chat server is named`() throws {
        var environment = Self.complete
        #expect(try Deployment(environment, needs: [.model]).model is BedrockModel)
        environment["MODEL_BASE_URL"] = "http://127.0.0.1:11434/v1"
        environment["BEDROCK_MODEL_ID"] = nil
        let failure = #expect(throws: DeploymentFailure.self) { try Deployment(environment, needs: [.model]) }
        #expect(failure?.missingVariables == ["MODEL_NAME"])
        environment["MODEL_NAME"] = "llama3.1"
        let model = try Deployment(environment, needs: [.model]).model
        #expect((model as? ChatCompletionsModel)?.model == "llama3.1")
        environment["MODEL_BASE_URL"] = "127.0.0.1:11434"
        #expect(throws: DeploymentFailure.self) { try Deployment(environment, needs: [.model]) }
    }

    @Test func `lists are split at commas`() throws {
        var environment = Self.complete
        environment["CORS_ORIGINS"] = " https://a.example, https://b.example ,"
        #expect(
            try Deployment(environment, needs: []).list("CORS_ORIGINS") == [
                "https://a.example", "https://b.example",
            ])
    }

    @Test func `an address of the key set that is no address does not start`() throws {
        var environment = Self.complete
        environment["CLERK_JWKS_URL"] = "issuer.example/jwks"
        #expect(throws: DeploymentFailure.self) {
            try APIFunction(Deployment(environment, needs: [.database, .queue, .identity]))
        }
    }

    @Test func `an unknown market plan does not start`() throws {
        var environment = Self.complete
        environment["POLYGON_API_KEY"] = "key"
        environment["POLYGON_PLAN"] = "premium"
        #expect(throws: DeploymentFailure.self) {
            try PlannerFunction(Deployment(environment, needs: [.database, .model, .queue]))
        }
        environment["POLYGON_PLAN"] = "paid"
        _ = try PlannerFunction(Deployment(environment, needs: [.database, .model, .queue]))
    }
}

/// `.env.example` against what the sources read.
@Suite struct EnvironmentExampleTests {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    /// Set by the terminal, the shell or Lambda itself, not by a person.
    static let notForPeople: Set = [
        "NO_COLOR", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_SESSION_TOKEN",
        "AWS_ENDPOINT_URL_BEDROCK_RUNTIME", "AWS_ENDPOINT_URL",
        "LAMBDA_TASK_ROOT",
    ]

    /// The names in the file, those in comments (`# NAME=`) included.
    private func documented() throws -> [String] {
        let text = try String(contentsOf: Self.root.appendingPathComponent(".env.example"), encoding: .utf8)
        return text.split(separator: "\n").compactMap { line in
            let line = line.hasPrefix("# ") ? line.dropFirst(2) : line
            guard let sign = line.firstIndex(of: "=") else { return nil }
            let name = line[..<sign]
            return Self.isName(name) ? String(name) : nil
        }
    }

    private static func isName(_ text: some StringProtocol) -> Bool {
        text.utf8.count > 3 && text.contains("_")
            && text.utf8.allSatisfy { (0x41...0x5a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5f }
    }

    /// String literals that look like variables.
    private func names(in path: String) throws -> Set<String> {
        let text = try String(contentsOf: Self.root.appendingPathComponent(path), encoding: .utf8)
        return Set(text.split(separator: "\"").filter { Self.isName($0) }.map(String.init))
    }

    @Test(arguments: [
        "Sources/Functions/Deployment.swift", "Sources/Functions/Deployment+Model.swift",
        "Sources/Functions/Analysis/SectionCalls.swift",
        "Sources/Functions/Analysis/Preparation.swift", "Sources/Functions/API/APIFunction.swift",
        "Sources/Functions/Research/Deployment+Knowledge.swift",
        "Sources/Functions/Research/ResearchDispatch.swift",
        "Sources/Functions/Research/Deployment+Research.swift",
        "Sources/CommandLine/Knowledge/KnowledgeDesk.swift",
        "Sources/CommandLine/Settings.swift", "Sources/CommandLine/LocalStack.swift",
        "Sources/CommandLine/ModelChoice.swift", "Sources/CommandLine/Tools.swift",
    ]) func `every variable that is read is documented`(path: String) throws {
        let names = try names(in: path)
        #expect(!names.isEmpty)
        let missing = names.subtracting(try documented()).subtracting(Self.notForPeople)
        #expect(missing.isEmpty)
    }

    @Test func `no variable is documented twice`() throws {
        let names = try documented()
        #expect(Set(names).count == names.count)
        #expect(names.count > 20)
    }
}
