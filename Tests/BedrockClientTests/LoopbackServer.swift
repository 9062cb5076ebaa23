import Dispatch  // a thread for the server, and a semaphore it waits on

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A server on the loopback interface that answers one request, piece by piece: each piece but the first
/// waits until the test permits it.
///
/// A class because its thread and the test share it.
final class LoopbackServer: Sendable {
    let port: UInt16
    private let listener: Int32
    private let permits = DispatchSemaphore(value: 0)

    /// - Parameter pieces: Of the whole answer, head and body; the connection is closed after the last.
    init(_ pieces: [[UInt8]]) {
        #if canImport(Glibc)
            listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            listener = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let (listener, permits) = (listener, permits)
        let result = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, size) | listen(listener, 1) | getsockname(listener, $0, &size)
            }
        }
        precondition(result == 0, "no port on the loopback interface")
        port = UInt16(bigEndian: address.sin_port)
        permits.signal()
        DispatchQueue.global().async {
            let connection = accept(listener, nil, nil)
            Self.readRequest(connection)
            for piece in pieces {
                permits.wait()
                _ = piece.withUnsafeBytes { write(connection, $0.baseAddress, $0.count) }
            }
            close(connection)
            close(listener)
        }
    }

    func permit() { permits.signal() }

    /// Head and body; the tests' requests are small.
    private static func readRequest(_ connection: Int32) {
        var received: [UInt8] = []
        while true {
            let piece = [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
                count = max(0, read(connection, buffer.baseAddress, 65_536))
            }
            guard !piece.isEmpty else { return }
            received += piece
            let text = String(decoding: received, as: UTF8.self)
            let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)
            guard let end = lines.firstIndex(of: "") else { continue }
            let length = lines[..<end].first { $0.lowercased().hasPrefix("content-length:") }
                .flatMap { Int($0.drop { $0 != " " }.dropFirst()) }
            if lines[(end + 1)...].joined(separator: "\r\n").utf8.count >= length ?? 0 { return }
        }
    }
}
