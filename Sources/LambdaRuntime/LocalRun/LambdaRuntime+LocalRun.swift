import Wire

extension LambdaRuntime {
    /// The life of a process without Lambda: where ``LocalInvokePlane/variable`` says so, callers on this
    /// machine take its place. One loop; of the hooks, that of the shutdown answers to SIGTERM.
    ///
    /// - Returns: The status with which the process has to end.
    static func liveLocally<Handler: Sendable>(
        in environment: [String: String], _ hooks: LifecycleHooks<Handler>, _ log: Logger,
        _ build: ([String: String]) throws -> Handler,
        loop: (Handler, LoopSettings) -> InvocationLoop
    ) -> Int32 {
        do {
            guard let address = environment[LocalInvokePlane.variable] else {
                throw LocalRunFailure.nowhereToAsk
            }
            let listener = try LocalListener(address)
            var plane = LocalInvokePlane(listener, environment: environment, log: log)
            guard let handler = initialize(build, environment, on: &plane, log) else {
                return ExitStatus.failure
            }
            if let hook = hooks.onShutdown, !Shutdown.arrange(log, { try await hook(handler) }) {
                log.error("the shutdown hook cannot be set up: \(SystemCalls.lastError)")
            }
            log.info("waiting for callers", ["address": .string("http://\(listener.address)/invoke")])
            throw loop(handler, LoopSettings(log: log, setsTraceID: true)).run(on: &plane)
        } catch {
            log.log(.fatal, "\(error)")
            return ExitStatus.failure
        }
    }
}
