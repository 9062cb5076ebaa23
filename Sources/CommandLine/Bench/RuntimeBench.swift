/// Measures bootstraps of any language over a fake control plane: how long from exec to the first `GET
/// .../next`, how long an invocation takes from the event to the whole answer, and how much memory the
/// process has had at most.
///
/// Blocking sockets and one thread, so that little of what is measured is ours. With several bootstraps their
/// runs take turns, so that a slow moment of the machine hits all of them; who begins changes from turn to
/// turn.
package struct RuntimeBench {
    package struct Bootstrap: Sendable {
        package var name: String
        package var path: String
        package var arguments: [String]
        /// What the function needs beside the variables of Lambda.
        package var environment: [String: String]
        /// Of another runtime, to be measured against ours.
        package var isOther: Bool

        package init(
            name: String, path: String, arguments: [String] = [], environment: [String: String] = [:],
            isOther: Bool = false
        ) {
            self.isOther = isOther
            self.name = name
            self.path = path
            self.arguments = arguments
            self.environment = environment
        }
    }

    package static let smallEventBytes = 100
    package static let largeEventBytes = 1 << 20

    package var bootstraps: [Bootstrap]
    /// How many processes are started of each bootstrap.
    package var runs = 40
    /// How many invocations of each process are timed after the first one.
    package var warmInvocations = 100
    package var warmLargeInvocations = 10

    package init(_ bootstraps: [Bootstrap]) { self.bootstraps = bootstraps }

    /// - Throws: ``RuntimeBenchFailure`` of the first bootstrap that does not do what a runtime does.
    package func run() throws(RuntimeBenchFailure) -> [RuntimeBenchReport] {
        var reports = bootstraps.map { RuntimeBenchReport(name: $0.name, isOther: $0.isOther) }
        for run in 0..<runs {
            for place in bootstraps.indices {
                let index = (place + run) % bootstraps.count
                try measure(bootstraps[index], into: &reports[index])
            }
        }
        return reports
    }

    private func measure(
        _ bootstrap: Bootstrap, into report: inout RuntimeBenchReport
    ) throws(RuntimeBenchFailure) {
        var controlPlane = try BenchControlPlane()
        let start = Stopwatch()
        let process = try BenchProcess(
            path: bootstrap.path, arguments: bootstrap.arguments,
            environment: environment(of: bootstrap, port: controlPlane.port))
        try controlPlane.awaitNext()
        let startMilliseconds = start.milliseconds
        report.start.add(startMilliseconds)

        let small = Self.event(byteCount: Self.smallEventBytes)
        let firstMilliseconds = try controlPlane.invoke(small)
        report.firstSmall.add(firstMilliseconds)
        report.answer.add(startMilliseconds + firstMilliseconds)
        for _ in 0..<warmInvocations { report.warmSmall.add(try controlPlane.invoke(small)) }
        report.peakAfterSmall.add(try process.peakMemoryMebibytes())

        let large = Self.event(byteCount: Self.largeEventBytes)
        report.firstLarge.add(try controlPlane.invoke(large))
        for _ in 0..<warmLargeInvocations { report.warmLarge.add(try controlPlane.invoke(large)) }
        report.peakAfterLarge.add(try process.peakMemoryMebibytes())
    }

    private func environment(of bootstrap: Bootstrap, port: UInt16) -> [String: String] {
        let lambda = [
            "AWS_LAMBDA_RUNTIME_API": "127.0.0.1:\(port)", "_HANDLER": "bootstrap.handle",
            "LAMBDA_TASK_ROOT": "/var/task", "AWS_REGION": "us-east-1", "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_LAMBDA_FUNCTION_NAME": "bench", "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "512", "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
            "AWS_LAMBDA_LOG_GROUP_NAME": "/aws/lambda/bench", "AWS_LAMBDA_LOG_STREAM_NAME": "bench",
            "PATH": "/usr/local/bin:/usr/bin:/bin", "TZ": ":UTC",
        ]
        return lambda.merging(bootstrap.environment) { _, own in own }
    }

    /// `{"text":"xxx..."}` of exactly that many bytes.
    private static func event(byteCount: Int) -> [UInt8] {
        let start = Array(#"{"text":""#.utf8)
        let end = Array(#""}"#.utf8)
        return start + Array(repeating: UInt8(ascii: "x"), count: byteCount - start.count - end.count) + end
    }
}

package enum RuntimeBenchFailure: Error, CustomStringConvertible {
    case system(call: String, reason: String)
    case silent(seconds: Int)
    case ended
    /// The bootstrap has reported a failure of its own.
    case reported(path: String, body: String)
    case unexpected(request: String)

    package var description: String {
        switch self {
        case .system(let call, let reason): "\(call): \(reason)"
        case .silent(let seconds): "the bootstrap has said nothing for \(seconds) s"
        case .ended: "the bootstrap has closed the connection or ended"
        case .reported(let path, let body): "the bootstrap reported \(path): \(body)"
        case .unexpected(let request): "the bootstrap called \(request), which no runtime does here"
        }
    }
}
