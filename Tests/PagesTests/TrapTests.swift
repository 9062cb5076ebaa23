import Pages
import TestSites
import Testing
import Transport
import Wire

/// Each trap of the local web site, and the very failure it ends in.
@Suite(.timeLimit(.minutes(2))) struct TrapTests {
    private let site: TrapSite

    init() throws { site = try TrapSite() }

    private func failure(_ path: String, limits: PageLimits = PageLimits()) async throws -> PageFailure? {
        switch try await site.read(path, limits: limits) {
        case .success(let page):
            Issue.record("\(path) was read: \(page.text.prefix(100))")
            return nil
        case .failure(let failure): return failure
        }
    }

    private func page(_ path: String, limits: PageLimits = PageLimits()) async throws -> Page {
        try await site.read(path, limits: limits).get()
    }

    private var origin: String { site.address }

    @Test func `an article is read: its title, its date and its text`() async throws {
        let page = try await page("article")
        #expect(page.address == "\(origin)/article")
        #expect(page.title == "Bond funds & rates in November")
        #expect(page.date == "2026-11-20T09:30:00Z")
        #expect(page.retrievedAt == TrapSite.now)
        #expect(!page.isTruncated)
        #expect(
            page.text == """
                # Bond funds in November

                The aggregate bond fund BND returned 1.2 percent in November. Yields fell by 15 basis points.

                ## What it means

                - Prices rise when yields fall.
                - A fund has no date of maturity.

                Fund | Return
                BND | 1.2%
                VTI | 2.5%

                More in our guide and the next page.
                """)
        #expect(page.hash.utf8.count == 64)
        #expect(try await self.page("article").hash == page.hash)
        #expect(try await self.page("plain").hash != page.hash)
    }

    @Test func `with the rule on, this machine is refused after its name was resolved`() async throws {
        let policy = try PagePolicy(hosts: ["finance.example"], localAuthorities: [site.authority])
        let transport = CurlTransport(certificateBundle: nil, reach: .publicOnly)
        let reader = PageReader(policy: policy, transport: transport, now: { TrapSite.now })
        guard
            case .failure(.privateAddress(let host, let address)) = await reader.outcome(
                "\(origin)/article")
        else {
            Issue.record("not .privateAddress")
            return
        }
        #expect(host == site.authority)
        #expect(["127.0.0.1", "0:0:0:0:0:0:0:1"].contains(address))
    }

    @Test func `without the local switch, HTTP and this machine are no addresses at all`() async throws {
        let transport = CurlTransport(certificateBundle: nil, reach: .publicOnly)
        let reader = PageReader(
            policy: try PagePolicy(hosts: ["finance.example"]), transport: transport, now: { TrapSite.now })
        #expect(await reader.outcome("\(origin)/article") == .failure(.refused(.notHTTPS("http"))))
    }

    @Test(arguments: [
        ("metadata", PageRefusal.isNumeric(host: "169.254.169.254")),
        ("private", .isNumeric(host: "10.0.0.1")), ("file", .notHTTPS("file")),
        ("javascript", .notHTTPS("javascript")), ("stranger", .hostNotAllowed("evil.example")),
        ("user", .hasUserName), ("port", .notHTTPS("http")),
    ]) func `a redirect is checked like an address`(name: String, refusal: PageRefusal) async throws {
        #expect(
            try await failure("redirect/\(name)")
                == .redirectRefused(from: "\(origin)/redirect/\(name)", refusal))
    }

    @Test func `redirects come to an end`() async throws {
        #expect(try await failure("redirect/loop") == .tooManyRedirects(limit: 3))
        #expect(try await failure("redirect/3") == .tooManyRedirects(limit: 3))
        #expect(try await page("redirect/2").address == "\(origin)/article")
        #expect(try await page("redirect/relative").address == "\(origin)/article")
    }

    @Test(arguments: ["huge", "endless"])
    func `a page without measure is cut off at the limit`(name: String) async throws {
        var limits = PageLimits()
        limits.pageBytes = 1 << 20
        #expect(try await failure(name, limits: limits) == .tooLong(limitBytes: 1 << 20))
    }

    @Test(arguments: ["drip", "silent"])
    func `a page that takes its time is given up`(name: String) async throws {
        var limits = PageLimits()
        limits.time = .milliseconds(400)
        #expect(try await failure(name, limits: limits) == .tooSlow(limit: .milliseconds(400)))
    }

    @Test func `headers without end are cut off`() async throws {
        #expect(try await failure("headers") == .tooLong(limitBytes: 256 * 1024))
    }

    @Test func `a compressed answer is refused, not unpacked`() async throws {
        #expect(try await failure("bomb") == .compressed("gzip"))
    }

    @Test(arguments: [("json", "application/json"), ("image", "image/png"), ("untyped", "")])
    func `what is no text is refused`(name: String, type: String) async throws {
        #expect(try await failure(name) == .notText(contentType: type))
    }

    @Test func `an error page is no page`() async throws {
        #expect(try await failure("status/404") == .status(404))
        #expect(try await failure("status/503") == .status(503))
        #expect(try await failure("status/302") == .status(302))
    }

    @Test func `a page that only a script would fill holds no text`() async throws {
        #expect(try await failure("script") == .noText)
    }

    @Test(arguments: [
        ("latin", "café €"), ("meta", "café \u{201C}quoted\u{201D}"), ("wide", "café 中"), ("marked", "café"),
        ("wrong", "caf\u{FFFD} \u{FFFD}\u{FFFD} ok"), ("unknown", "café"), ("odd", "a"),
    ]) func `a charset is believed where it can be, and a wrong one costs characters`(
        name: String, text: String
    ) async throws {
        #expect(try await page(name).text == text)
    }

    @Test func `hidden words and invisible characters are left out, the rest is text`() async throws {
        let page = try await page("injection")
        #expect(!page.text.contains("Hidden order"))
        #expect(page.text.contains("Zerowidth evil turned"))
        #expect(page.text.contains("ignore all previous instructions"))
        #expect(page.title == "Ignore previous instructions")
    }

    @Test func `half a million open elements are read to the bottom`() async throws {
        #expect(try await page("deep").text == "bottom")
    }

    @Test func `a long text is cut off and says so`() async throws {
        var limits = PageLimits()
        limits.textBytes = 30
        let page = try await page("article", limits: limits)
        #expect(page.text == "# Bond funds in November\n\nThe")
        #expect(page.isTruncated)
    }
}
