// Foundation reads the file: the rooms under test have no business with files.
import struct Foundation.Data
import struct Foundation.URL

/// `Tests/Fixtures/gate/sentences.txt`: what has to pass the gate and what must not.
package struct GateSentences {
    package struct Sentence: Sendable, CustomStringConvertible {
        package let topic: String
        package let text: String
        package let isRight: Bool

        package var description: String { "\(topic): \(text)" }
    }

    package let all: [Sentence]

    package init() throws {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let bytes = try Data(contentsOf: tests.appendingPathComponent("Fixtures/gate/sentences.txt"))
        var topic = ""
        var all: [Sentence] = []
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
            if line.hasPrefix("# ") { topic = String(line.dropFirst(2)) }
            guard line.hasPrefix("+ ") || line.hasPrefix("- ") else { continue }
            all.append(
                Sentence(
                    topic: topic, text: Self.unescaped(String(line.dropFirst(2))),
                    isRight: line.hasPrefix("+")))
        }
        self.all = all
    }

    private static func unescaped(_ text: String) -> String {
        [("\\n", "\n"), ("\\u200b", "\u{200B}"), ("\\u202e", "\u{202E}"), ("\\u00a0", "\u{A0}")]
            .reduce(text) { $0.replacing($1.0, with: $1.1) }
    }
}
