#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension CurlTransport {
    /// Where the certificates of the authorities are that may vouch for a server.
    ///
    /// The file named by `AWS_CA_BUNDLE` or `SSL_CERT_FILE`, else the first of the system's own that is
    /// there; `nil` leaves it to libcurl.
    ///
    /// A file named by a variable is taken even when it is absent: the first request then fails and says so.
    package static func certificateBundle(
        environment: [String: String], isReadable: (String) -> Bool = { access($0, R_OK) == 0 }
    ) -> String? {
        let named = bundleVariables.lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        return named ?? systemBundles.first(where: isReadable)
    }

    private static let bundleVariables = ["AWS_CA_BUNDLE", "SSL_CERT_FILE"]
    /// Amazon Linux, and where its first file is a link to; Debian and Ubuntu; Alpine, the BSDs and macOS.
    private static let systemBundles = [
        "/etc/pki/tls/certs/ca-bundle.crt", "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
        "/etc/ssl/certs/ca-certificates.crt", "/etc/ssl/cert.pem",
    ]
}
