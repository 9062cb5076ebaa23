/// Why there is no model: the files handed in are not the ones of all-MiniLM-L6-v2.
package enum MiniLMFailure: Error, Equatable {
    /// The bytes are no safetensors file.
    case notSafetensors(reason: String)
    case missingTensor(String)
    /// - Parameter expected: Rows first, as in the file.
    case wrongShape(tensor: String, expected: [Int], found: [Int])
    case wrongType(tensor: String, found: String)
    /// A weight that is infinite or not a number.
    case notFinite(tensor: String)
    case badVocabulary(reason: String)
    /// What a model elsewhere has answered is no matrix to take the mean of.
    case badTokenMatrix(reason: String)
}

extension MiniLMFailure: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notSafetensors(let reason): "The weights are no safetensors file: \(reason)."
        case .missingTensor(let name): "The weights have no tensor \(name)."
        case .wrongShape(let tensor, let expected, let found):
            "The tensor \(tensor) has the shape \(found) where \(expected) is expected."
        case .wrongType(let tensor, let found):
            "The tensor \(tensor) is of type \(found); F32 and F16 can be read, one of them throughout a layer."
        case .notFinite(let tensor): "The tensor \(tensor) holds a value that is not a finite number."
        case .badVocabulary(let reason): "The vocabulary cannot be used: \(reason)."
        case .badTokenMatrix(let reason): "The token matrix cannot be used: \(reason)."
        }
    }
}
