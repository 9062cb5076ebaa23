import Testing
import Transport

@Suite struct CertificateBundleTests {
    @Test func `the file AWS's tools are told of comes first`() {
        let environment = ["AWS_CA_BUNDLE": "/a.pem", "SSL_CERT_FILE": "/b.pem"]
        #expect(CurlTransport.certificateBundle(environment: environment) { _ in true } == "/a.pem")
        #expect(
            CurlTransport.certificateBundle(environment: ["AWS_CA_BUNDLE": "", "SSL_CERT_FILE": "/b.pem"])
                == "/b.pem")
    }

    @Test func `a named file is taken even when it is absent`() {
        #expect(
            CurlTransport.certificateBundle(environment: ["SSL_CERT_FILE": "/b.pem"]) { _ in false }
                == "/b.pem")
    }

    @Test func `else the system's own, Amazon Linux first`() {
        let amazon = "/etc/pki/tls/certs/ca-bundle.crt"
        #expect(CurlTransport.certificateBundle(environment: [:]) { _ in true } == amazon)
        #expect(CurlTransport.certificateBundle(environment: [:]) { _ in false } == nil)
    }

    @Test(arguments: [
        "/etc/pki/tls/certs/ca-bundle.crt", "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
        "/etc/ssl/certs/ca-certificates.crt", "/etc/ssl/cert.pem",
    ]) func `each usual place is looked at`(place: String) {
        #expect(CurlTransport.certificateBundle(environment: [:]) { $0 == place } == place)
    }
}
