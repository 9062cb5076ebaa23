import Foundation  // reads the fixture files
import Quantities
import SigV4
import Wire

/// The two public suites of Signature Version 4; see `Tests/Fixtures/aws/sigv4/make_suites.py`.
enum PublicSuite {
    static let moment = SigningCase.moment
    static let region = "us-east-1"
    static let service = "service"

    static func cases(_ name: String) -> [JSONValue] {
        let directory = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let file = directory.appending(path: "Fixtures/aws/sigv4/\(name)")
        do {
            return try JSONValue(reading: Array(try Data(contentsOf: file)))["cases"]?.array ?? []
        } catch {
            return []  // Tests count the cases.
        }
    }

    static func credentials(token: String? = nil) -> Credentials {
        Credentials(
            accessKeyID: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
            sessionToken: token)
    }
}

/// A canonical request and a string to sign.
struct SigningTexts: Equatable, CustomStringConvertible {
    let canonicalRequest: String
    let stringToSign: String

    var description: String { canonicalRequest + "\n\n" + stringToSign }

    init(canonicalRequest: String, stringToSign: String) {
        self.canonicalRequest = canonicalRequest
        self.stringToSign = stringToSign
    }

    /// What the verifier computes for a signed request: it shows the texts when the signature is a wrong one,
    /// so the last digit is changed. `nil` when something else is the matter.
    ///
    /// A token that is not signed counts as absent.
    init?(of signed: HTTPRequest, by signer: Signer, at moment: Timestamp = PublicSuite.moment) {
        var changed = signed
        var credentials = signer.credentials
        if signer.sessionToken == .added {
            changed.headers["X-Amz-Security-Token"] = nil
            changed.url.query = changed.url.query?.split(separator: "&").filter {
                !$0.hasPrefix("X-Amz-Security-Token=")
            }.joined(separator: "&")
            credentials = Credentials(
                accessKeyID: credentials.accessKeyID, secretAccessKey: credentials.secretAccessKey)
        }
        if let authorization = changed.headers["Authorization"] {
            changed.headers["Authorization"] = Self.withAnotherLastDigit(authorization)
        } else {
            changed.url.query = changed.url.query.map(Self.withAnotherLastDigit)
        }
        do {
            _ = try SignatureVerifier([credentials], pathEncoding: signer.pathEncoding).verify(
                changed, at: moment)
            return nil
        } catch {
            guard case .doesNotMatch(let canonicalRequest, let stringToSign) = error else { return nil }
            self.init(canonicalRequest: canonicalRequest, stringToSign: stringToSign)
        }
    }

    private static func withAnotherLastDigit(_ text: String) -> String {
        String(text.dropLast()) + (text.hasSuffix("0") ? "1" : "0")
    }
}

/// A request as the suites write it: HTTP/1.1, with lines folded as HTTP once allowed.
struct RawRequest: Equatable {
    let method: String
    let target: String
    /// Values trimmed at both ends.
    let headers: [(name: String, value: String)]
    let body: String

    init?(_ text: String) {
        let parts = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let first = parts.first, let start = first.firstIndex(of: " "),
            let end = first.lastIndex(of: " "), start < end
        else { return nil }
        method = String(first[..<start])
        target = String(first[first.index(after: start)..<end])
        let head = parts.dropFirst().prefix { !$0.isEmpty }
        body = parts[head.endIndex...].dropFirst().joined(separator: "\n")
        var headers: [(name: String, value: String)] = []
        for line in head {
            if line.hasPrefix(" "), let last = headers.popLast() {
                headers.append((last.name, last.value + "\n" + line))
            } else {
                let colon = line.firstIndex(of: ":") ?? line.endIndex
                headers.append((String(line[..<colon]), String(line[colon...].dropFirst())))
            }
        }
        self.headers = headers.map { ($0.name, $0.value.trimmingCharacters(in: .whitespaces)) }
    }

    /// As it would go on the wire.
    init(_ request: HTTPRequest) {
        method = request.method.rawValue
        target = request.url.path + (request.url.query.map { "?" + $0 } ?? "")
        headers = request.headers.fields.map { ($0.name, $0.value.trimmingCharacters(in: .whitespaces)) }
        body = String(decoding: request.body, as: UTF8.self)
    }

    var request: HTTPRequest? {
        guard let method = HTTPMethod(rawValue: method), var url = HTTPURL("https://example.amazonaws.com/")
        else { return nil }
        let path = target.prefix { $0 != "?" }
        url.path = String(path)
        url.query = path.endIndex < target.endIndex ? String(target[path.endIndex...].dropFirst()) : nil
        return HTTPRequest(method, url, headers: HTTPHeaders(headers), body: Array(body.utf8))
    }

    /// Headers in any order, names in any case; of one name the order counts.
    static func == (left: RawRequest, right: RawRequest) -> Bool {
        left.method == right.method && left.target == right.target && left.body == right.body
            && left.valuesByName == right.valuesByName
    }

    private var valuesByName: [String: [String]] {
        Dictionary(grouping: headers) { $0.name.lowercased() }.mapValues { $0.map(\.value) }
    }
}
