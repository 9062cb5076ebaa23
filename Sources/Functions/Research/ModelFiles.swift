#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The files of all-MiniLM-L6-v2 in a folder: in the package of a function, or where `make model` puts them.
struct ModelFiles: Sendable {
    static let vocabularyName = "vocab.txt"
    static let weightsName = "minilm-f16.safetensors"

    let folder: String

    func vocabulary() throws(ModelFilesFailure) -> [UInt8] { try bytes(of: Self.vocabularyName) }

    func weights() throws(ModelFilesFailure) -> [UInt8] { try bytes(of: Self.weightsName) }

    private func bytes(of name: String) throws(ModelFilesFailure) -> [UInt8] {
        let path = "\(folder)/\(name)"
        guard let file = fopen(path, "r") else {
            throw ModelFilesFailure(path: path, reason: String(cString: strerror(errno)))
        }
        defer { fclose(file) }
        fseek(file, 0, SEEK_END)
        let count = max(0, ftell(file))
        rewind(file)
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = fread(buffer.baseAddress, 1, count, file)
        }
        guard bytes.count == count, ferror(file) == 0 else {
            throw ModelFilesFailure(path: path, reason: "it could not be read to its end")
        }
        return bytes
    }
}

/// A file of the embedding model is not there.
struct ModelFilesFailure: Error, Equatable, CustomStringConvertible {
    let path: String
    let reason: String

    var description: String {
        "the embedding model cannot be read: \(path): \(reason). `make model` fetches it; functions on AWS "
            + "find the vocabulary in their package, and the weights by MODEL_WEIGHTS (guides/3_ingestion.md)"
    }
}
