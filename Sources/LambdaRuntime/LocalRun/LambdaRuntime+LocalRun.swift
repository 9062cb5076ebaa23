import Wire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension LambdaRuntime {
    /// Answers callers on this machine instead of Lambda, where ``LocalInvokePlane/variable`` says so.
    ///
    /// - Throws: ``LocalRunFailure``, or why the loop has ended.
    static func runLocally(
        _ build: ([String: String]) throws -> some LambdaHandler, _ environment: [String: String],
        _ log: Logger
    ) throws -> Never {
        guard let address = environment[LocalInvokePlane.variable] else { throw LocalRunFailure.nowhereToAsk }
        let listener = try LocalListener(address)
        var plane = LocalInvokePlane(listener, environment: environment, log: log)
        guard let handler = initialize(build, environment, on: &plane, log) else { exit(1) }
        log.info("waiting for callers", ["address": .string("http://\(listener.address)/invoke")])
        throw InvocationLoop(handler, log: log, setsTraceID: true).run(on: &plane)
    }
}
