import Quantities
import Wire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The life of a function's process.
package enum LambdaRuntime {
    /// The door of a function: builds its handler, then answers one event after the other until the process
    /// ends.
    ///
    /// The calling thread becomes the thread of the loop, and the handler's tasks run on it; the main actor
    /// is never served. On Managed Instances there are several loops, each on a thread of its own, with one
    /// handler.
    ///
    /// - Parameters:
    ///   - hooks: What else the function does in the life of its process.
    ///   - build: Makes the handler from the environment. What it throws is reported to Lambda as a failed
    ///     initialisation.
    package static func run<Handler: LambdaHandler>(
        hooks: LifecycleHooks<Handler> = LifecycleHooks(),
        _ build: @Sendable ([String: String]) throws -> Handler
    ) -> Never {
        let environment = processEnvironment()
        let log = Logger(environment: environment)
        end(live(in: environment, hooks, log, build) { InvocationLoop($0, $1) })
    }

    /// ``run(hooks:_:)`` for a function that answers part by part.
    package static func stream<Handler: StreamingLambdaHandler>(
        hooks: LifecycleHooks<Handler> = LifecycleHooks(),
        _ build: @Sendable ([String: String]) throws -> Handler
    ) -> Never {
        let environment = processEnvironment()
        let log = Logger(environment: environment)
        end(live(in: environment, hooks, log, build) { InvocationLoop(streaming: $0, $1) })
    }

    /// The life of the process from its set-up to the point where it has to end.
    ///
    /// - Returns: The status with which it has to.
    package static func live<Handler: Sendable>(
        in environment: [String: String], _ hooks: LifecycleHooks<Handler>, _ log: Logger,
        _ build: ([String: String]) throws -> Handler,
        loop: @escaping @Sendable (Handler, LoopSettings) -> InvocationLoop
    ) -> Int32 {
        if environment["AWS_LAMBDA_RUNTIME_API"] == nil {
            return liveLocally(in: environment, hooks, log, build, loop: loop)
        }
        let process = ProcessKind(environment)
        do throws(ControlPlaneFailure) {
            let address = environment["AWS_LAMBDA_RUNTIME_API"] ?? ""
            var client = try RuntimeAPIClient(address)
            guard let handler = initialize(build, environment, on: &client, log) else {
                return ExitStatus.failure
            }
            if let hook = hooks.onShutdown { announceShutdown(at: address, log) { try await hook(handler) } }
            if process == .snapStart, let status = SnapStart.pass(hooks, handler, on: &client, log) {
                return status
            }
            let settings = LoopSettings(process, log)
            let loops = LoopGroup(count: process.loopCount, address: address, log) { loop(handler, settings) }
            throw loops.run(on: &client)
        } catch {
            log.log(.fatal, "\(error)")
            return ExitStatus.failure
        }
    }

    /// Where Lambda does not know extensions, as in an emulator, the hook still answers to SIGTERM.
    private static func announceShutdown(
        at address: String, _ log: Logger, _ hook: @escaping @Sendable () async throws -> Void
    ) {
        guard Shutdown.arrange(log, hook) else {
            return log.error("the shutdown hook cannot be set up: \(SystemCalls.lastError)")
        }
        do throws(ControlPlaneFailure) {
            try InternalExtension(address).park()
        } catch {
            log.warn("Lambda will not announce the shutdown: \(error)")
        }
    }

    private static func end(_ status: Int32) -> Never {
        Shutdown.takePrecedence()
        exit(status)
    }

    /// - Returns: `nil` when there is no handler, after having said so to Lambda.
    package static func initialize<Handler>(
        _ build: ([String: String]) throws -> Handler, _ environment: [String: String],
        on controlPlane: inout some ControlPlane & ~Copyable, _ log: Logger
    ) -> Handler? {
        do {
            return try build(environment)
        } catch {
            let failure = ReportedFailure(error)
            log.log(.fatal, "the function could not be set up", failure.logFields)
            do throws(ControlPlaneFailure) {
                try controlPlane.failInitialization(failure)
            } catch {
                log.error("\(error)")
            }
            return nil
        }
    }
}

/// The variables of this process.
///
/// Split by bytes: to go through text by characters would load Unicode's tables before the first event.
private func processEnvironment() -> [String: String] {
    var environment = [String: String](minimumCapacity: 64)
    var next = environ
    while let entry = next.pointee {
        next += 1
        guard let equals = strchr(entry, Int32(UInt8(ascii: "="))) else { continue }
        let name = UnsafeRawBufferPointer(start: entry, count: entry.distance(to: equals))
        environment[String(decoding: name, as: UTF8.self)] = String(cString: equals + 1)
    }
    return environment
}
