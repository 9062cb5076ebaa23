import BedrockClient
import Wire

extension Deployment {
    /// The model the agents ask: the one of the chat server at `MODEL_BASE_URL` where that is set, else the
    /// one on Bedrock.
    package var model: any LanguageModel {
        if let server = HTTPURL(variable(Self.serverVariable)) {
            return ChatCompletionsModel(
                model: variable(Self.nameVariable), base: server, key: variable("MODEL_API_KEY"),
                transport: transport)
        }
        var configuration = aws
        configuration.region = variable("BEDROCK_REGION", default: aws.region)
        return BedrockModel(modelID: variable("BEDROCK_MODEL_ID"), configuration: configuration)
    }

    private static let serverVariable = "MODEL_BASE_URL"
    private static let nameVariable = "MODEL_NAME"

    /// What has to be set before a model can be asked.
    static func modelVariables(_ environment: [String: String]) -> [String] {
        let server = environment[serverVariable] ?? ""
        return server.isEmpty ? ["BEDROCK_MODEL_ID"] : [nameVariable]
    }

    /// - Throws: ``DeploymentFailure`` when the chat server is set and no address.
    static func checkModelServer(_ environment: [String: String]) throws(DeploymentFailure) {
        let server = environment[serverVariable] ?? ""
        guard server.isEmpty || HTTPURL(server) != nil else {
            throw DeploymentFailure(missingVariables: ["\(serverVariable) (an http or https address)"])
        }
    }
}
