import Wire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A directory with a JSON file for each queue. A file is written beside its place and then renamed: it is
/// old or new, never half.
package struct SQSFiles: Sendable {
    package let directory: String

    /// - Parameter directory: Exists, and belongs to the queues alone.
    package init(directory: String) {
        self.directory = directory
    }

    func load() throws(SQSFilesFailure) -> [SQSQueue] {
        guard let handle = opendir(directory) else { throw .unreadable(path: directory, reason: reason()) }
        defer { closedir(handle) }
        var queues: [SQSQueue] = []
        while let entry = readdir(handle) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard name.hasSuffix(".json") else { continue }
            let path = "\(directory)/\(name)"
            let document: JSONValue
            do {
                document = try JSONValue(reading: try read(path))
            } catch let failure as JSONFailure {
                throw .unreadable(path: path, reason: failure.description)
            } catch {
                throw .unreadable(path: path, reason: String(describing: error))
            }
            guard let queue = SQSQueue(json: document) else {
                throw .unreadable(path: path, reason: "it is not a queue of this version")
            }
            queues.append(queue)
        }
        return queues
    }

    /// - Parameter queue: `nil` removes the file.
    func save(_ queue: SQSQueue?, name: String) throws(SQSFilesFailure) {
        let path = "\(directory)/\(name).json"
        guard let queue else {
            guard unlink(path) == 0 || errno == ENOENT else {
                throw .unwritable(path: path, reason: reason())
            }
            return
        }
        let bytes = queue.json.bytes
        let draft = path + ".new"
        guard let file = fopen(draft, "w") else { throw .unwritable(path: draft, reason: reason()) }
        let written = fwrite(bytes, 1, bytes.count, file)
        guard fclose(file) == 0, written == bytes.count, rename(draft, path) == 0 else {
            throw .unwritable(path: path, reason: reason())
        }
    }

    private func read(_ path: String) throws(SQSFilesFailure) -> [UInt8] {
        guard let file = fopen(path, "r") else { throw .unreadable(path: path, reason: reason()) }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
        guard ferror(file) == 0 else { throw .unreadable(path: path, reason: reason()) }
        return bytes
    }

    private func reason() -> String { String(cString: strerror(errno)) }
}

package enum SQSFilesFailure: Error, Hashable, CustomStringConvertible {
    case unreadable(path: String, reason: String)
    case unwritable(path: String, reason: String)

    package var description: String {
        switch self {
        case .unreadable(let path, let reason): "cannot read the queues in \(path): \(reason)"
        case .unwritable(let path, let reason): "cannot save the queue to \(path): \(reason)"
        }
    }
}
