import AWSClient
import CommandLine
import LocalCloud
import Quantities
import SigV4
import Testing
import Wire

struct SiteUploadTests {
    static let now = Timestamp(secondsSinceEpoch: 1_800_000_000)
    let rules: SiteRules

    init() throws {
        rules = try SiteRules(
            reading: [
                "pages": ["/": "/index.html"], "files": ["/robots.txt"], "assets": "/assets/",
                "notFound": "/404.html", "api": ["/api/*"], "headers": [:],
                "cacheControl": ["assets": "immutable", "others": "no-cache"],
            ])
    }

    private func file(_ key: String, _ text: String = "x") -> SiteUpload.File {
        SiteUpload.File(key: key, body: Array(text.utf8), rules: rules)
    }

    private func object(_ key: String, _ text: String = "x", daysOld: Int = 0) -> S3Client.Object {
        S3Client.Object(
            key: key, bytes: text.utf8.count, entityTag: Digest.hexadecimal(Digest.md5(Array(text.utf8))),
            lastModified: Timestamp(
                secondsSinceEpoch: Self.now.secondsSinceEpoch - Int64(daysOld) * 86_400))
    }

    private func plan(_ files: [SiteUpload.File], _ objects: [S3Client.Object]) -> SiteUpload.Plan {
        SiteUpload.plan(files, over: objects, rules: rules, at: Self.now)
    }

    @Test func `a first upload brings assets before pages`() {
        let plan = plan([file("index.html"), file("assets/a.js"), file("robots.txt")], [])
        #expect(plan.assets.map(\.key) == ["assets/a.js"])
        #expect(plan.pages.map(\.key) == ["index.html", "robots.txt"])
        #expect(plan.deletions == [])
    }

    @Test func `what is there byte for byte is not sent again`() {
        let plan = plan(
            [file("index.html", "new"), file("assets/a.js")],
            [object("index.html", "old"), object("assets/a.js")])
        #expect(plan.pages.map(\.key) == ["index.html"])
        #expect(plan.assets == [])
        #expect(plan.unchanged == 1)
    }

    @Test func `assets of earlier versions stay for thirty days, pages that are no more go at once`() {
        let plan = plan(
            [file("index.html")],
            [
                object("index.html"), object("gone.html"), object("assets/young.js", daysOld: 29),
                object("assets/old.js", daysOld: 31),
            ])
        #expect(plan.deletions == ["gone.html", "assets/old.js"])
    }

    @Test func `an asset may be kept for ever, a page is asked for anew`() {
        #expect(file("assets/a.js").cacheControl == "immutable")
        #expect(file("index.html").cacheControl == "no-cache")
        #expect(file("index.html").contentType == "text/html; charset=utf-8")
        #expect(file("assets/a.woff2").contentType == "font/woff2")
    }
}
