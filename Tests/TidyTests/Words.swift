import Foundation

/// Names that say nothing, and constructs that hide failures.
enum Words {
    static let bannedInNames = [
        "Utils", "Util", "Helper", "Helpers", "Manager", "Common", "Misc", "Impl", "Handler",
    ]
    static let allowedNames: Set<String> = [
        // SwiftNIO's own role name, a protocol of that library.
        "ChannelHandler", "ChannelInboundHandler", "ChannelDuplexHandler",
        // The roles a function plays towards the runtime.
        "LambdaHandler", "StreamingLambdaHandler",
    ]

    /// Each with the reason that a reader gets.
    static let bannedInSources: [(text: String, reason: String)] = [
        ("fatal" + "Error(", "throw a failure instead of ending the process"),
        ("try" + "! ", "say what happens when it fails"),
        (" as" + "! ", "a cast that may fail is a case"),
        ("TO" + "DO", "do it or write an issue"),
        ("FIX" + "ME", "fix it or write an issue"),
        ("catch {" + "}", "a swallowed error"),
        ("Task." + "detached", "structured concurrency only"),
        ("Thread." + "sleep", "clocks are handed in"),
    ]

    static func violations(in file: SourceFile) -> [String] {
        var violations: [String] = []
        let stem = file.name.replacingOccurrences(of: ".swift", with: "")
        if bannedInNames.contains(where: { stem.hasSuffix($0) && !allowedNames.contains(stem) }) {
            violations.append("\(file.path): a name that says nothing")
        }
        for (number, line) in file.lines.enumerated() {
            let code = line.components(separatedBy: "//")[0]
            if !file.isTest {
                for (text, reason) in bannedInSources where code.contains(text) {
                    violations.append("\(file.path):\(number + 1): \(reason)")
                }
            }
            if let name = declaredType(code), bannedInNames.contains(where: name.hasSuffix),
                !allowedNames.contains(name)
            {
                violations.append("\(file.path):\(number + 1): \(name) is a name that says nothing")
            }
        }
        return violations
    }

    private static func declaredType(_ line: String) -> String? {
        let words = line.split { " :<(".contains($0) }.map(String.init)
        guard
            let keyword = words.firstIndex(where: {
                ["struct", "enum", "class", "actor", "protocol"].contains($0)
            }),
            keyword + 1 < words.count
        else { return nil }
        return words[keyword + 1]
    }
}
