import LocalCloud
import SigV4
import Synchronization
import Testing
import Wire

@Suite struct StaticSiteTests {
    @Test(arguments: [
        ("/", "index"), ("/dashboard", "dashboard"), ("/accounts", "accounts"), ("/accounts/0a91", "account"),
        ("/dashboard?tab=1", "dashboard"),
    ]) func `a page is served at its address`(path: String, title: String) async throws {
        try await SampleSite.serve { site, _ in
            let response = await site.response(path)
            #expect(response.status == 200)
            #expect(response.headers["Content-Type"] == "text/html; charset=utf-8")
            #expect(response.text == "<title>\(title)</title>")
        }
    }

    @Test(arguments: [
        ("/dashboard/", "/dashboard"), ("/dashboard.html?a=b%20c&d", "/dashboard?a=b%20c&d"),
        ("/index.html", "/"), ("/accounts/0a91/", "/accounts/0a91"),
    ]) func `another spelling of an address leads to it`(path: String, location: String) async throws {
        try await SampleSite.serve { site, _ in
            let response = await site.response(path)
            #expect(response.status == 301)
            #expect(response.headers["Location"] == location)
        }
    }

    @Test(arguments: [
        "/nowhere", "/.env", "/%2e%2e/edge/site.json", "/..%2fedge/site.json", "/assets/../../edge/site.json",
        "/assets/%2e%2e/.env", "/assets/.hidden.js", "/assets/none.js", "/assets", "/edge/site.json",
        "//elsewhere.example/", "/account/",
    ]) func `everything else is the page that says so, with status 404`(path: String) async throws {
        try await SampleSite.serve { site, _ in
            let response = await site.response(path)
            #expect(response.status == 404)
            #expect(response.text == "<title>Page not found</title>")
            #expect(response.headers["Cache-Control"] == "no-cache")
        }
    }

    @Test func `a name longer than the file system knows is not found`() async throws {
        try await SampleSite.serve { site, _ in
            let name = String(repeating: "a", count: 5000)
            #expect(await site.response("/assets/\(name).js").status == 404)
        }
    }

    @Test(arguments: [HTTPMethod.post, .put, .patch, .delete, .options])
    func `the site can only be read`(method: HTTPMethod) async throws {
        try await SampleSite.serve { site, _ in
            let response = await site.response(method, "/dashboard")
            #expect(response.status == 405)
            #expect(response.headers["Allow"] == "GET, HEAD")
        }
    }

    @Test func `the head of a page is the head of the whole answer`() async throws {
        try await SampleSite.serve { site, _ in
            let (head, whole) = (await site.response(.head, "/"), await site.response(.get, "/"))
            #expect(head.headers == whole.headers)
            #expect(head.status == 200)
        }
    }

    @Test(arguments: [
        (HTTPMethod.get, "/", 200), (.get, "/assets/main-ABCD.js", 200), (.get, "/dashboard/", 301),
        (.get, "/nowhere", 404), (.post, "/", 405),
    ]) func `every answer has the headers of the site`(method: HTTPMethod, path: String, status: Int)
        async throws
    {
        try await SampleSite.serve { site, _ in
            let response = await site.response(method, path)
            #expect(response.status == status)
            #expect(response.headers["Content-Security-Policy"] == "default-src 'none'")
            #expect(response.headers["X-Frame-Options"] == "DENY")
        }
    }

    @Test(arguments: [
        ("/assets/main-ABCD.js", "public, max-age=31536000, immutable", "text/javascript; charset=utf-8"),
        ("/robots.txt", "no-cache", "text/plain; charset=utf-8"),
        ("/favicon.ico", "no-cache", "image/x-icon"),
        ("/", "no-cache", "text/html; charset=utf-8"),
    ]) func `each kind of file has its type and its time in caches`(
        path: String, cacheControl: String, type: String
    ) async throws {
        try await SampleSite.serve { site, _ in
            let response = await site.response(path)
            #expect(response.headers["Cache-Control"] == cacheControl)
            #expect(response.headers["Content-Type"] == type)
        }
    }

    @Test func `the API's addresses are not the site's`() async throws {
        try await SampleSite.serve { site, _ in
            #expect(await site.response("/api/accounts").status == 0)
            #expect(await site.response(.post, "/api/accounts").status == 0)
            #expect(await site.response("/openapi.json").status == 0)
        }
    }

    @Test func `without a build one sentence says how to make it, and the API goes on`() async throws {
        let directory = try TemporaryDirectory()
        let site = StaticSite(folder: directory.path)
        let response = await site.response("/")
        #expect(response.status == 503)
        #expect(response.text.contains("make web"))
        #expect(await site.response("/api/accounts").status == 0)
    }

    @Test func `a build is seen when it comes, and when the next one comes`() async throws {
        let directory = try TemporaryDirectory()
        let site = StaticSite(folder: directory.path)
        #expect(await site.response("/").status == 503)
        try SampleSite.write(into: directory)
        #expect(await site.response("/").text == "<title>index</title>")
        try directory.write("<title>rebuilt index</title>", to: "out/index.html")
        #expect(await site.response("/").text == "<title>rebuilt index</title>")
    }

    @Test func `rules that cannot be read are reported and answered with 500`() async throws {
        let directory = try TemporaryDirectory()
        try directory.write("{", to: "edge/site.json")
        let reports = Mutex<[String]>([])
        let site = StaticSite(folder: directory.path) { text in reports.withLock { $0.append(text) } }
        #expect(await site.response("/").status == 500)
        #expect(reports.withLock { $0.first?.contains("edge/site.json") } == true)
        #expect(await site.response("/api/accounts").status == 0)
    }
}

extension HTTPResponse {
    var text: String { String(decoding: body, as: UTF8.self) }
}
