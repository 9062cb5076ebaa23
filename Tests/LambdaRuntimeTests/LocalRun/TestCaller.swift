import LambdaRuntime
import Testing
import Wire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Somebody who calls a function that runs without Lambda.
///
/// What it sends waits in the kernel until the loop takes its turn, so caller and function need no threads.
final class TestCaller {
    private let descriptor: Int32
    private var reader = HTTPReplyReader()

    init(_ address: String) throws {
        let port = try #require(address.split(separator: ":").last.flatMap { UInt16($0) })
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var patience = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let (descriptor, size) = (descriptor, socklen_t(MemoryLayout<sockaddr_in>.size))
        let result = withUnsafeBytes(of: &address) {
            connect(descriptor, $0.baseAddress?.assumingMemoryBound(to: sockaddr.self), size)
        }
        try #require(result == 0)
    }

    deinit { close(descriptor) }

    func send(_ text: String) {
        let bytes = Array(text.utf8)
        let count = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        #expect(count == bytes.count)
    }

    func post(_ body: String, to path: String = "/invoke", _ headers: [String] = []) {
        let lines =
            ["POST \(path) HTTP/1.1", "Host: 127.0.0.1"] + headers + ["Content-Length: \(body.utf8.count)"]
        send(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
    }

    /// - Returns: `nil` when the connection has ended without a reply.
    func reply() throws -> HTTPReplyReader.Reply? {
        while true {
            let bytes = receive()
            guard !bytes.isEmpty else { return nil }
            if let reply = try reader.receive(bytes[...]) { return reply }
        }
    }

    /// What is there; nothing at the end of the connection.
    func receive() -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = read(descriptor, &buffer, buffer.count)
        return Array(buffer[..<max(0, count)])
    }
}
