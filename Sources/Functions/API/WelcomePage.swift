/// The page at `/` as long as no web app is deployed: what is here and how to get in.
enum WelcomePage {
    static func html(of routes: [Route]) -> String {
        let rows = routes.map { route in
            "<tr><td>\(route.method.rawValue)</td><td><code>\(route.path)</code></td><td>\(route.summary)</td></tr>"
        }
        return """
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><title>Alex</title></head>
            <body>
            <h1>Alex</h1>
            <p>An AI financial planner.
            <a href="/api/health">Health</a>, <a href="/openapi.json">OpenAPI document</a>.</p>
            <p>Every call but these needs a token.
            On your own machine <code>alex token demo</code> prints one:</p>
            <pre>curl -H "Authorization: Bearer $(alex token demo)" http://localhost:8000/api/user</pre>
            <table>
            \(rows.joined(separator: "\n"))
            </table>
            </body>
            </html>
            """
    }
}
