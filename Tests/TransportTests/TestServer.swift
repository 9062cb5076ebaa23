import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A server on the loopback interface that does to each connection what the test says, however impolite.
///
/// A class because its threads and the test share it.
final class TestServer: Sendable {
    let port: UInt16
    private let listener: Int32
    private let serve: @Sendable (TestConnection) -> Void
    private let acceptedConnections = Atomic(0)

    var connectionCount: Int { acceptedConnections.load(ordering: .acquiring) }
    var address: String { "http://127.0.0.1:\(port)" }

    /// - Parameter serve: Runs on a thread for each connection, which is closed when it returns.
    init(_ serve: @escaping @Sendable (TestConnection) -> Void) throws {
        let (listener, port) = try listen()
        self.listener = listener
        self.port = port
        self.serve = serve
        runOnThread { self.acceptAll() }
    }

    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    /// A port on which nobody listens.
    static func unusedPort() throws -> UInt16 {
        let (listener, port) = try listen()
        close(listener)
        return port
    }

    private func acceptAll() {
        while true {
            let descriptor = accept(listener, nil, nil)
            guard descriptor >= 0 else { return }
            acceptedConnections.add(1, ordering: .acquiringAndReleasing)
            runOnThread {
                self.serve(TestConnection(descriptor: descriptor))
                close(descriptor)
            }
        }
    }
}

struct SocketFailure: Error {
    let call: String
    let code: Int32
}

private func tcpSocket() throws(SocketFailure) -> Int32 {
    #if canImport(Glibc)
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
        let descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    guard descriptor >= 0 else { throw SocketFailure(call: "socket", code: errno) }
    return descriptor
}

private func loopback(_ port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return address
}

/// A connection to a port of this machine.
func connect(toPort port: UInt16) throws(SocketFailure) -> Int32 {
    let descriptor = try tcpSocket()
    var address = loopback(port)
    let result = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
    }
    guard result == 0 else {
        let code = errno
        close(descriptor)
        throw SocketFailure(call: "connect", code: code)
    }
    return descriptor
}

private func listen() throws(SocketFailure) -> (descriptor: Int32, port: UInt16) {
    let descriptor = try tcpSocket()
    var address = loopback(0)
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafeMutablePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            bind(descriptor, $0, size) | listen(descriptor, 128) | getsockname(descriptor, $0, &size)
        }
    }
    guard result == 0 else { throw SocketFailure(call: "listen", code: errno) }
    return (descriptor, UInt16(bigEndian: address.sin_port))
}

/// Carries a closure through `pthread_create`. A class because C passes a pointer.
private final class ThreadBody: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

func runOnThread(_ run: @escaping @Sendable () -> Void) {
    let context = Unmanaged.passRetained(ThreadBody(run)).toOpaque()
    #if canImport(Glibc)
        var thread = pthread_t()
        let error = pthread_create(&thread, nil, { startThread($0) }, context)
        pthread_detach(thread)
    #else
        var thread: pthread_t?
        let error = pthread_create(&thread, nil, { startThread($0) }, context)
        if let thread { pthread_detach(thread) }
    #endif
    precondition(error == 0, "the system refuses a thread")
}

private func startThread(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let context { Unmanaged<ThreadBody>.fromOpaque(context).takeRetainedValue().run() }
    return nil
}
