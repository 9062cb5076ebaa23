import Finance
import Wire

/// The OpenAPI 3.1 document, made from the table of routes so that it cannot say anything else.
enum OpenAPI {
    static func document(of routes: [Route]) -> JSONValue {
        var paths: [String: [String: JSONValue]] = [:]
        for route in routes {
            paths[route.path, default: [:]][route.method.rawValue.lowercased()] = operation(route)
        }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": "Alex", "version": "1.0.0",
                "description":
                    "Accounts, positions and analyses of a household. Amounts are USD; exact decimals travel as strings.",
            ],
            "paths": .object(paths.mapValues { .object($0) }),
            "components": [
                "securitySchemes": ["bearer": ["type": "http", "scheme": "bearer", "bearerFormat": "JWT"]],
                "schemas": ["Problem": problem],
            ],
        ]
    }

    private static func operation(_ route: Route) -> JSONValue {
        var operation: [String: JSONValue] = [
            "summary": .string(route.summary),
            "operationId": .string(operationID(route)),
            "parameters": .array(parameters(route)),
            "responses": .object(responses(route)),
        ]
        if route.access == .signedIn { operation["security"] = [["bearer": []]] }
        if !route.fields.isEmpty {
            operation["requestBody"] = [
                "required": .bool(route.fields.contains(where: \.isRequired)),
                "content": ["application/json": ["schema": schema(of: route.fields)]],
            ]
        }
        return .object(operation)
    }

    private static func operationID(_ route: Route) -> String {
        let words = route.segments.map { $0.hasPrefix("{") ? "by-\($0.dropFirst().dropLast())" : String($0) }
        return ([route.method.rawValue.lowercased()] + words).joined(separator: "-")
    }

    private static func parameters(_ route: Route) -> [JSONValue] {
        let inPath = route.segments.filter { $0.hasPrefix("{") }.map { segment -> JSONValue in
            [
                "name": .string(String(segment.dropFirst().dropLast())), "in": "path", "required": true,
                "schema": ["type": "string", "format": "uuid"],
            ]
        }
        let inQuery = route.query.map { name -> JSONValue in
            ["name": .string(name), "in": "query", "required": false, "schema": ["type": "string"]]
        }
        return inPath + inQuery
    }

    private static func responses(_ route: Route) -> [String: JSONValue] {
        var responses: [String: JSONValue] = ["2XX": success(route.result)]
        var statuses = [500, 503]
        if route.access == .signedIn { statuses += [401, 409] }
        if !route.fields.isEmpty { statuses.append(400) }
        if !route.fields.isEmpty || !route.query.isEmpty { statuses.append(422) }
        if route.path.contains("{") { statuses += [403, 404] }
        for status in statuses {
            responses[String(status)] = [
                "description": "see the detail",
                "content": ["application/json": ["schema": ["$ref": "#/components/schemas/Problem"]]],
            ]
        }
        return responses
    }

    private static func success(_ result: Route.Result) -> JSONValue {
        switch result {
        case .json(let sentence):
            ["description": .string(sentence), "content": ["application/json": ["schema": [:]]]]
        case .file(let sentence, let type):
            [
                "description": .string(sentence),
                "content": .object([type: ["schema": ["type": "string"]]]),
            ]
        }
    }

    private static let problem: JSONValue = [
        "type": "object",
        "required": ["detail", "code", "request_id"],
        "properties": [
            "detail": ["type": "string"], "code": ["type": "string"], "request_id": ["type": "string"],
            "fields": ["type": "object", "additionalProperties": ["type": "string"]],
        ],
    ]

    private static func schema(of fields: [Field]) -> JSONValue {
        [
            "type": "object",
            "additionalProperties": false,
            "required": .array(fields.filter(\.isRequired).map { .string($0.name) }),
            "properties": .object(
                Dictionary(
                    uniqueKeysWithValues: fields.map { field in
                        (
                            field.name,
                            field.isNullable
                                ? ["anyOf": [schema(of: field.kind), ["type": "null"]]]
                                : schema(of: field.kind)
                        )
                    })),
        ]
    }

    private static func schema(of kind: Field.Kind) -> JSONValue {
        switch kind {
        case .text(let length):
            [
                "type": "string", "minLength": .number(length.lowerBound),
                "maxLength": .number(length.upperBound),
            ]
        case .integer(let range):
            ["type": "integer", "minimum": .number(range.lowerBound), "maximum": .number(range.upperBound)]
        case .decimal(let low, let high, _):
            ["type": ["number", "string"], "minimum": .number(low), "maximum": .number(high)]
        case .positiveDecimal(let high, _):
            ["type": ["number", "string"], "exclusiveMinimum": 0, "maximum": .number(high)]
        case .symbol: ["type": "string", "minLength": 1, "maxLength": .number(Symbol.lengthLimit)]
        case .uuid: ["type": "string", "format": "uuid"]
        case .date: ["type": "string", "format": "date"]
        case .object: ["type": "object"]
        case .flag: ["type": "boolean"]
        case .rows(let names, let most):
            [
                "type": "array", "minItems": 1, "maxItems": .number(most),
                "items": [
                    "type": "object", "additionalProperties": false,
                    "properties": .object(
                        Dictionary(uniqueKeysWithValues: names.map { ($0, ["type": ["string", "null"]]) })),
                ],
            ]
        case .assetClassTargets: targets(AssetClass.self)
        case .regionTargets: targets(Region.self)
        }
    }

    private static func targets<Category: AllocationCategory>(_: Category.Type) -> JSONValue {
        let part: JSONValue = ["type": "number", "minimum": 0, "maximum": 100]
        return [
            "type": "object", "additionalProperties": false, "description": "percentages that sum to 100",
            "properties": .object(
                Dictionary(uniqueKeysWithValues: Category.allCases.map { ($0.rawValue, part) })),
        ]
    }
}
