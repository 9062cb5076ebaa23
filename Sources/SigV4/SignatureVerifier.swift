import Quantities
import Wire

/// The server's side of ``Signer``: says whose request it is, or why it is nobody's.
package struct SignatureVerifier: Sendable {
    private let credentialsByKeyID: [String: Credentials]

    /// How far a signature's date may be from the server's clock.
    package static let greatestSkew = Duration.seconds(15 * 60)

    /// - Parameter credentials: Of everybody who may call.
    package init(_ credentials: [Credentials]) {
        credentialsByKeyID = Dictionary(credentials.map { ($0.accessKeyID, $0) }) { _, last in last }
    }

    /// - Returns: The scope of the signature, which names the service and region the caller meant.
    package func verify(_ request: HTTPRequest, at now: Timestamp) throws(SignatureFailure) -> CredentialScope
    {
        let authorization = try AuthorizationHeader(of: request)
        let scope = authorization.scope
        guard let moment = request.headers["X-Amz-Date"], let date = Timestamp(basicText: moment) else {
            throw .incomplete("the header X-Amz-Date is missing or not of the form yyyymmddThhmmssZ")
        }
        guard scope.date == date.date.basicText else {
            throw .incomplete("the date of the credential scope is not the date of X-Amz-Date")
        }
        guard let credentials = credentialsByKeyID[scope.accessKeyID],
            request.headers["X-Amz-Security-Token"] == credentials.sessionToken
        else { throw .unknownKey(scope.accessKeyID) }

        let skew = now - date
        guard (Duration.zero - Self.greatestSkew...Self.greatestSkew).contains(skew) else {
            throw .expired(signedAt: date, now: now)
        }
        let canonical = try canonicalRequest(of: request, authorization)
        let text = canonical.stringToSign(at: moment, scope: scope)
        let expected = Signer.signature(text, scope, credentials.secretAccessKey)
        guard Digest.isEqualInConstantTime(expected.utf8, authorization.signature.utf8) else {
            throw .doesNotMatch(canonicalRequest: canonical.text, stringToSign: text)
        }
        return scope
    }

    private func canonicalRequest(
        of request: HTTPRequest, _ authorization: AuthorizationHeader
    ) throws(SignatureFailure) -> CanonicalRequest {
        let computedHash = Digest.hexadecimal(Digest.sha256(request.body))
        var payloadHash = computedHash
        if let stated = request.headers[Signer.payloadHashHeader] {
            guard stated == computedHash || stated == Signer.unsignedPayload else {
                throw .payloadDoesNotMatch(stated: stated, computed: computedHash)
            }
            payloadHash = stated
        }
        return CanonicalRequest(
            request, pathEncoding: authorization.scope.service == "s3" ? .once : .twice,
            payloadHash: payloadHash
        ) { authorization.signedHeaders.contains($0) }
    }
}

/// `AWS4-HMAC-SHA256 Credential=..., SignedHeaders=..., Signature=...`, taken apart.
package struct AuthorizationHeader: Sendable {
    package let scope: CredentialScope
    package let signedHeaders: [String]
    package let signature: String

    package init(of request: HTTPRequest) throws(SignatureFailure) {
        guard let text = request.headers["Authorization"], text.hasPrefix(Signer.algorithm) else {
            throw .missing
        }
        var values: [Substring: Substring] = [:]
        for field in text.dropFirst(Signer.algorithm.count).split(whereSeparator: { $0 == "," || $0 == " " })
        {
            let parts = field.split(separator: "=", maxSplits: 1)
            if parts.count == 2 { values[parts[0]] = parts[1] }
        }
        guard let credential = values["Credential"], let scope = CredentialScope(credential) else {
            throw .incomplete("Authorization has no valid Credential")
        }
        guard let signedHeaders = values["SignedHeaders"], let signature = values["Signature"] else {
            throw .incomplete("Authorization has no SignedHeaders or no Signature")
        }
        self.scope = scope
        self.signedHeaders = signedHeaders.split(separator: ";").map(String.init)
        self.signature = String(signature)
        try requireSignedHeaders(of: request)
    }

    /// Else a header that decides what the request does could be changed on the way.
    private func requireSignedHeaders(of request: HTTPRequest) throws(SignatureFailure) {
        let names = Set(request.headers.fields.map { $0.name.lowercased() })
        let needed = names.filter { $0 == "host" || $0.hasPrefix("x-amz-") }.union(["host"])
        if let unsigned = needed.subtracting(signedHeaders).min() {
            throw .incomplete("the header \(unsigned) is not signed")
        }
        if let absent = signedHeaders.first(where: { !names.contains($0) }) {
            throw .incomplete("the signed header \(absent) is not in the request")
        }
    }
}

extension Timestamp {
    /// Reads the form AWS signs: `20261121T080000Z`.
    init?(basicText: String) {
        let text = Array(basicText.utf8)
        guard text.count == 16, text[8] == UInt8(ascii: "T") else { return nil }
        func part(_ range: Range<Int>) -> String { String(decoding: text[range], as: UTF8.self) }
        self.init(
            "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))\(part(8..<9))"
                + "\(part(9..<11)):\(part(11..<13)):\(part(13..<15))\(part(15..<16))")
    }
}
