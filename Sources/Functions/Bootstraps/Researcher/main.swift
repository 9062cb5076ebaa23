import Functions
import LambdaRuntime
