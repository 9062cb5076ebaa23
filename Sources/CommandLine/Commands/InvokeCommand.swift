import AWSClient
import ArgumentParser
import Foundation
import Wire

struct InvokeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "invoke", abstract: "Calls a function and prints its answer.")

    @Argument(help: "Such as alex-tagger.")
    var function: String

    @Argument(help: "The event, a JSON document.")
    var event = "{}"

    @Flag(help: "Also prints the end of the function's log, on standard error.")
    var log = false

    func run() async throws {
        let payload = try JSONValue(reading: event).bytes
        let lambda = LambdaClient(try Tools(settings: .read()).aws)
        let invocation = try await lambda.invoke(
            function: function, payload: payload, timeout: .seconds(910), wantsLog: log)
        if let tail = invocation.logTail { say(tail) }
        print(String(decoding: invocation.payload, as: UTF8.self))
        if invocation.functionError != nil { throw ExitCode.failure }
    }
}
