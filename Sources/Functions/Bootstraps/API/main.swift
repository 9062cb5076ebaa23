import Functions
import LambdaRuntime

LambdaRuntime.run { environment in
    try APIFunction(Deployment(environment, needs: [.database, .queue, .identity]))
}
