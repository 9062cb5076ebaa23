import Pages
import Quantities
import TestSites
import Transport

extension TrapSite {
    static let now = Timestamp(secondsSinceEpoch: 1_795_680_000)

    /// Reads the site as a developer's local one: over HTTP, on this machine.
    func read(
        _ path: String, limits: PageLimits = PageLimits()
    ) async throws -> Result<Page, PageFailure> {
        let policy = try PagePolicy(hosts: ["finance.example"], localAuthorities: [authority])
        let transport = CurlTransport(
            certificateBundle: nil, reach: .publicOnly, largestResponseBytes: limits.pageBytes)
        let local = CurlTransport(
            certificateBundle: nil, reach: .loopbackOnly, largestResponseBytes: limits.pageBytes)
        let reader = PageReader(
            policy: policy, transport: transport, local: local, limits: limits, now: { Self.now })
        return await reader.outcome("\(address)/\(path)")
    }
}

extension PageReader {
    func outcome(_ address: String) async -> Result<Page, PageFailure> {
        do throws(PageFailure) {
            return .success(try await read(address))
        } catch {
            return .failure(error)
        }
    }
}
