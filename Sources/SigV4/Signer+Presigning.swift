import Quantities
import Wire

extension Signer {
    /// The longest and the shortest time a presigned address is good for, in seconds: a week at most.
    package static let lifetimesInSeconds = 1...604_800

    /// The request with the signature in its address, for somebody who has no credentials.
    ///
    /// Its headers, `Host` among them, are signed: they have to be sent as they are. The body is covered as
    /// ``payload`` says, but never for S3, where nobody knows it yet.
    ///
    /// - Parameter seconds: From `moment` on, 1...604 800.
    /// - Throws: ``SignatureFailure/lifetime(seconds:)``
    package func presign(
        _ request: HTTPRequest, at moment: Timestamp, expiresIn seconds: Int
    ) throws(SignatureFailure) -> HTTPRequest {
        guard Self.lifetimesInSeconds.contains(seconds) else { throw .lifetime(seconds: seconds) }
        let sha256 = SHA256()
        let time = SigningTime(moment)
        let key = key(on: time.day, sha256)
        var presigned = request
        var fields = fields(of: request)
        fields += request.headers.fields.filter { Self.isPayloadHash($0.name) }
        presigned.headers = HTTPHeaders(fields)
        let headers = CanonicalHeaders(fields, .all)

        let own = request.url.query.map { PresignedQuery.withoutSignature($0, PresignedQuery.names) } ?? ""
        var query = Array(own.utf8)
        append(key, time, headers, expiresIn: seconds, to: &query)
        let token = credentials.sessionToken
        if let token, sessionToken == .signed { append(Self.tokenName, token, to: &query) }
        let canonical = CanonicalRequest(
            request.method, path: request.url.path, query: String(decoding: query, as: UTF8.self),
            headers: headers, pathEncoding: pathEncoding,
            payloadHash: presigned.headers[Self.payloadHashHeader] ?? presignedPayloadHash(request, sha256))
        let signature = key.signature(of: canonical.stringToSign(at: time.text, key, sha256), sha256)
        if let token, sessionToken == .added { append(Self.tokenName, token, to: &query) }
        query.append("&X-Amz-Signature=")
        query.appendHexadecimal(signature)
        presigned.url.query = String(decoding: query, as: UTF8.self)
        return presigned
    }

    private func presignedPayloadHash(_ request: HTTPRequest, _ sha256: borrowing SHA256) -> String {
        pathEncoding == .once && (payload == .signed || payload == .signedAndStated)
            ? Self.unsignedPayload : payloadHash(of: request.body, sha256)
    }

    private func append(
        _ key: SigningKey, _ time: SigningTime, _ headers: CanonicalHeaders, expiresIn seconds: Int,
        to query: inout [UInt8]
    ) {
        let scope = credentials.accessKeyID + "/" + String(decoding: key.scope, as: UTF8.self)
        append("X-Amz-Algorithm", Self.algorithm, to: &query)
        append("X-Amz-Credential", scope, to: &query)
        append("X-Amz-Date", time.text, to: &query)
        append("X-Amz-SignedHeaders", String(decoding: headers.signed, as: UTF8.self), to: &query)
        append("X-Amz-Expires", String(seconds), to: &query)
    }

    private func append(_ name: String, _ value: String, to query: inout [UInt8]) {
        if !query.isEmpty { query.append("&") }
        query.append(name)
        query.append("=")
        for byte in value.utf8 {
            if Byte.isUnreserved(byte) { query.append(byte) } else { query.appendEncoded(byte) }
        }
    }
}

/// The part of a query that is a signature.
enum PresignedQuery {
    static let names: Set = [
        "X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-Security-Token",
        "X-Amz-Signature", "X-Amz-SignedHeaders",
    ]

    /// What is left of a query without some names; everything else stays as it is.
    static func withoutSignature(_ query: String, _ names: Set<String>) -> String {
        query.split(separator: "&").filter { pair in
            !names.contains(PercentEncoding.decode(pair.prefix { $0 != "=" }) ?? "")
        }.joined(separator: "&")
    }
}
