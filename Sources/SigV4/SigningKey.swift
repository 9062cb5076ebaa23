import Synchronization

/// What signs on one day, in one region, for one service.
struct SigningKey: Sendable {
    let key: HMACKey
    /// The scope without the access key: the third line of the string to sign.
    let scope: [UInt8]

    /// HMAC over date, region and service, so that a leaked signing key is good for one day and one service.
    fileprivate init(_ part: SigningKeyCache.Part, _ sha256: borrowing SHA256) {
        let secret = Array("AWS4\(part.secretAccessKey)".utf8)
        var key = secret.withUnsafeBytes { HMACKey($0, sha256) }
        let parts = [part.day, part.region, part.service, CredentialScope.terminator]
        for part in parts {
            key = key.code(of: Array(part.utf8), sha256).withUnsafeBytes { HMACKey($0, sha256) }
        }
        self.key = key
        scope = Array(parts.joined(separator: "/").utf8)
    }

    func signature(of text: [UInt8], _ sha256: borrowing SHA256) -> SHA256.Value {
        key.code(of: text, sha256)
    }
}

/// The signing keys made last: making one takes longer than the signature it is for.
///
/// A class, because all signers of a process share one: a ``Signer`` lives for a request.
final class SigningKeyCache: Sendable {
    static let shared = SigningKeyCache()

    /// A function calls about five services; a verifier may be asked for any, and then makes keys again.
    static let limit = 16

    /// What a key depends on.
    struct Part: Equatable {
        /// `yyyymmdd`.
        let day: String
        let region: String
        let service: String
        let secretAccessKey: String
    }

    private struct Contents {
        var entries: [(part: Part, key: SigningKey)] = []
        var next = 0
    }

    private let contents = Mutex(Contents())

    /// Made, where it is not yet here; the oldest goes then.
    func key(_ part: Part, _ sha256: borrowing SHA256) -> SigningKey {
        let known = contents.withLock { contents in contents.entries.first { $0.part == part }?.key }
        if let known { return known }
        let key = SigningKey(part, sha256)
        contents.withLock { contents in
            if contents.entries.count < Self.limit {
                contents.entries.append((part, key))
            } else {
                contents.entries[contents.next] = (part, key)
                contents.next = (contents.next + 1) % Self.limit
            }
        }
        return key
    }

    var count: Int { contents.withLock { $0.entries.count } }
}
