import Testing
import Wire

import struct Foundation.Data

/// What the same model says under PyTorch: `Tests/Fixtures/minilm/`, written by `make.py` there.
struct Reference {
    struct Case {
        let text: String
        /// Without `[CLS]` and `[SEP]`, before the text is cut.
        let count: Int
        let ids: [Int32]
        let vector: [Double]
    }

    static func cases() throws -> [Case] {
        var vectors: [[Double]] = []
        for name in ["vectors-1", "vectors-2"] {
            let file = try document(name)
            let unit = try #require(file["unit"]?.double)
            for entry in try #require(file["entries"]?.array) {
                vectors.append(try #require(entry.array).compactMap(\.double).map { $0 * unit })
            }
        }
        let texts = try #require(try document("tokens")["entries"]?.array)
        try #require(texts.count == vectors.count && texts.count >= 200)
        return try zip(texts, vectors).map { entry, vector in
            Case(
                text: try #require(entry["text"]?.string), count: try #require(entry["count"]?.int),
                ids: try #require(entry["ids"]?.array).compactMap(\.int).map(Int32.init), vector: vector)
        }
    }

    static func document(_ name: String) throws -> JSONValue {
        let url = Repository.root.appendingPathComponent("Tests/Fixtures/minilm/\(name).json")
        return try JSONValue(reading: [UInt8](Data(contentsOf: url)))
    }
}
