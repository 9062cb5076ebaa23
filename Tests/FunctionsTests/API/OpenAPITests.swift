import Fakes
import Foundation  // runs Python
import Testing
import Wire

@Suite struct OpenAPITests {
    /// What each route is, by hand: the document is made from the table of routes, so it needs a second
    /// witness.
    static let expected: [String: (access: Bool, fields: [String], required: [String], query: [String])] = [
        "get /api/health": (false, [], [], []),
        "get /api/selftest": (false, [], [], []),
        "get /api/user": (true, [], [], []),
        "put /api/user": (
            true,
            [
                "asset_class_targets", "birth_year", "display_name", "region_targets",
                "retirement_years", "target_retirement_income", "yearly_contribution",
                "years_until_retirement",
            ], [], []
        ),
        "get /api/portfolio": (true, [], [], []),
        "get /api/holdings.csv": (true, [], [], []),
        "post /api/import-positions": (true, ["account_id", "dry_run", "rows"], ["rows"], []),
        "get /api/accounts": (true, [], [], []),
        "get /api/accounts/{id}": (true, [], [], []),
        "post /api/accounts": (
            true, ["account_name", "account_purpose", "cash_balance", "cash_interest"], ["account_name"], []
        ),
        "put /api/accounts/{id}": (
            true, ["account_name", "account_purpose", "cash_balance", "cash_interest"], [], []
        ),
        "delete /api/accounts/{id}": (true, [], [], []),
        "delete /api/reset-accounts": (true, [], [], []),
        "post /api/populate-test-data": (true, [], [], []),
        "get /api/accounts/{id}/positions": (true, [], [], []),
        "post /api/positions": (
            true, ["account_id", "as_of_date", "price", "quantity", "symbol"],
            ["account_id", "quantity", "symbol"], []
        ),
        "put /api/positions/{id}": (true, ["as_of_date", "quantity"], ["quantity"], []),
        "delete /api/positions/{id}": (true, [], [], []),
        "get /api/instruments": (true, [], [], ["after", "limit", "search"]),
        "post /api/analyze": (true, ["analysis_type", "options"], [], []),
        "get /api/jobs": (true, [], [], ["before", "limit"]),
        "get /api/jobs/latest": (true, [], [], []),
        "get /api/jobs/{id}": (true, [], [], []),
        "get /api/jobs/{id}/facts": (true, [], [], []),
        "get /api/jobs/{id}/events": (true, [], [], ["after"]),
        "post /api/research": (true, ["topic"], [], []),
        "get /api/research": (true, [], [], []),
        "get /api/research/{id}": (true, [], [], []),
    ]

    private func operations() async throws -> [String: JSONValue] {
        let reply = try await APIUnderTest().send("GET", "/openapi.json", user: nil)
        #expect(reply.status == 200)
        var operations: [String: JSONValue] = [:]
        for (path, item) in try #require(reply["paths"]?.object) {
            for (method, operation) in item.object ?? [:] { operations["\(method) \(path)"] = operation }
        }
        return operations
    }

    @Test func `every route is there, with its access, its parameters and its fields`() async throws {
        let operations = try await operations()
        #expect(operations.keys.sorted() == Self.expected.keys.sorted())
        for (route, expected) in Self.expected {
            let operation = try #require(operations[route])
            #expect((operation["security"] != nil) == expected.access, "\(route)")
            let schema = operation["requestBody"]?["content"]?["application/json"]?["schema"]
            #expect((schema?["properties"]?.object?.keys.sorted() ?? []) == expected.fields, "\(route)")
            let required = (schema?["required"]?.array ?? []).compactMap(\.string).sorted()
            #expect(required == expected.required, "\(route)")
            let parameters = operation["parameters"]?.array ?? []
            let inQuery = parameters.filter { $0["in"] == "query" }.compactMap { $0["name"]?.string }.sorted()
            #expect(inQuery == expected.query, "\(route)")
            let inPath = parameters.filter { $0["in"] == "path" }.compactMap { $0["name"]?.string }
            #expect(inPath == (route.contains("{id}") ? ["id"] : []), "\(route)")
            let statuses = Set(operation["responses"]?.object?.keys.map { $0 } ?? [])
            #expect(statuses.contains("401") == expected.access, "\(route)")
            #expect(statuses.contains("422") == !(expected.fields + expected.query).isEmpty, "\(route)")
        }
    }

    @Test func `every route answers, and nothing but them`() async throws {
        for route in Self.expected.keys {
            let parts = route.split(separator: " ")
            let path = parts[1].split(separator: "/").map { $0 == "{id}" ? "x" : $0 }.joined(separator: "/")
            let reply = try await APIUnderTest(
                transport: ScriptedTransport(.json(["records": [], "columnMetadata": []]))
            ).send(parts[0].uppercased(), "/" + path, user: nil)
            #expect(
                reply.status == (["get /api/health", "get /api/selftest"].contains(route) ? 200 : 401),
                "\(route)")
        }
    }

    @Test func `a good answer is described, and a file is no JSON`() async throws {
        for (route, operation) in try await operations() {
            let success = try #require(operation["responses"]?["2XX"])
            #expect(success["description"]?.string?.isEmpty == false, "\(route)")
            let types = success["content"]?.object?.keys.map { $0 } ?? []
            #expect(types == [route == "get /api/holdings.csv" ? "text/csv" : "application/json"], "\(route)")
        }
    }

    @Test func `operation ids are unique and references lead somewhere`() async throws {
        let operations = try await operations()
        let ids = operations.values.compactMap { $0["operationId"]?.string }
        #expect(Set(ids).count == Self.expected.count)
        let document = try await APIUnderTest().send("GET", "/openapi.json", user: nil)
        #expect(document["openapi"]?.string?.hasPrefix("3.1") == true)
        #expect(document["components"]?["schemas"]?["Problem"] != nil)
        #expect(document["components"]?["securitySchemes"]?["bearer"] != nil)
    }

    @Test(.enabled(if: ProcessInfo.processInfo.environment["ALEX_PYTHON"] != nil))
    func `a stranger's validator accepts the document`() async throws {
        let document = try await APIUnderTest().send("GET", "/openapi.json", user: nil)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            try #require(ProcessInfo.processInfo.environment["ALEX_PYTHON"]), "-c",
            "import json, sys; from openapi_spec_validator import validate; validate(json.load(sys.stdin))",
        ]
        let input = Pipe()
        process.standardInput = input
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data(document.text.utf8))
        try input.fileHandleForWriting.close()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }
}
