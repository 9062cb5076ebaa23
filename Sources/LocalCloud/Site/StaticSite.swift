import Wire

/// The web app on this machine, served by the rules CloudFront serves it by.
package struct StaticSite: Sendable {
    private let files: SiteFiles
    private let report: @Sendable (String) -> Void

    /// - Parameters:
    ///   - folder: Holds `out/` and `edge/`; looked into at each request.
    ///   - report: Hears, in a sentence, why a request got a 5xx.
    package init(folder: String, report: @escaping @Sendable (String) -> Void = { _ in }) {
        files = SiteFiles(folder: folder)
        self.report = report
    }

    /// The rules of the build; `nil` when there is none.
    package var rules: SiteRules? { get async throws(SiteFailure) { try await files.currentRules() } }

    /// - Returns: `nil` where the API answers.
    package func answer(_ request: HTTPRequest) async -> Reply? {
        let path = request.url.path
        do throws(SiteFailure) {
            let rules = try await files.currentRules()
            if SiteRules.isAPI(path, among: rules?.api ?? SiteRules.defaultAPI) { return nil }
            guard let rules else { return Self.notBuilt }
            return try await answer(request, rules)
        } catch {
            report("\(request.method.rawValue) \(path): \(error)")
            if SiteRules.isAPI(path, among: SiteRules.defaultAPI) { return nil }
            return .text("The web app cannot be served; the log of `alex up` says why.", status: 500)
        }
    }

    private static var notBuilt: Reply {
        .text("The web app is not built yet: run `make web`, then load this page again.\n", status: 503)
            .setting("no-store", for: "Cache-Control")
    }

    private func answer(_ request: HTTPRequest, _ rules: SiteRules) async throws(SiteFailure) -> Reply {
        var response: HTTPResponse
        if request.method != .get && request.method != .head {
            response = Self.plain("This address can only be read.\n", status: 405)
            response.headers["Allow"] = "GET, HEAD"
        } else {
            switch rules.target(of: request.url.path) {
            case .redirect(let address):
                let query = request.url.query.map { "?" + $0 } ?? ""
                response = HTTPResponse(status: 301, headers: ["Location": address + query])
                response.headers["Cache-Control"] = rules.otherCacheControl
            case .object(let object, let status):
                response = try await answer(request, with: object, status: status, rules)
            }
        }
        for (name, value) in rules.headers.sorted(by: { $0.key < $1.key }) { response.headers[name] = value }
        return .complete(response)
    }

    private func answer(_ request: HTTPRequest, with object: String, status: Int, _ rules: SiteRules)
        async throws(SiteFailure) -> HTTPResponse
    {
        let response: HTTPResponse
        if let file = try await files.file(object) {
            response = Self.response(to: request, file, status: status)
        } else if let file = try await files.file(rules.notFound) {
            return Self.caching(rules.otherCacheControl, Self.response(to: request, file, status: 404))
        } else {
            return Self.caching(rules.otherCacheControl, Self.plain("There is no such page.\n", status: 404))
        }
        return Self.caching(rules.cacheControl(of: object), response)
    }

    private static func response(to request: HTTPRequest, _ file: SiteFile, status: Int) -> HTTPResponse {
        let negotiation = SiteNegotiation(request: request)
        let compressed = negotiation.acceptsGzip ? file.compressed : nil
        let chosen = compressed ?? file.plain
        var headers: HTTPHeaders = ["ETag": chosen.entityTag]
        if file.isNegotiated { headers["Vary"] = "Accept-Encoding" }
        // What is not there cannot be unchanged.
        if status == 200 && negotiation.has(chosen.entityTag) {
            return HTTPResponse(status: 304, headers: headers)
        }
        headers["Content-Type"] = file.contentType
        if compressed != nil { headers["Content-Encoding"] = "gzip" }
        return HTTPResponse(status: status, headers: headers, body: chosen.body)
    }

    private static func plain(_ text: String, status: Int) -> HTTPResponse {
        HTTPResponse(
            status: status, headers: ["Content-Type": "text/plain; charset=utf-8"], body: Array(text.utf8))
    }

    private static func caching(_ directives: String, _ response: HTTPResponse) -> HTTPResponse {
        var response = response
        response.headers["Cache-Control"] = directives
        return response
    }
}
