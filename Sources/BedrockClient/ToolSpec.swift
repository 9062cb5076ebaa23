/// A tool as the model is told about it.
package struct ToolSpec: Sendable, Hashable {
    /// Letters, digits, `_` and `-`, up to 64.
    package let name: String
    package let description: String
    /// An object: the tool's arguments by name.
    package let inputSchema: JSONSchema

    package init(name: String, description: String, inputSchema: JSONSchema) {
        self.name = name
        self.description = description
        self.inputSchema = inputSchema
    }
}

/// Whether the model may, must, or must in a certain way call a tool.
package enum ToolChoice: Sendable, Hashable {
    case auto
    /// At least one of the tools.
    case any
    /// This tool: how a structured answer is had from a model.
    case tool(String)
}
