import NIOCore
import NIOHTTP1
import NIOPosix
import Wire

/// An HTTP/1.1 server on one port.
///
/// A connection serves its requests one after the other and stays open between them. A handler may take as
/// long as it likes (long polls do); its task is cancelled when the client goes away or the server stops.
package struct HTTPServer: Sendable {
    package typealias Handler = @Sendable (HTTPRequest) async -> Reply

    /// Larger request bodies are refused with 413. S3 Vectors takes the largest of all services here.
    package static let largestBodyBytes = 20 << 20
    private static let backlog: Int32 = 256

    /// The port it listens on; the one the system chose when it was started with port 0.
    package let port: Int
    private let accepting: Task<Void, Never>

    /// Listens from the moment this returns.
    ///
    /// - Parameter port: 0 takes any free port.
    /// - Throws: ``HTTPServerFailure`` when the address cannot be had.
    package static func start(host: String = "127.0.0.1", port: Int, handler: @escaping Handler)
        async throws(HTTPServerFailure) -> HTTPServer
    {
        let listener: Listener
        do {
            listener = try await bind(host: host, port: port)
        } catch {
            throw HTTPServerFailure.cannotListen(host: host, port: port, reason: String(describing: error))
        }
        // The one unstructured task: a server outlives the call that starts it. `stop()` ends it.
        let accepting = Task { await serve(listener, handler: handler) }
        return HTTPServer(port: listener.channel.localAddress?.port ?? port, accepting: accepting)
    }

    /// Closes the port and every connection, cancels the running handlers and waits for them.
    package func stop() async {
        accepting.cancel()
        await accepting.value
    }

    fileprivate typealias Connection = NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>
    private typealias Listener = NIOAsyncChannel<Connection, Never>

    private static func bind(host: String, port: Int) async throws -> Listener {
        try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: backlog)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .bind(host: host, port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    return try Connection(wrappingChannelSynchronously: channel)
                }
            }
    }

    private static func serve(_ listener: Listener, handler: @escaping Handler) async {
        await withDiscardingTaskGroup { connections in
            do {
                try await listener.executeThenClose { arriving in
                    for try await connection in arriving {
                        connections.addTask { await serve(connection, handler: handler) }
                    }
                }
            } catch {
                // The listening socket is gone: nobody new can arrive, those who are here are served to the
                // end.
                return
            }
        }
    }

    /// Ends when either side is done; a client that leaves cancels the handler that works for it.
    private static func serve(_ connection: Connection, handler: @escaping Handler) async {
        await withTaskGroup { group in
            group.addTask {
                do {
                    try await connection.executeThenClose { inbound, outbound in
                        var conversation = HTTPConversation(
                            parts: inbound.makeAsyncIterator(), outbound: outbound)
                        while try await conversation.serveNext(with: handler) {}
                    }
                } catch {
                    // A broken connection concerns its client alone, who has already seen it break.
                    return
                }
            }
            group.addTask {
                await withCheckedContinuation { closed in
                    connection.channel.closeFuture.whenComplete { _ in closed.resume() }
                }
            }
            await group.next()
            group.cancelAll()
        }
    }
}

/// Why a server does not listen.
package enum HTTPServerFailure: Error, Hashable, CustomStringConvertible {
    case cannotListen(host: String, port: Int, reason: String)

    package var description: String {
        switch self {
        case .cannotListen(let host, let port, let reason):
            "cannot listen on \(host):\(port): \(reason); is another program using the port?"
        }
    }
}
