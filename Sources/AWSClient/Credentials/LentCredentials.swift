import Quantities
import SigV4
import Wire

/// Credentials with the moment they end.
package struct LentCredentials: Sendable, Equatable {
    package let credentials: Credentials
    /// `nil` for keys that do not end.
    package let expiry: Timestamp?

    package init(_ credentials: Credentials, expiry: Timestamp? = nil) {
        self.credentials = credentials
        self.expiry = expiry
    }

    /// Reads the JSON of a container, an instance or a program.
    ///
    /// - Parameter token: The name of the session token there.
    /// - Returns: `nil` when a key is missing, or the end is no time.
    init?(_ document: JSONValue, token: String) {
        guard let id = document["AccessKeyId"]?.string, !id.isEmpty,
            let secret = document["SecretAccessKey"]?.string, !secret.isEmpty
        else { return nil }
        let expiryText = document["Expiration"]?.string
        let expiry = expiryText.flatMap { Timestamp($0) }
        if expiryText != nil && expiry == nil { return nil }
        self.init(
            Credentials(accessKeyID: id, secretAccessKey: secret, sessionToken: document[token]?.string),
            expiry: expiry)
    }

    /// Reads the `<Credentials>` of STS.
    init?(_ element: XMLElement?) {
        guard let id = element?["AccessKeyId"]?.text, let secret = element?["SecretAccessKey"]?.text,
            let token = element?["SessionToken"]?.text,
            let expiry = element?["Expiration"].flatMap({ Timestamp($0.text) })
        else { return nil }
        self.init(
            Credentials(accessKeyID: id, secretAccessKey: secret, sessionToken: token), expiry: expiry)
    }
}

/// One place where credentials may be found.
package protocol CredentialsSource: Sendable {
    /// - Throws: What is wrong, when this is set up and yields none: the next place is not asked then.
    func find() async throws(AWSFailure) -> CredentialsFinding
}

package enum CredentialsFinding: Sendable, Equatable {
    case found(LentCredentials)
    /// Nothing is set up here; the reason completes "no AWS credentials: ...".
    case absent(String)
}
