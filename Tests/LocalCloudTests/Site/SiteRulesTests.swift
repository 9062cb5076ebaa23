// Foundation reads the files of the web app.
import Foundation
import LocalCloud
import Testing
import Wire

@Suite struct SiteRulesTests {
    /// The table that the CloudFront Functions are tested over, too.
    @Test func `every address of the common table leads where the table says`() throws {
        let rules = try WebAppSource.rules()
        let cases = try #require(try WebAppSource.json("addresses.json").array)
        #expect(cases.count > 20)
        for row in cases {
            let path = try #require(row["path"]?.string)
            let expected: SiteRules.Target
            if let location = row["location"]?.string {
                #expect(row["status"]?.int == 301)
                expected = .redirect(location)
            } else {
                let object = try #require(row["object"]?.string)
                expected = .object(object, status: try #require(row["status"]?.int))
            }
            #expect(rules.target(of: path) == expected, "\(path)")
        }
    }

    @Test func `the API's addresses without a build are those of the web app's source`() throws {
        let source = try WebAppSource.text("site.mjs")
        let list = try #require(source.firstMatch(of: /export const api = (\[.*\]);/)?.output.1)
        #expect(try JSONValue(reading: String(list)) == .array(SiteRules.defaultAPI.map { .string($0) }))
    }

    @Test(arguments: ["/assets/main-ABCD.js", "/assets/chunks/a_b~1.css"])
    func `a plain name below assets is an object`(path: String) throws {
        #expect(try Self.sample().target(of: path) == .object(path, status: 200))
    }

    @Test(arguments: [
        "/assets/", "/assets/.hidden.js", "/assets/../.env", "/assets/%2e%2e/.env", "/assets/..%2f.env",
        "/assets/a//b.js", "/assets/a/./b.js", "/assets/a%00.js", "/assets/a\\b.js",
    ]) func `what might lead out of assets is not found`(path: String) throws {
        #expect(try Self.sample().target(of: path) == .object("/404.html", status: 404))
    }

    @Test(arguments: [
        ("/api/accounts", true), ("/api/", true), ("/openapi.json", true), ("/api", false),
        ("/apis/x", false), ("/openapi.json/x", false), ("/%61pi/accounts", false), ("//api/accounts", false),
    ]) func `the API has its own addresses and no others`(path: String, isAPI: Bool) {
        #expect(SiteRules.isAPI(path, among: SiteRules.defaultAPI) == isAPI)
    }

    @Test(arguments: ["pages", "files", "assets", "api", "notFound", "headers", "cacheControl"])
    func `rules that lack a member are refused by its name`(member: String) throws {
        var members = try #require(SampleSite.rules.object)
        members[member] = nil
        let failure = #expect(throws: SiteFailure.self) { try SiteRules(reading: .object(members)) }
        #expect(failure?.description.contains(member) == true)
    }

    private static func sample() throws -> SiteRules { try SiteRules(reading: SampleSite.rules) }
}

/// The web app's committed source, without building it.
enum WebAppSource {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../frontend").standardizedFileURL

    static func text(_ name: String) throws -> String {
        try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }

    static func json(_ name: String) throws -> JSONValue { try JSONValue(reading: try text(name)) }

    /// What its build writes into `edge/site.json`, as far as addresses go.
    static func rules() throws -> SiteRules {
        let rows = try text("site.mjs").matches(of: /"(\/[^"]*)": \{ file: "([^"]+)"/)
        let pages = rows.map { (String($0.output.1), JSONValue.string("/\($0.output.2).html")) }
        let files = try FileManager.default.contentsOfDirectory(
            atPath: folder.appending(path: "public").path())
        var members = SampleSite.rules.object ?? [:]
        members["pages"] = .object(Dictionary(uniqueKeysWithValues: pages))
        members["files"] = .array(files.map { .string("/\($0)") })
        return try SiteRules(reading: .object(members))
    }
}
