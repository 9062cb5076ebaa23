import Testing
import Wire

@Suite struct HTTPURLTests {
    @Test func `an address falls into its parts`() throws {
        let url = try #require(
            HTTPURL("https://sqs.us-east-1.amazonaws.com/123456789012/alex%20jobs?Action=Send&a=%2F"))
        #expect(url.scheme == "https")
        #expect(url.host == "sqs.us-east-1.amazonaws.com")
        #expect(url.port == 443)
        #expect(url.path == "/123456789012/alex%20jobs")
        #expect(url.query == "Action=Send&a=%2F")
        #expect(
            url.description
                == "https://sqs.us-east-1.amazonaws.com/123456789012/alex%20jobs?Action=Send&a=%2F")
    }

    @Test(
        arguments: [
            ("http://localhost:4566", "localhost", 4566, "/", nil), ("HTTP://h", "h", 80, "/", nil),
            ("http://h?q", "h", 80, "/", "q"), ("http://h/?", "h", 80, "/", ""),
            ("http://h/p#f?x", "h", 80, "/p", nil),
            ("http://[::1]:8080/x", "[::1]", 8080, "/x", nil), ("https://[::1]", "[::1]", 443, "/", nil),
            ("http://h/a:b@c", "h", 80, "/a:b@c", nil),
            ("http://h/?a=http://x/?y", "h", 80, "/", "a=http://x/?y"),
        ] as [(String, String, Int, String, String?)])
    func `odd addresses are read`(
        _ text: String, _ host: String, _ port: Int, _ path: String, _ query: String?
    ) throws {
        let url = try #require(HTTPURL(text))
        #expect(url.host == host)
        #expect(url.port == port)
        #expect(url.path == path)
        #expect(url.query == query)
    }

    @Test(arguments: [
        "", "h", "/p", "ftp://h", "http:/h", "http://", "http:///p", "http://?q", "http://#f", "http://h/a b",
        "http://h/a\r\nX: y", "http://h\u{0}/", "http://h/\u{7f}", "http://user@h/",
        "http://bank.example:443@h/",
        "http://h:port/", "http://h:65536/", "http://h:-1/", "http://:80/", "http://h:+80/", "http://[::1]x/",
    ])
    func `what is no address is refused`(_ text: String) {
        #expect(HTTPURL(text) == nil)
    }

    @Test func `a path is appended without doubling the slash`() throws {
        let root = try #require(HTTPURL("http://h:1"))
        #expect(root.appending(path: "/a").description == "http://h:1/a")
        #expect(try #require(HTTPURL("http://h/p/?q")).appending(path: "/a").description == "http://h/p/a?q")
        #expect(try #require(HTTPURL("http://h/p")).appending(path: "/a").path == "/p/a")
    }
}

@Suite struct HTTPHeadersTests {
    @Test func `names compare without case`() {
        var headers: HTTPHeaders = ["Content-Type": "text/plain"]
        #expect(headers["content-type"] == "text/plain")
        headers["CONTENT-TYPE"] = "application/json"
        #expect(headers.fields.count == 1)
        #expect(headers["Content-Type"] == "application/json")
        headers["content-type"] = nil
        #expect(headers.fields.isEmpty)
    }

    @Test func `a name may occur more than once, in order`() {
        var headers: HTTPHeaders = [:]
        headers.append("a=1", for: "Set-Cookie")
        headers.append("x", for: "Other")
        headers.append("b=2", for: "set-cookie")
        #expect(headers["SET-COOKIE"] == "a=1")
        #expect(headers.values("set-cookie") == ["a=1", "b=2"])
        headers["Set-Cookie"] = "c=3"
        #expect(headers.values("set-cookie") == ["c=3"])
    }

    @Test func `equal headers have equal values in the same order`() {
        #expect((["A": "1", "B": "2"] as HTTPHeaders) == (["a": "1", "b": "2"] as HTTPHeaders))
        #expect((["A": "1", "B": "2"] as HTTPHeaders) != (["B": "2", "A": "1"] as HTTPHeaders))
        #expect((["A": "x"] as HTTPHeaders) != (["A": "X"] as HTTPHeaders))
    }
}
