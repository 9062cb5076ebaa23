import Quantities
import Wire

/// The server's side of ``Signer``: says whose request it is, or why it is nobody's.
package struct SignatureVerifier: Sendable {
    private let credentialsByKeyID: [String: Credentials]
    private let pathEncoding: PathEncoding?

    /// How far a signature's date may be from the server's clock. Only a presigned address may be older, as
    /// old as it says itself.
    package static let greatestSkew = Duration.seconds(15 * 60)

    /// - Parameters:
    ///   - credentials: Of everybody who may call.
    ///   - pathEncoding: Of all services; `nil` for what each has with AWS.
    package init(_ credentials: [Credentials], pathEncoding: PathEncoding? = nil) {
        self.pathEncoding = pathEncoding
        credentialsByKeyID = Dictionary(credentials.map { ($0.accessKeyID, $0) }) { _, last in last }
    }

    /// - Returns: The scope of the signature, which names the service and region the caller meant.
    package func verify(_ request: HTTPRequest, at now: Timestamp) throws(SignatureFailure) -> CredentialScope
    {
        let claim = try SignatureClaim(request)
        let scope = claim.scope
        guard let moment = claim.moment, let date = Timestamp(basicText: moment) else {
            throw .incomplete("X-Amz-Date is missing or not of the form yyyymmddThhmmssZ")
        }
        guard scope.date == SigningTime(date).day else {
            throw .incomplete("the date of the credential scope is not the date of X-Amz-Date")
        }
        guard let credentials = credentialsByKeyID[scope.accessKeyID],
            claim.sessionToken == credentials.sessionToken
        else { throw .unknownKey(scope.accessKeyID) }

        let age = now - date
        guard (Duration.zero - Self.greatestSkew...(claim.lifetime ?? Self.greatestSkew)).contains(age) else {
            throw .expired(signedAt: date, now: now)
        }
        let sha256 = SHA256()
        let canonical = try canonicalRequest(of: request, claim, sha256)
        let key = SigningKeyCache.shared.key(
            SigningKeyCache.Part(
                day: scope.date, region: scope.region, service: scope.service,
                secretAccessKey: credentials.secretAccessKey), sha256)
        let text = canonical.stringToSign(at: moment, key, sha256)
        let expected = key.signature(of: text, sha256).hexadecimal
        guard Digest.isEqualInConstantTime(expected.utf8, claim.signature.utf8) else {
            throw .doesNotMatch(
                canonicalRequest: canonical.text, stringToSign: String(decoding: text, as: UTF8.self))
        }
        return scope
    }

    private func canonicalRequest(
        of request: HTTPRequest, _ claim: SignatureClaim, _ sha256: borrowing SHA256
    ) throws(SignatureFailure) -> CanonicalRequest {
        let pathEncoding = pathEncoding ?? PathEncoding(service: claim.scope.service)
        let computedHash = sha256.digest(request.body).hexadecimal
        var payloadHash = computedHash
        if let stated = request.headers[Signer.payloadHashHeader] {
            guard stated == computedHash || stated == Signer.unsignedPayload else {
                throw .payloadDoesNotMatch(stated: stated, computed: computedHash)
            }
            payloadHash = stated
        } else if claim.lifetime != nil && pathEncoding == .once {
            payloadHash = Signer.unsignedPayload
        }
        return CanonicalRequest(
            request.method, path: request.url.path, query: claim.signedQuery(of: request),
            headers: CanonicalHeaders(request.headers.fields, .only(claim.signedHeaders)),
            pathEncoding: pathEncoding, payloadHash: payloadHash)
    }
}
