import Wire

/// The one text on which signer and verifier must agree byte for byte.
///
/// Source: "Create a signed AWS API request", IAM user guide; differences between S3 and the rest as in
/// botocore's `auth.py`.
struct CanonicalRequest {
    let bytes: [UInt8]

    /// - Parameter query: What is signed of the address's query.
    init(
        _ method: HTTPMethod, path: String, query: String?, headers: CanonicalHeaders,
        pathEncoding: PathEncoding, payloadHash: String
    ) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(160 + 3 * path.utf8.count + (query?.utf8.count ?? 0) + headers.length)
        bytes.append(method.rawValue)
        bytes.append("\n")
        pathEncoding.append(path, to: &bytes)
        bytes.append("\n")
        if let query, !query.isEmpty { CanonicalQuery(query).append(to: &bytes) }
        bytes.append("\n")
        headers.append(to: &bytes)
        bytes.append("\n")
        bytes.append(contentsOf: headers.signed)
        bytes.append("\n")
        bytes.append(payloadHash)
        self.bytes = bytes
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// What is signed in the end.
    ///
    /// - Parameter moment: As in ``SigningTime/text``.
    func stringToSign(at moment: String, _ key: SigningKey, _ sha256: borrowing SHA256) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(192)
        text.append(Signer.algorithm)
        text.append("\n")
        text.append(moment)
        text.append("\n")
        text.append(contentsOf: key.scope)
        text.append("\n")
        text.appendHexadecimal(sha256.digest(bytes))
        return text
    }
}
