#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The socket on which a function that runs without Lambda waits for callers. This machine's own alone reach
/// it.
///
/// Several loops may wait on one. A class because the socket is closed with the last of them.
package final class LocalListener: Sendable {
    /// With the port that was chosen, if it was asked for port 0.
    package let address: String
    let descriptor: Int32

    /// How many callers the kernel lets wait.
    private static let backlog: Int32 = 128

    /// - Parameter text: `127.0.0.1:7000` or `localhost:7000`.
    /// - Throws: ``LocalRunFailure``
    package init(_ text: String) throws(LocalRunFailure) {
        guard let (host, port) = Self.parts(of: text) else { throw .noLoopbackAddress(text) }
        descriptor = SystemCalls.streamSocket()
        guard descriptor >= 0 else { throw .cannotListen(text, reason: SystemCalls.lastError) }
        var on: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout.size(ofValue: on)))
        do {
            address = "127.0.0.1:\(try Self.listen(descriptor, host, port, text))"
        } catch {
            close(descriptor)
            throw error
        }
    }

    deinit { close(descriptor) }

    /// - Returns: `nil` when there is nobody, or somebody else was faster.
    func accept() -> LocalConnection? {
        let socket = SystemCalls.accept(descriptor)
        return socket < 0 ? nil : LocalConnection(socket)
    }

    private static func parts(of text: String) -> (in_addr, UInt16)? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let port = UInt16(parts[1]) else { return nil }
        var address = in_addr()
        let host = parts[0] == "localhost" ? "127.0.0.1" : String(parts[0])
        guard inet_pton(AF_INET, host, &address) == 1, host == "127.0.0.1" else { return nil }
        return (address, port)
    }

    private static func listen(
        _ descriptor: Int32, _ host: in_addr, _ port: UInt16, _ text: String
    ) throws(LocalRunFailure) -> UInt16 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr = host
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutableBytes(of: &address) { bytes in
            let address = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self)
            return bind(descriptor, address, size) == 0 && SystemCalls.listen(descriptor, backlog) == 0
                && getsockname(descriptor, address, &size) == 0
        }
        let isReady = isListening && fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0
        guard isReady else { throw .cannotListen(text, reason: SystemCalls.lastError) }
        return UInt16(bigEndian: address.sin_port)
    }
}

/// Why a function cannot run without Lambda.
package enum LocalRunFailure: Error, Equatable, CustomStringConvertible {
    /// Neither variable is set.
    case nowhereToAsk
    case noLoopbackAddress(String)
    case cannotListen(String, reason: String)

    package var description: String {
        switch self {
        case .nowhereToAsk:
            """
            there is nowhere to take events from: Lambda sets AWS_LAMBDA_RUNTIME_API; without Lambda, set \
            \(LocalInvokePlane.variable)=127.0.0.1:7000 and the function answers POST /invoke there
            """
        case .noLoopbackAddress(let text):
            """
            \(LocalInvokePlane.variable) must be an address of this machine alone and a port, such as \
            127.0.0.1:7000; it is "\(text)"
            """
        case .cannotListen(let text, let reason): "cannot wait for callers on \(text): \(reason)"
        }
    }
}
