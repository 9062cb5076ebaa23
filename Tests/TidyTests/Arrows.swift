/// Which room may see which: the table of guides/architecture.md, in the order of the floors.
///
/// SwiftPM lets a module be imported that is merely reachable, so the import lines are read here.
enum Arrows {
    static let system: Set<String> = ["Glibc", "Darwin", "Synchronization", "Dispatch"]

    static let allowed: [String: Set<String>] = [
        "Quantities": [],
        "Finance": ["Quantities"],
        "Wire": ["Quantities"],
        "SigV4": ["Wire", "Quantities", "COpenSSL"],
        // By name for what the standard library keeps to itself: decomposition.
        "MiniLM": ["Swift"],
        "Transport": ["Wire", "CCurl"],
        "AWSClient": ["Wire", "SigV4", "Quantities"],
        "DataAPIClient": ["AWSClient", "Wire", "Quantities"],
        "BedrockClient": ["AWSClient", "Wire", "Quantities"],
        "LambdaRuntime": ["Wire", "Quantities"],
        "Pages": ["Wire", "SigV4", "Quantities"],
        "MCPClient": ["Wire"],
        "Store": ["Finance", "DataAPIClient", "Wire", "Quantities"],
        "Knowledge": ["AWSClient", "MiniLM", "SigV4", "Wire", "Quantities"],
        "Agents": ["Finance", "BedrockClient", "Wire", "Quantities"],
        "Functions": [
            "Agents", "AWSClient", "BedrockClient", "COpenSSL", "DataAPIClient", "Finance", "Functions",
            "Knowledge", "LambdaRuntime", "MCPClient", "MiniLM", "Pages", "Quantities", "SigV4", "Store",
            "Transport", "Wire",
        ],
        "LocalCloud": [
            "Wire", "SigV4", "Quantities", "MiniLM", "CPostgres", "COpenSSL", "CZlib", "NIOCore", "NIOPosix",
            "NIOHTTP1",
            "Foundation",
        ],
        "CommandLine": [
            "AWSClient", "Agents", "ArgumentParser", "BedrockClient", "CCurl", "DataAPIClient", "Finance",
            "Foundation", "Functions", "Knowledge", "LocalCloud", "MiniLM", "Quantities", "SigV4", "Store",
            "Transport", "Wire",
        ],
    ]

    /// Rooms that are never deployed; only these may use Foundation.
    static let garden: Set<String> = ["LocalCloud", "CommandLine"]

    static func violations(in file: SourceFile) -> [String] {
        guard !file.isTest, let allowed = allowed[file.room] else { return [] }
        return file.imports.filter { !allowed.contains($0) && !system.contains($0) }.map { module in
            "\(file.path): \(file.room) may not see \(module)"
        }
    }
}
