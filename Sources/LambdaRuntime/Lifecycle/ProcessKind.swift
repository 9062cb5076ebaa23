/// How Lambda uses a process of the function.
///
/// Source: the environment variables of Lambda, `AWS_LAMBDA_INITIALIZATION_TYPE` and
/// `AWS_LAMBDA_MAX_CONCURRENCY`.
package enum ProcessKind: Sendable, Equatable {
    /// One event at a time: `on-demand`, `provisioned-concurrency`, and whatever may come.
    case single
    /// As ``single``, in copies of a snapshot.
    case snapStart
    /// Managed Instances: so many events at once.
    case managedInstances(loopCount: Int)

    /// Lambda's limit for a process; a larger number is somebody's mistake.
    package static let mostLoops = 1600

    package init(_ environment: [String: String]) {
        switch environment["AWS_LAMBDA_INITIALIZATION_TYPE"] {
        case "snap-start":
            self = .snapStart
        case "lambda-managed-instances":
            let count = environment["AWS_LAMBDA_MAX_CONCURRENCY"].flatMap { Int($0) } ?? 1
            self = .managedInstances(loopCount: min(max(count, 1), Self.mostLoops))
        default:
            self = .single
        }
    }

    package var loopCount: Int {
        if case .managedInstances(let count) = self { count } else { 1 }
    }
}

extension LoopSettings {
    init(_ process: ProcessKind, _ log: Logger) {
        switch process {
        case .single, .snapStart:
            self.init(log: log, setsTraceID: true)
        case .managedInstances(let count):
            self.init(log: log, setsTraceID: count == 1, patience: .managedInstances)
        }
    }
}
