import Wire

/// The one text on which signer and verifier must agree byte for byte.
///
/// Source: "Create a signed AWS API request", IAM user guide; differences between S3 and the rest as in
/// botocore's `auth.py`.
struct CanonicalRequest {
    let text: String
    /// Lower case, sorted, joined with `;`.
    let signedHeaders: String

    /// - Parameter isSigned: Is asked with the lower-case name of every header of the request.
    init(
        _ request: HTTPRequest, pathEncoding: PathEncoding, payloadHash: String, isSigned: (String) -> Bool
    ) {
        let headers = Self.headers(of: request, isSigned: isSigned)
        signedHeaders = headers.map(\.name).joined(separator: ";")
        text = [
            request.method.rawValue,
            Self.path(request.url.path, pathEncoding),
            Self.query(request.url.query ?? ""),
            headers.map { "\($0.name):\($0.value)\n" }.joined(),
            signedHeaders,
            payloadHash,
        ].joined(separator: "\n")
    }

    /// What is signed in the end.
    func stringToSign(at moment: String, scope: CredentialScope) -> String {
        [
            Signer.algorithm, moment, scope.textWithoutKey,
            Digest.hexadecimal(Digest.sha256(Array(text.utf8))),
        ].joined(separator: "\n")
    }

    private static func path(_ path: String, _ encoding: PathEncoding) -> String {
        switch encoding {
        case .once: path
        case .twice: PercentEncoding.encode(normalised(path), keeping: "/")
        }
    }

    /// Without `.`, `..` and empty segments; a trailing slash stays.
    private static func normalised(_ path: String) -> String {
        var segments: [Substring] = []
        for segment in path.split(separator: "/") where segment != "." {
            if segment == ".." { _ = segments.popLast() } else { segments.append(segment) }
        }
        let trailing = path.hasSuffix("/") && !segments.isEmpty ? "/" : ""
        return "/" + segments.joined(separator: "/") + trailing
    }

    private static func query(_ query: String) -> String {
        let pairs = query.split(separator: "&").map { pair -> (name: String, value: String) in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (encodedAgain(parts[0]), parts.count > 1 ? encodedAgain(parts[1]) : "")
        }
        return pairs.sorted { ($0.name, $0.value) < ($1.name, $1.value) }
            .map { "\($0.name)=\($0.value)" }.joined(separator: "&")
    }

    /// Whatever was left unencoded in the address is encoded; what is not UTF-8 stays as it was sent.
    private static func encodedAgain(_ text: Substring) -> String {
        PercentEncoding.decode(text).map { PercentEncoding.encode($0) } ?? String(text)
    }

    private static func headers(
        of request: HTTPRequest, isSigned: (String) -> Bool
    ) -> [(name: String, value: String)] {
        var values: [String: [String]] = [:]
        for field in request.headers.fields {
            let name = field.name.lowercased()
            if isSigned(name) { values[name, default: []].append(collapsed(field.value)) }
        }
        return values.map { (name: $0.key, value: $0.value.joined(separator: ",")) }.sorted {
            $0.name < $1.name
        }
    }

    /// Trimmed, runs of blanks collapsed to one.
    private static func collapsed(_ value: String) -> String {
        value.split { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r\n" }.joined(separator: " ")
    }
}

/// How often the path is percent-encoded between the caller and the signature.
package enum PathEncoding: Sendable {
    /// All services but S3: the path as sent is normalised and encoded again, `%3A` becomes `%253A`.
    case twice
    /// S3 only: the path as sent.
    case once
}
