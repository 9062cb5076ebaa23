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
    /// is never served.
    ///
    /// - Parameter build: Makes the handler from the environment. What it throws is reported to Lambda as a
    ///   failed initialisation.
    package static func run(_ build: @Sendable ([String: String]) throws -> some LambdaHandler) -> Never {
        let environment = processEnvironment()
        let log = Logger(environment: environment)
        do {
            if environment["AWS_LAMBDA_RUNTIME_API"] == nil { try runLocally(build, environment, log) }
            var client = try RuntimeAPIClient(environment["AWS_LAMBDA_RUNTIME_API"] ?? "")
            guard let handler = initialize(build, environment, on: &client, log) else { exit(1) }
            let loop = InvocationLoop(handler, log: log, setsTraceID: true)
            throw loop.run(on: &client)
        } catch {
            log.log(.fatal, "\(error)")
            exit(1)
        }
    }

    /// - Returns: `nil` when there is no handler, after having said so to Lambda.
    package static func initialize<Handler: LambdaHandler>(
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
