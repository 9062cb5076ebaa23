import Quantities
import Wire

/// AWS Signature Version 4 in the `Authorization` header.
package struct Signer: Sendable {
    package let credentials: Credentials
    package let region: String
    /// The signing name, such as `rds-data` or `bedrock`.
    package let service: String
    package let pathEncoding: PathEncoding
    package let payload: Payload

    /// What of the body is covered by the signature.
    package enum Payload: Sendable {
        case signed
        /// `UNSIGNED-PAYLOAD`: only over https, for bodies too large to hash.
        case unsigned
    }

    package init(
        credentials: Credentials, region: String, service: String, pathEncoding: PathEncoding = .twice,
        payload: Payload = .signed
    ) {
        self.credentials = credentials
        self.region = region
        self.service = service
        self.pathEncoding = pathEncoding
        self.payload = payload
    }

    /// The request with `Host`, `X-Amz-Date`, where needed `X-Amz-Security-Token` and `X-Amz-Content-Sha256`,
    /// and `Authorization`.
    ///
    /// Every header already there is signed, except those a proxy may change.
    package func sign(_ request: HTTPRequest, at moment: Timestamp) -> HTTPRequest {
        let payloadHash = payloadHash(of: request)
        var request = request
        if request.headers["Host"] == nil { request.headers["Host"] = Self.host(of: request.url) }
        request.headers["X-Amz-Date"] = moment.basicText
        request.headers["X-Amz-Security-Token"] = credentials.sessionToken
        if pathEncoding == .once || payload == .unsigned {
            request.headers[Self.payloadHashHeader] = payloadHash
        }
        request.headers["Authorization"] = nil
        let canonical = CanonicalRequest(request, pathEncoding: pathEncoding, payloadHash: payloadHash) {
            !Self.unsignedHeaders.contains($0)
        }
        let scope = CredentialScope(
            accessKeyID: credentials.accessKeyID, date: moment.date.basicText, region: region,
            service: service)
        let signature = Self.signature(
            canonical.stringToSign(at: moment.basicText, scope: scope), scope, credentials.secretAccessKey)
        request.headers["Authorization"] =
            "\(Self.algorithm) Credential=\(scope), SignedHeaders=\(canonical.signedHeaders), "
            + "Signature=\(signature)"
        return request
    }

    private func payloadHash(of request: HTTPRequest) -> String {
        switch payload {
        case .signed: Digest.hexadecimal(Digest.sha256(request.body))
        case .unsigned: Self.unsignedPayload
        }
    }

    static func signature(_ text: String, _ scope: CredentialScope, _ secretAccessKey: String) -> String {
        let key = scope.signingKey(secretAccessKey: secretAccessKey)
        return Digest.hexadecimal(Digest.hmacSHA256(key: key, Array(text.utf8)))
    }

    /// Lower case; the scheme's own port is left out, as HTTP clients do.
    static func host(of url: HTTPURL) -> String {
        let isDefaultPort = url.port == (url.scheme == "https" ? 443 : 80)
        return (isDefaultPort ? url.host : url.authority).lowercased()
    }

    static let algorithm = "AWS4-HMAC-SHA256"
    static let unsignedPayload = "UNSIGNED-PAYLOAD"
    static let payloadHashHeader = "X-Amz-Content-Sha256"

    /// Proxies and transports may add, change or drop these on the way. Source: botocore's `auth.py`.
    static let unsignedHeaders: Set = [
        "authorization", "connection", "expect", "keep-alive", "proxy-authenticate", "proxy-authorization",
        "te",
        "trailer", "transfer-encoding", "upgrade", "user-agent", "x-amzn-trace-id",
    ]
}
