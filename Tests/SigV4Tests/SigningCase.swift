import Foundation  // reads the fixture file
import Quantities
import SigV4
import Wire

/// One request as botocore signs it; see `Tests/Fixtures/aws/sigv4/make.py`.
struct SigningCase: Sendable, CustomStringConvertible {
    let name: String
    let request: HTTPRequest
    let signer: Signer
    let canonicalRequest: String
    let stringToSign: String
    let authorization: String

    var description: String { name }

    static let moment = Timestamp("2015-08-30T12:36:00Z") ?? Timestamp(secondsSinceEpoch: 0)

    static let all: [SigningCase] = {
        do {
            let document = try fixture()
            return (document["cases"]?.array ?? []).compactMap { SigningCase($0, document) }
        } catch {
            return []  // A test counts the cases.
        }
    }()

    private static func fixture() throws -> JSONValue {
        let directory = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let file = directory.appending(path: "Fixtures/aws/sigv4/cases.json")
        return try JSONValue(reading: Array(try Data(contentsOf: file)))
    }

    private init?(_ value: JSONValue, _ document: JSONValue) {
        guard let name = value["name"]?.string, let canonicalRequest = value["canonicalRequest"]?.string,
            let stringToSign = value["stringToSign"]?.string,
            let authorization = value["authorization"]?.string,
            let method = value["method"]?.string.flatMap(HTTPMethod.init(rawValue:)),
            let url = value["url"]?.string.flatMap(HTTPURL.init),
            let body = value["body"]?.string.flatMap({ Base64.decode($0) }),
            let region = value["region"]?.string, let service = value["service"]?.string,
            let accessKeyID = document["accessKeyID"]?.string,
            let secretAccessKey = document["secretAccessKey"]?.string
        else { return nil }
        let headers = (value["headers"]?.array ?? []).compactMap(\.array).map { pair in
            (name: pair[0].string ?? "", value: pair[1].string ?? "")
        }
        self.name = name
        self.canonicalRequest = canonicalRequest
        self.stringToSign = stringToSign
        self.authorization = authorization
        request = HTTPRequest(method, url, headers: HTTPHeaders(headers), body: body)
        signer = Signer(
            credentials: Credentials(
                accessKeyID: accessKeyID, secretAccessKey: secretAccessKey,
                sessionToken: value["sessionToken"]?.string),
            region: region, service: service, pathEncoding: service == "s3" ? .once : .twice,
            payload: value["payload"]?.string == "unsigned" ? .unsigned : .signed)
    }
}
