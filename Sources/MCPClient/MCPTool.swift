import Wire

/// A tool as its server describes it. The words are the server's: data for whoever shows them to a model.
package struct MCPTool: Sendable, Equatable {
    package let name: String
    package let description: String
    /// JSON Schema of the arguments; an object.
    package let inputSchema: JSONValue

    package init(name: String, description: String, inputSchema: JSONValue) {
        self.name = name
        self.description = description
        self.inputSchema = inputSchema
    }

    init(_ json: JSONValue) throws(MCPFailure) {
        guard let name = json["name"]?.string, !name.isEmpty else {
            throw .malformed(reason: "a tool has no name")
        }
        let schema = json["inputSchema"] ?? ["type": "object"]
        guard schema["type"] == "object" else {
            throw .malformed(reason: "the arguments of a tool are no object")
        }
        self.init(name: name, description: json["description"]?.string ?? "", inputSchema: schema)
    }
}

/// What came of a tool call.
package struct MCPResult: Sendable, Equatable {
    /// The texts of the result, one after the other; other content is named in brackets.
    package let text: String
    package let structured: JSONValue?
    /// The tool ran and says that it failed; the text says why.
    package let isError: Bool
    package let isTruncated: Bool

    package init(text: String, structured: JSONValue? = nil, isError: Bool = false, isTruncated: Bool = false)
    {
        self.text = text
        self.structured = structured
        self.isError = isError
        self.isTruncated = isTruncated
    }

    init(_ json: JSONValue, limitBytes: Int) throws(MCPFailure) {
        guard let content = json["content"]?.array else {
            throw .malformed(reason: "the result of a tool has no content")
        }
        let text = content.map(Self.text).joined(separator: "\n")
        let isTruncated = text.utf8.count > limitBytes
        // A character that the limit cuts in two is left out.
        let start = String(decoding: text.utf8.prefix(limitBytes), as: UTF8.self)
        self.init(
            text: isTruncated ? String(start.prefix { $0 != "\u{FFFD}" }) : text,
            structured: json["structuredContent"], isError: json["isError"]?.bool ?? false,
            isTruncated: isTruncated)
    }

    private static func text(_ content: JSONValue) -> String {
        switch content["type"]?.string {
        case "text": content["text"]?.string ?? ""
        case "resource": content["resource"]?["text"]?.string ?? "[a file that is no text]"
        case "resource_link": "[a link]"
        case "image": "[an image]"
        case "audio": "[a sound]"
        default: "[something else]"
        }
    }
}
