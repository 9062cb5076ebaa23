import Wire

/// Tells Amazon CloudFront that its copies of a site are out of date.
package struct CloudFrontClient: Sendable {
    private let client: AWSClient

    package init(_ configuration: AWSConfiguration) {
        client = AWSClient(.cloudFront, configuration)
    }

    /// Has the edges forget everything of a distribution.
    ///
    /// - Parameter reference: Names this invalidation; the same one sent twice is done once.
    /// - Returns: The invalidation's id.
    package func invalidateAll(
        of distribution: String, reference: String
    ) async throws(AWSFailure) -> String {
        let body =
            "<InvalidationBatch xmlns=\"http://cloudfront.amazonaws.com/doc/\(Self.version)/\">"
            + "<Paths><Quantity>1</Quantity><Items><Path>/*</Path></Items></Paths>"
            + "<CallerReference>\(reference)</CallerReference></InvalidationBatch>"
        let reply = try await client.xml(
            AWSCall(
                .post,
                path: "/\(Self.version)/distribution/\(PercentEncoding.encode(distribution))/invalidation",
                headers: ["Content-Type": "application/xml"], body: Array(body.utf8)))
        guard let id = reply["Id"]?.text else { throw client.malformed("no Id of the invalidation") }
        return id
    }

    private static let version = "2020-05-31"
}
