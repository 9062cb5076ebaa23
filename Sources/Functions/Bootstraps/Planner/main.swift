import Functions
import LambdaRuntime

LambdaRuntime.run { environment in
    try PlannerFunction(Deployment(environment, needs: [.database, .model, .queue]))
}
