import Pages
import Testing

@Suite struct PagePolicyTests {
    private func policy(local: [String] = []) throws -> PagePolicy {
        try PagePolicy(hosts: ["Finance.example", "news.example"], localAuthorities: local)
    }

    private func refusal(_ text: String, local: [String] = []) throws -> PageRefusal? {
        let policy = try policy(local: local)
        do throws(PageRefusal) {
            _ = try policy.address(text)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [
        "https://finance.example", "https://finance.example/", "HTTPS://FINANCE.EXAMPLE/quote",
        "https://www.finance.example/a?b=c#d", "https://a.b.news.example:443/x",
    ]) func `hosts of the list and those below them are read`(_ text: String) throws {
        #expect(try refusal(text) == nil)
    }

    @Test(arguments: [
        ("https://evil.example/", PageRefusal.hostNotAllowed("evil.example")),
        ("https://evilfinance.example/", .hostNotAllowed("evilfinance.example")),
        ("https://finance.example.evil.example/", .hostNotAllowed("finance.example.evil.example")),
        ("https://example/", .hostNotAllowed("example")),
        ("http://finance.example/", .notHTTPS("http")), ("ftp://finance.example/", .notHTTPS("ftp")),
        ("javascript:alert(1)", .notHTTPS("javascript")), ("data:text/html,x", .notHTTPS("data")),
        ("https://finance.example@evil.example/", .hasUserName),
        ("https://user:password@finance.example/", .hasUserName),
        ("https://127.0.0.1/", .isNumeric(host: "127.0.0.1")), ("https://127.1/", .isNumeric(host: "127.1")),
        ("https://2130706433/", .isNumeric(host: "2130706433")),
        ("https://0x7f.0.0.1/", .isNumeric(host: "0x7f.0.0.1")),
        ("https://0x7f000001/", .isNumeric(host: "0x7f000001")),
        ("https://[::1]/", .isNumeric(host: "[::1]")),
        ("https://[::ffff:169.254.169.254]/", .isNumeric(host: "[::ffff:169.254.169.254]")),
        ("https://finance.example:8443/", .portNotAllowed(8443)),
        ("https://finance.example:80/", .portNotAllowed(80)),
        ("https://finance.example./", .notAnAddress), ("https://finance.exa mple/", .notAnAddress),
        ("https://finance%2eexample/", .notAnAddress), ("https://finance\u{3002}example/", .notAnAddress),
        ("https://evil.example\\.finance.example/", .notAnAddress),
        ("https://finance.example\\@evil.example/", .notAnAddress),
        ("https://evil.example#.finance.example/", .hostNotAllowed("evil.example")),
        ("https://evil.example?.finance.example/", .hostNotAllowed("evil.example")),
        ("https:/finance.example/", .notHTTPS("https")), ("finance.example", .notAnAddress),
        ("", .notAnAddress),
        ("//finance.example/", .notAnAddress), ("https://", .notAnAddress),
        ("https://finance.example/\r\nX-Admin: 1", .notAnAddress),
    ]) func `everything else is refused with its reason`(text: String, expected: PageRefusal) throws {
        #expect(try refusal(text) == expected)
    }

    @Test func `a long address is refused`() throws {
        let text = "https://finance.example/" + String(repeating: "a", count: 2048)
        #expect(try refusal(text) == .tooLong(limitBytes: 2048))
    }

    @Test func `a local site is read only under its very name and port`() throws {
        #expect(try refusal("http://localhost:8123/a", local: ["localhost:8123"]) == nil)
        #expect(try refusal("http://localhost:8124/a", local: ["localhost:8123"]) == .notHTTPS("http"))
        #expect(
            try refusal("http://127.0.0.1:8123/", local: ["localhost:8123"]) == .isNumeric(host: "127.0.0.1"))
        #expect(try refusal("http://a.localhost:8123/", local: ["localhost:8123"]) == .notHTTPS("http"))
    }

    @Test func `what is not ASCII goes out encoded, the fragment does not go out`() throws {
        #expect(
            try policy().address("https://news.example/é?q=%20ü#x").description
                == "https://news.example/%C3%A9?q=%20%C3%BC")
    }

    @Test(arguments: ["com", "", "*.finance.example", "https://finance.example", "10.0.0.1", "a..b"])
    func `a policy with an entry that is no host is refused`(_ host: String) throws {
        #expect(throws: PageFailure.notAHost(host)) { try PagePolicy(hosts: [host]) }
        #expect(throws: PageFailure.self) { try PagePolicy(hosts: [], localAuthorities: ["localhost"]) }
    }
}
