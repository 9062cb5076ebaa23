import Functions
import LambdaRuntime

LambdaRuntime.run { environment in
    let deployment = try Deployment(environment, needs: [.knowledge])
    return IngestFunction(knowledge: try deployment.knowledge, splitter: try deployment.splitter)
}
