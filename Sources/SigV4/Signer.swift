import Quantities
import Wire

/// AWS Signature Version 4 in the `Authorization` header; in an address, see ``presign(_:at:expiresIn:)``.
package struct Signer: Sendable {
    package let credentials: Credentials
    package let region: String
    /// The signing name, such as `rds-data` or `bedrock`.
    package let service: String
    package let pathEncoding: PathEncoding
    package let payload: Payload
    package let sessionToken: SessionTokenPlace

    /// What of the body is covered by the signature.
    package enum Payload: Sendable, Equatable {
        case signed
        /// As ``signed``, and the digest is also stated in a header, which S3 asks for anyway.
        case signedAndStated
        /// `UNSIGNED-PAYLOAD`: only over https, for bodies too large to hash.
        case unsigned
        /// The body is a stream of messages that ``EventSigner`` signs one by one.
        case events
        /// Lower-case SHA-256 of a body that is somewhere else, or another of S3's words, such as
        /// `STREAMING-UNSIGNED-PAYLOAD-TRAILER`.
        case stated(String)
    }

    /// What becomes of the token of temporary credentials.
    package enum SessionTokenPlace: Sendable {
        /// Nearly all services.
        case signed
        /// Added after signing, as AWS IoT wants it.
        case added
    }

    package init(
        credentials: Credentials, region: String, service: String, pathEncoding: PathEncoding = .twice,
        payload: Payload = .signed, sessionToken: SessionTokenPlace = .signed
    ) {
        self.credentials = credentials
        self.region = region
        self.service = service
        self.pathEncoding = pathEncoding
        self.payload = payload
        self.sessionToken = sessionToken
    }

    /// The request with `Host`, `X-Amz-Date`, where needed `X-Amz-Security-Token` and `X-Amz-Content-Sha256`,
    /// and `Authorization`.
    ///
    /// Every header already there is signed, except those a proxy may change.
    package func sign(_ request: HTTPRequest, at moment: Timestamp) -> HTTPRequest {
        let sha256 = SHA256()
        let time = SigningTime(moment)
        let payloadHash = payloadHash(of: request.body, sha256)
        var fields = fields(of: request)
        fields.append(("X-Amz-Date", time.text))
        if let token = credentials.sessionToken, sessionToken == .signed {
            fields.append((Self.tokenName, token))
        }
        if statesPayloadHash || request.headers.fields.contains(where: { Self.isPayloadHash($0.name) }) {
            fields.append((Self.payloadHashHeader, payloadHash))
        }
        let headers = CanonicalHeaders(fields, .all)
        let canonical = CanonicalRequest(
            request.method, path: request.url.path, query: request.url.query, headers: headers,
            pathEncoding: pathEncoding, payloadHash: payloadHash)
        let key = key(on: time.day, sha256)
        let signature = key.signature(of: canonical.stringToSign(at: time.text, key, sha256), sha256)
        if let token = credentials.sessionToken, sessionToken == .added {
            fields.append((Self.tokenName, token))
        }
        fields.append(("Authorization", authorization(key, headers, signature)))
        var signed = request
        signed.headers = HTTPHeaders(fields)
        return signed
    }

    /// Without those that signing sets, and with `Host`.
    func fields(of request: HTTPRequest) -> [(name: String, value: String)] {
        var fields: [(name: String, value: String)] = []
        fields.reserveCapacity(request.headers.fields.count + 5)
        var hasHost = false
        for field in request.headers.fields where !Self.isSetBySigning(field.name) {
            hasHost = hasHost || field.name.isSame(asLowercase: "host")
            fields.append(field)
        }
        if !hasHost { fields.append(("Host", Self.host(of: request.url))) }
        return fields
    }

    private static func isSetBySigning(_ name: String) -> Bool {
        switch name.utf8.count {
        case 10: name.isSame(asLowercase: "x-amz-date")
        case 13: name.isSame(asLowercase: "authorization")
        case 20: name.isSame(asLowercase: "x-amz-security-token") || isPayloadHash(name)
        default: false
        }
    }

    static func isPayloadHash(_ name: String) -> Bool { name.isSame(asLowercase: "x-amz-content-sha256") }

    private func authorization(
        _ key: SigningKey, _ headers: CanonicalHeaders, _ signature: SHA256.Value
    ) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(320)
        text.append(Self.algorithm)
        text.append(" Credential=")
        text.append(credentials.accessKeyID)
        text.append("/")
        text.append(contentsOf: key.scope)
        text.append(", SignedHeaders=")
        text.append(contentsOf: headers.signed)
        text.append(", Signature=")
        text.appendHexadecimal(signature)
        return String(decoding: text, as: UTF8.self)
    }

    func key(on day: String, _ sha256: borrowing SHA256) -> SigningKey {
        SigningKeyCache.shared.key(
            SigningKeyCache.Part(
                day: day, region: region, service: service, secretAccessKey: credentials.secretAccessKey),
            sha256)
    }

    private var statesPayloadHash: Bool { pathEncoding == .once || payload != .signed }

    func payloadHash(of body: [UInt8], _ sha256: borrowing SHA256) -> String {
        switch payload {
        case .signed, .signedAndStated:
            body.isEmpty ? Self.hashOfNothing : sha256.digest(body).hexadecimal
        case .unsigned: Self.unsignedPayload
        case .events: EventSigner.payload
        case .stated(let text): text
        }
    }

    /// Lower case; the scheme's own port is left out, as HTTP clients do.
    static func host(of url: HTTPURL) -> String {
        let isPlain = url.authority.withBytes { bytes in
            bytes.allSatisfy { $0 != UInt8(ascii: ":") && Byte.lowercased($0) == $0 && $0 < 0x80 }
        }
        if isPlain { return url.authority }
        let isDefaultPort = url.port == (url.scheme == "https" ? 443 : 80)
        return (isDefaultPort ? url.host : url.authority).lowercased()
    }

    static let algorithm = "AWS4-HMAC-SHA256"
    static let unsignedPayload = "UNSIGNED-PAYLOAD"
    static let payloadHashHeader = "X-Amz-Content-Sha256"
    static let tokenName = "X-Amz-Security-Token"
    /// SHA-256 of no bytes.
    static let hashOfNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
}
