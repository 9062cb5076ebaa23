import Quantities

/// Why a signature was not accepted, in AWS's own codes.
package enum SignatureFailure: Error, Sendable, Equatable {
    /// There is no signature at all.
    case missing
    /// There is one, but something that belongs to it is absent or garbled.
    case incomplete(String)
    /// The access key id, or the session token that belongs to it, is not known here.
    case unknownKey(String)
    case expired(signedAt: Timestamp, now: Timestamp)
    /// A presigned address is to be good for less than a second or more than a week.
    case lifetime(seconds: Int)
    case payloadDoesNotMatch(stated: String, computed: String)
    case doesNotMatch(canonicalRequest: String, stringToSign: String)

    package var code: String {
        switch self {
        case .missing: "MissingAuthenticationToken"
        case .incomplete: "IncompleteSignature"
        case .unknownKey: "InvalidClientTokenId"
        case .expired: "RequestExpired"
        case .lifetime: "AuthorizationQueryParametersError"
        case .payloadDoesNotMatch: "XAmzContentSHA256Mismatch"
        case .doesNotMatch: "SignatureDoesNotMatch"
        }
    }

    /// The HTTP status AWS answers with.
    package var status: Int {
        switch self {
        case .missing, .unknownKey, .doesNotMatch: 403
        case .incomplete, .expired, .lifetime, .payloadDoesNotMatch: 400
        }
    }
}

extension SignatureFailure: CustomStringConvertible, CustomDebugStringConvertible {
    package var description: String {
        switch self {
        case .missing: "Missing Authentication Token"
        case .incomplete(let reason): reason
        case .unknownKey: "The security token included in the request is invalid."
        case .expired(let signedAt, let now):
            "Signature expired or not yet valid: signed at \(signedAt), it is \(now)"
        case .lifetime(let seconds):
            "X-Amz-Expires must be between \(Signer.lifetimesInSeconds.lowerBound) and "
                + "\(Signer.lifetimesInSeconds.upperBound) seconds, and is \(seconds)"
        case .payloadDoesNotMatch: "The body is not the one whose digest X-Amz-Content-Sha256 gives."
        case .doesNotMatch:
            "The request signature we calculated does not match the signature you provided. "
                + "Check your AWS Secret Access Key and signing method."
        }
    }

    package var debugDescription: String {
        switch self {
        case .doesNotMatch(let canonicalRequest, let stringToSign):
            "\(code): \(description)\n\nThe canonical request is:\n\(canonicalRequest)\n\n"
                + "The string to sign is:\n\(stringToSign)"
        case .payloadDoesNotMatch(let stated, let computed):
            "\(code): \(description) Stated: \(stated), computed: \(computed)"
        case .missing, .incomplete, .unknownKey, .expired, .lifetime: "\(code): \(description)"
        }
    }
}
