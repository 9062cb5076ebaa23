import LocalCloud
import Wire

/// A small web app as a build leaves it.
enum SampleSite {
    static let script = "export const words = [" + String(repeating: "\"alex\", ", count: 400) + "];\n"

    static let rules: JSONValue = [
        "pages": [
            "/": "/index.html", "/dashboard": "/dashboard.html", "/accounts": "/accounts.html",
            "/accounts/*": "/account.html", "/404": "/404.html",
        ],
        "files": ["/favicon.ico", "/robots.txt"], "assets": "/assets/", "api": ["/api/*", "/openapi.json"],
        "notFound": "/404.html",
        "headers": ["Content-Security-Policy": "default-src 'none'", "X-Frame-Options": "DENY"],
        "cacheControl": ["assets": "public, max-age=31536000, immutable", "others": "no-cache"],
    ]

    static func write(into directory: TemporaryDirectory) throws {
        try directory.write(rules.text, to: "edge/site.json")
        for name in ["index", "dashboard", "accounts", "account"] {
            try directory.write("<title>\(name)</title>", to: "out/\(name).html")
        }
        try directory.write("<title>Page not found</title>", to: "out/404.html")
        try directory.write("icon", to: "out/favicon.ico")
        try directory.write("User-agent: *\n", to: "out/robots.txt")
        try directory.write(script, to: "out/assets/main-ABCD.js")
        try directory.write("secret", to: "out/.env")
        try directory.write("secret", to: "out/assets/.hidden.js")
    }

    /// Serves the sample to the body, which gets the site and what it has reported.
    static func serve(_ body: (StaticSite, TemporaryDirectory) async throws -> Void) async throws {
        let directory = try TemporaryDirectory()
        try write(into: directory)
        try await body(StaticSite(folder: directory.path), directory)
    }
}

extension StaticSite {
    func response(_ path: String, _ headers: HTTPHeaders = [:]) async -> HTTPResponse {
        await response(.get, path, headers)
    }

    /// What the site answers to a request; an answer with status 0 where it leaves the answer to the API.
    func response(_ method: HTTPMethod, _ path: String, _ headers: HTTPHeaders = [:]) async -> HTTPResponse {
        guard let url = HTTPURL("http://localhost:8000" + path) else {
            preconditionFailure("\(path) is no path")
        }
        guard case .complete(let response) = await answer(HTTPRequest(method, url, headers: headers)) else {
            return HTTPResponse(status: 0)
        }
        return response
    }
}
