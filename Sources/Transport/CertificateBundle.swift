#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where the certificates of the authorities are that a server may be vouched for by.
package enum CertificateBundle {
    /// The file named by `AWS_CA_BUNDLE` or `SSL_CERT_FILE`, else the first of the system's own that is there; `nil` leaves it to
    /// libcurl.
    ///
    /// A file named by a variable is taken even when it is absent: the first request then fails and says so.
    package static func path(
        in environment: [String: String], isReadable: (String) -> Bool = { access($0, R_OK) == 0 }
    ) -> String? {
        let named = variables.lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        return named ?? systemPaths.first(where: isReadable)
    }

    private static let variables = ["AWS_CA_BUNDLE", "SSL_CERT_FILE"]
    /// Amazon Linux and Fedora, then Debian and Ubuntu.
    private static let systemPaths = [
        "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/certs/ca-certificates.crt",
    ]
}
