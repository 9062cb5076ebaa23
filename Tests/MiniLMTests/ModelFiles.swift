import MiniLM
import Wire

import struct Foundation.Data
import struct Foundation.URL

/// The files of the model, which `scripts/model.sh` fetches; `make test` runs it.
enum ModelFiles {
    enum Precision: String, CaseIterable {
        case single = "f32"
        case half = "f16"
    }

    static func model(_ precision: Precision) throws -> MiniLM {
        switch precision {
        case .single: try single.get()
        case .half: try half.get()
        }
    }

    static func tokenizer() throws -> Tokenizer { try vocabulary.get() }

    static func bytes(_ name: String) throws -> [UInt8] {
        let url = Repository.root.appendingPathComponent(".alex/model/\(name)")
        do {
            return [UInt8](try Data(contentsOf: url))
        } catch {
            throw Missing(path: url.path, reason: error.localizedDescription)
        }
    }

    struct Missing: Error, CustomStringConvertible {
        let path: String
        let reason: String
        var description: String {
            "\(path) cannot be read: run scripts/model.sh, which fetches it (\(reason))"
        }
    }

    private static let single = load(.single)
    private static let half = load(.half)
    private static let vocabulary = Result { try Tokenizer(vocabulary: bytes("vocab.txt")) }

    private static func load(_ precision: Precision) -> Result<MiniLM, any Error> {
        Result {
            try MiniLM(
                weights: bytes("minilm-\(precision.rawValue).safetensors"), vocabulary: bytes("vocab.txt"))
        }
    }
}

enum Repository {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
}
