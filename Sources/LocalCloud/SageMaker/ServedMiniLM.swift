// Foundation reads files.
import Foundation
import MiniLM
import Synchronization

/// all-MiniLM-L6-v2 behind a SageMaker endpoint, from files on this machine, read at the first question.
///
/// A class because all questions share the one model.
package final class ServedMiniLM: Sendable {
    package static let vocabularyName = "vocab.txt"
    package static let weightsName = "minilm-f16.safetensors"

    private let folder: String
    private let loaded = Mutex<MiniLM?>(nil)

    /// - Parameter folder: Where `make model` has put the files.
    package init(folder: String) {
        self.folder = folder
    }

    package var endpoint: any ServedModel {
        FeatureExtraction { text in try self.model().tokenMatrix(of: text) }
    }

    private func model() throws -> MiniLM {
        try loaded.withLock { loaded in
            if let loaded { return loaded }
            let model = try MiniLM(
                weights: try bytes(of: Self.weightsName), vocabulary: try bytes(of: Self.vocabularyName))
            loaded = model
            return model
        }
    }

    private func bytes(of name: String) throws -> [UInt8] {
        let path = "\(folder)/\(name)"
        guard FileManager.default.fileExists(atPath: path) else { throw ModelFilesMissing(path: path) }
        return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    }
}

/// The model was not fetched yet.
struct ModelFilesMissing: Error, CustomStringConvertible {
    let path: String

    var description: String { "\(path) is missing: `make model` fetches the embedding model" }
}
