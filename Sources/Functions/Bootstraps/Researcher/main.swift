import Functions
import LambdaRuntime

LambdaRuntime.run { environment in
    let deployment = try Deployment(environment, needs: [.database, .model, .pages])
    return try ResearcherFunction(deployment)
}
