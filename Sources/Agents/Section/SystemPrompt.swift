/// A prompt file without the comments that are meant for its readers.
enum SystemPrompt {
    /// Drops the blocks between `<!--` and `-->`.
    static func text(_ file: [UInt8]) -> String {
        var rest = Substring(String(decoding: file, as: UTF8.self))
        var text = ""
        while let start = rest.firstIndex(of: "<") {
            text += rest[..<start]
            rest = rest[start...]
            if rest.hasPrefix("<!--") {
                while !rest.isEmpty && !rest.hasPrefix("-->") { rest.removeFirst() }
                rest = rest.dropFirst(3)
            } else {
                text.append(rest.removeFirst())
            }
        }
        return text + rest
    }
}
