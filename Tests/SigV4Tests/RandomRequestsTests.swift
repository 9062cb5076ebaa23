import Foundation  // runs the script
import Quantities
import SigV4
import Testing
import Wire

/// Ten thousand requests that an SDK can send, made and signed by
/// `Tests/Fixtures/aws/sigv4/random_requests.py`, which says what it leaves out.
@Suite struct RandomRequestsTests {
    fileprivate static let python = ProcessInfo.processInfo.environment["ALEX_PYTHON"]

    @Test(.enabled(if: RandomRequestsTests.python != nil))
    func `ten thousand random requests are signed as botocore signs them`() throws {
        let lines = try Self.lines(count: 10_000)
        #expect(lines.count == 10_000)
        var presigned = 0
        var differences: [Substring] = []
        for line in lines {
            let example = try JSONValue(reading: Array(line.utf8))
            if example["lifetimeSeconds"]?.int != nil { presigned += 1 }
            if try !Self.isSignedTheSame(example) { differences.append(line) }
        }
        #expect((1500...2500).contains(presigned))
        #expect(differences.isEmpty, "\(differences.count), such as \(differences.prefix(3))")
    }

    private static func lines(count: Int) throws -> [Substring] {
        let directory = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let script = directory.appending(path: "Fixtures/aws/sigv4/random_requests.py")
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [try #require(python), script.path, "\(count)"]
        process.standardOutput = output
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    }

    /// Signed as botocore did, and accepted by the verifier with botocore's signature.
    private static func isSignedTheSame(_ example: JSONValue) throws -> Bool {
        let (request, signer) = (try request(example), try signer(example))
        let moment = Timestamp(
            secondsSinceEpoch: Int64(try #require(example["secondsSinceEpoch"]?.int)))
        let expected = try #require(example["signed"]?.string)
        let verifier = SignatureVerifier([signer.credentials])
        if let seconds = example["lifetimeSeconds"]?.int {
            var presigned = try signer.presign(request, at: moment, expiresIn: seconds)
            let query = try #require(presigned.url.query)
            let address = try #require(HTTPURL(expected))
            let isSame =
                query.suffix(64) == expected.suffix(64)
                && query.split(separator: "&").sorted()
                    == address.query?.split(separator: "&").sorted()
            presigned.url = address
            _ = try verifier.verify(presigned, at: moment)
            return isSame
        }
        var signed = signer.sign(request, at: moment)
        let isSame = signed.headers["Authorization"] == expected
        signed.headers["Authorization"] = expected
        _ = try verifier.verify(signed, at: moment)
        return isSame
    }

    private static func request(_ example: JSONValue) throws -> HTTPRequest {
        let method = try #require(example["method"]?.string.flatMap(HTTPMethod.init(rawValue:)))
        let url = try #require(example["url"]?.string.flatMap(HTTPURL.init))
        let headers = try #require(example["headers"]?.array).compactMap(\.array).map { pair in
            (name: try #require(pair[0].string), value: try #require(pair[1].string))
        }
        let body = try #require(example["body"]?.string.flatMap { Base64.decode($0) })
        return HTTPRequest(method, url, headers: HTTPHeaders(headers), body: body)
    }

    private static func signer(_ example: JSONValue) throws -> Signer {
        let service = try #require(example["service"]?.string)
        return Signer(
            credentials: Credentials(
                accessKeyID: try #require(example["accessKeyID"]?.string),
                secretAccessKey: try #require(example["secretAccessKey"]?.string),
                sessionToken: example["sessionToken"]?.string),
            region: try #require(example["region"]?.string), service: service,
            pathEncoding: PathEncoding(service: service),
            payload: example["isUnsigned"] == .bool(true) ? .unsigned : .signed)
    }
}
