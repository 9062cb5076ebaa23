import Quantities
import Wire

/// What a request says about its own signature, in a header or in its address; nothing of it is believed
/// before ``SignatureVerifier`` has computed the same.
struct SignatureClaim {
    let scope: CredentialScope
    /// Lower case.
    let signedHeaders: [String]
    /// 64 lower-case digits, if it is one at all.
    let signature: String
    /// When it was signed, as it stands in the request; `nil` where that is missing.
    let moment: String?
    let sessionToken: String?
    /// For how long an address is good; `nil` for a header, which is good for a moment.
    let lifetime: Duration?

    /// - Throws: ``SignatureFailure/missing`` when there is none, ``SignatureFailure/incomplete(_:)`` or
    ///   ``SignatureFailure/lifetime(seconds:)`` when it cannot be read.
    init(_ request: HTTPRequest) throws(SignatureFailure) {
        let query = request.url.query ?? ""
        let isPresigned = query.utf8.count > 64 && query.contains("X-Amz-Signature=")
        guard isPresigned else {
            try self.init(header: request)
            return
        }
        guard request.headers["Authorization"] == nil else {
            throw .incomplete("a request is signed in the header Authorization or in its address, not both")
        }
        try self.init(query: query, of: request)
    }

    /// `AWS4-HMAC-SHA256 Credential=..., SignedHeaders=..., Signature=...`, taken apart.
    init(header request: HTTPRequest) throws(SignatureFailure) {
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
        moment = request.headers["X-Amz-Date"]
        sessionToken = request.headers[Signer.tokenName]
        lifetime = nil
        try requireSignedHeaders(of: request)
    }

    private init(query: String, of request: HTTPRequest) throws(SignatureFailure) {
        var values: [String: String] = [:]
        for pair in PercentEncoding.pairs(ofQuery: query) where PresignedQuery.names.contains(pair.name) {
            guard values.updateValue(pair.value, forKey: pair.name) == nil else {
                throw .incomplete("\(pair.name) is given more than once")
            }
        }
        guard values["X-Amz-Algorithm"] == Signer.algorithm else {
            throw .incomplete("X-Amz-Algorithm is not \(Signer.algorithm)")
        }
        guard let scope = values["X-Amz-Credential"].flatMap({ CredentialScope($0) }) else {
            throw .incomplete("there is no valid X-Amz-Credential")
        }
        guard let signedHeaders = values["X-Amz-SignedHeaders"], let signature = values["X-Amz-Signature"]
        else { throw .incomplete("there is no X-Amz-SignedHeaders or no X-Amz-Signature") }
        guard let seconds = values["X-Amz-Expires"].flatMap({ Int($0) }) else {
            throw .incomplete("there is no valid X-Amz-Expires")
        }
        guard Signer.lifetimesInSeconds.contains(seconds) else { throw .lifetime(seconds: seconds) }
        self.scope = scope
        self.signedHeaders = signedHeaders.split(separator: ";").map(String.init)
        self.signature = signature
        moment = values["X-Amz-Date"]
        sessionToken = values[Signer.tokenName]
        lifetime = .seconds(seconds)
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

    /// What of the address is signed.
    func signedQuery(of request: HTTPRequest) -> String? {
        guard lifetime != nil, let query = request.url.query else { return request.url.query }
        return PresignedQuery.withoutSignature(query, ["X-Amz-Signature"])
    }
}
