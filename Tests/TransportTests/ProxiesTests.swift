import Testing
import Transport
import Wire

@Suite struct ProxiesTests {
    private func route(
        _ address: String, _ environment: [String: String]
    ) throws -> Proxies.Route {
        Proxies(environment: environment).route(to: try #require(HTTPURL(address)))
    }

    private func isProxied(_ address: String, exceptions: String) throws -> Bool {
        let environment = [
            "HTTPS_PROXY": "http://p:1", "HTTP_PROXY": "http://p:1", "NO_PROXY": exceptions,
        ]
        return try route(address, environment) != .direct
    }

    @Test func `each scheme has its own proxy, small letters first, and empty is none`() throws {
        let environment = [
            "HTTP_PROXY": "http://big:1", "http_proxy": "http://small:1", "HTTPS_PROXY": "http://tls:1",
            "https_proxy": "",
        ]
        let small = try #require(Proxy("http://small:1"))
        let tls = try #require(Proxy("http://tls:1"))
        #expect(try route("http://a.example/", environment) == .through(small))
        #expect(try route("https://a.example/", environment) == .through(tls))
        #expect(try route("https://a.example/", ["HTTP_PROXY": "http://small:1"]) == .direct)
    }

    @Test(
        arguments: [
            ("http://proxy.example:3128", "http://proxy.example:3128", nil, nil),
            ("proxy.example", "http://proxy.example:80", nil, nil),
            ("HTTPS://proxy.example/", "https://proxy.example:443", nil, nil),
            ("http://[::1]:3128", "http://[::1]:3128", nil, nil), ("user@p:1", "http://p:1", "user", ""),
            ("http://us%40er:p%3Ass%25@p:1", "http://p:1", "us@er", "p:ss%"),
            ("http://user:a:b@c@p:1", "http://p:1", "user", "a:b@c"),
        ] as [(String, String, String?, String?)])
    func `an address, and who asks`(
        _ text: String, _ address: String, _ user: String?, _ password: String?
    ) throws {
        let proxy = try #require(Proxy(text))
        #expect(proxy.address == address && proxy.user == user && proxy.password == password)
    }

    @Test(arguments: ["socks5://p:1", "http://", "p:x", "http://p:1/path", "http://a b:1"])
    func `what is no address of a proxy fails what would need it, by name`(_ text: String) throws {
        let environment = ["HTTPS_PROXY": text, "NO_PROXY": "direct.example"]
        #expect(try route("https://a.example/", environment) == .unusable(variable: "HTTPS_PROXY"))
        #expect(try route("https://direct.example/", environment) == .direct)
        #expect(try route("http://a.example/", environment) == .direct)
    }

    @Test(arguments: [
        ("https://example.com/", "example.com"), ("https://a.b.example.com/", "example.com"),
        ("https://a.example.com/", ".example.com"), ("https://example.com/", "*.example.com"),
        ("https://EXAMPLE.com./", "x, Example.COM"), ("https://a.example/", "*"),
        ("https://example.com:8443/", "example.com:8443"), ("http://example.com/", "example.com:80"),
        ("https://10.1.2.3/", "10.1.2.3"), ("https://10.1.2.3/", "10.0.0.0/8"),
        ("https://[2001:db8::1]/", "2001:db8::1"), ("https://[2001:db8::1]:8443/", "[2001:DB8:0::1]:8443"),
        ("https://[2001:db8::1]/", "2001:db8::/32"), ("https://a.example/", "b.example a.example"),
    ])
    func `exceptions go directly`(_ address: String, _ exceptions: String) throws {
        #expect(try isProxied(address, exceptions: exceptions) == false)
    }

    @Test(arguments: [
        ("https://badexample.com/", "example.com"), ("https://example.com.evil.example/", "example.com"),
        ("https://example.com/", "a.example.com"), ("https://example.com/", "example.com:8443"),
        ("https://11.1.2.3/", "10.0.0.0/8"), ("https://10.1.2.3/", "10.0.0.0/33"),
        ("https://10.1.2.3/", "2.3"),
        ("https://[2001:db9::1]/", "2001:db8::/32"), ("https://32.1.13.184/", "2001:db8::/32"),
        ("https://a.example/", ""), ("https://a.example/", ", ,"),
    ])
    func `everything else does not`(_ address: String, _ exceptions: String) throws {
        #expect(try isProxied(address, exceptions: exceptions))
    }

    @Test(arguments: [
        "http://localhost:4566/", "http://api.localhost/", "http://127.0.0.2/", "http://[::1]/",
        "http://169.254.169.254/latest/", "http://169.254.170.2/v2", "http://[fd00:ec2::254]/",
        "http://[fe80::1]/",
    ])
    func `the machine itself and the metadata of its cloud are never behind a proxy`(
        _ address: String
    ) throws {
        #expect(try isProxied(address, exceptions: "") == false)
    }
}
