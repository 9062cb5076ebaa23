import Agents
import Functions
import LambdaRuntime

LambdaRuntime.run { environment in
    let deployment = try Deployment(environment, needs: [.database, .model])
    return try SectionFunction(
        ReporterAgent(
            model: deployment.model, research: deployment.research,
            judge: JudgeAgent(model: deployment.model)), deployment)
}
