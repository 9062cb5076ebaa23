/// The loops of one process, each on a thread and a connection of its own.
///
/// A loop that gives up leaves the others to their work: what has broken its connection will meet each of
/// them when it asks for its next event.
struct LoopGroup {
    let count: Int
    private let address: String
    private let log: Logger
    private let loop: @Sendable () -> InvocationLoop

    /// - Parameter loop: Makes one; called on its thread.
    init(count: Int, address: String, _ log: Logger, loop: @escaping @Sendable () -> InvocationLoop) {
        self.count = count
        self.address = address
        self.log = log
        self.loop = loop
    }

    /// Runs the first loop on the calling thread.
    ///
    /// - Returns: What has ended the first one, when all have ended.
    func run(on controlPlane: inout RuntimeAPIClient) -> ControlPlaneFailure {
        guard count > 1 else { return loop().run(on: &controlPlane) }
        var threads: [LoopThread] = []
        while threads.count < count - 1, let thread = LoopThread(runOwn) { threads.append(thread) }
        if threads.count < count - 1 {
            log.error("the system has too few threads", ["wanted": .number(count - 1)])
        }
        let failure = loop().run(on: &controlPlane)
        log.error("\(failure)")
        for thread in threads { thread.join() }
        return failure
    }

    @Sendable private func runOwn() {
        do throws(ControlPlaneFailure) {
            var client = try RuntimeAPIClient(address)
            throw loop().run(on: &client)
        } catch {
            log.error("\(error)")
        }
    }
}
