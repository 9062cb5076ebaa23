// Foundation brings names to one form.
import Foundation
import Quantities
import SigV4
import Wire

/// The sign-in of the local identity provider, for the web app's own page: no passwords, for nothing here is
/// secret. On AWS there is Clerk instead.
package struct LocalSignIn: Sendable {
    /// How long one lasts: as long as the access tokens the guides ask for.
    package static let tokenLifetime = Duration.seconds(3600)
    package static let longestName = 100
    package static let largestBodyBytes = 4096

    private let identity: LocalIdentity
    private let now: @Sendable () -> Timestamp

    package init(_ identity: LocalIdentity, now: @escaping @Sendable () -> Timestamp) {
        self.identity = identity
        self.now = now
    }

    package var routes: [GatewayRoute] {
        [
            GatewayRoute(.get, "/identity/households") { _ in Self.households },
            GatewayRoute(.post, "/identity/sign-in") { answer($0) },
        ]
    }

    private static var households: Reply {
        let rows = DemoHousehold.all.map { household -> JSONValue in
            [
                "alias": .string(household.alias), "name": .string(household.name),
                "email": .string(household.email),
            ]
        }
        return .json(["households": .array(rows)])
    }

    private func answer(_ request: HTTPRequest) -> Reply {
        do throws(SignInFailure) {
            let household = try Self.household(request.body)
            let now = now()
            let token: String
            do {
                token = try identity.token(for: household, lifetime: Self.tokenLifetime, now: now)
            } catch {
                return .json(["detail": .string(error.description)], status: 500)
            }
            let answer: JSONValue = [
                "token": .string(token), "expires_at": .string((now + Self.tokenLifetime).description),
                "name": .string(household.name), "subject": .string(household.subject),
            ]
            return .json(answer).setting("no-store", for: "Cache-Control")
        } catch {
            return .json(["detail": .string(error.description)], status: 400)
        }
    }

    /// Who wants to sign in: `{household: alias}` or `{name: "Somebody New"}`.
    private static func household(_ body: [UInt8]) throws(SignInFailure) -> DemoHousehold {
        guard body.count <= largestBodyBytes else { throw .tooLarge }
        let document: JSONValue
        do { document = try JSONValue(reading: body) } catch { throw .notJSON(error) }
        switch (document["household"], document["name"]) {
        case (.string(let alias), nil):
            guard let household = DemoHousehold.all.first(where: { $0.alias == alias }) else {
                throw .unknownHousehold
            }
            return household
        case (nil, .string(let name)): return try DemoHousehold(name: name)
        default: throw .neitherHouseholdNorName
        }
    }
}

extension DemoHousehold {
    /// The household of somebody who has chosen nothing but a name. The same name, however its accents are
    /// written, is the same household.
    ///
    /// - Throws: ``SignInFailure/badName`` unless it has 1 to 100 characters, no control character
    ///   among them.
    package init(name: String) throws(SignInFailure) {
        let name = name.trimmingCharacters(in: .whitespacesAndNewlines).precomposedStringWithCanonicalMapping
        let isPlain = name.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
        guard (1...LocalSignIn.longestName).contains(name.unicodeScalars.count), isPlain else {
            throw .badName
        }
        let slug = Self.slug(of: name)
        let digest = Digest.hexadecimal(Digest.sha256(Array(name.utf8))).prefix(10)
        self.init(
            alias: slug, subject: "user_local_\(slug)_\(digest)", name: name, email: "\(slug)@example.com")
    }

    /// A readable beginning for keys: letters and digits of ASCII, single dashes between them.
    private static func slug(of name: String) -> String {
        let letters = name.lowercased().decomposedStringWithCanonicalMapping.unicodeScalars.filter { scalar in
            scalar.properties.generalCategory != .nonspacingMark
        }
        let words = letters.split { !("a"..."z").contains($0) && !("0"..."9").contains($0) }
        let slug = words.map { String($0) }.joined(separator: "-").prefix(32)
        return slug.isEmpty ? "household" : String(slug)
    }
}

/// Why nobody is signed in.
package enum SignInFailure: Error, Hashable, CustomStringConvertible {
    case tooLarge
    case notJSON(JSONFailure)
    case neitherHouseholdNorName
    case unknownHousehold
    case badName

    package var description: String {
        switch self {
        case .tooLarge: "the request is larger than \(LocalSignIn.largestBodyBytes) bytes"
        case .notJSON(let failure): "the request is \(failure)"
        case .neitherHouseholdNorName: "choose one of the households, or enter a name: either, not both"
        case .unknownHousehold: "there is no such household; /identity/households lists them"
        case .badName: "a name has 1 to \(LocalSignIn.longestName) characters, no control characters"
        }
    }
}
