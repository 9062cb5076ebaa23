import Functions
import LambdaRuntime

LambdaRuntime.run { environment in
    try TaggerFunction(Deployment(environment, needs: [.database, .model]))
}
