import Testing
import Transport
import Wire

@Suite struct CurlTransportTLSTests {
    private func outcome(
        host: String, of server: TLSServer, certificateBundle: String?
    ) async throws -> Result<HTTPResponse, TransportFailure> {
        let request = HTTPRequest(.get, try #require(HTTPURL("https://\(host):\(server.port)/")))
        let transport = CurlTransport(certificateBundle: certificateBundle)
        do throws(TransportFailure) {
            return .success(try await transport.send(request, timeout: .seconds(20)))
        } catch {
            return .failure(error)
        }
    }

    @Test func `a certificate of an authority in the bundle is trusted, for its own host alone`() async throws
    {
        let server = try TLSServer()
        let bundle = server.authority
        let trusted = try await outcome(host: "localhost", of: server, certificateBundle: bundle)
        #expect(try trusted.get().status == 200)

        let misnamed = try await outcome(host: "127.0.0.1", of: server, certificateBundle: bundle)
        guard case .failure(.notTrusted) = misnamed else {
            Issue.record("\(misnamed) is not .notTrusted")
            return
        }
    }

    @Test func `a certificate of an unknown authority is not trusted`() async throws {
        let (server, other) = (try TLSServer(), try TLSServer())
        let outcome = try await outcome(host: "localhost", of: server, certificateBundle: other.authority)
        guard case .failure(.notTrusted) = outcome else {
            Issue.record("\(outcome) is not .notTrusted")
            return
        }
    }
}
