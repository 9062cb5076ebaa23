// Foundation reads the files.
import Foundation
import Wire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The files of a built web app, read when they are asked for and kept as long as they do not change, so that
/// a new build is seen without a restart.
actor SiteFiles {
    let folder: String
    private var rules: (stamp: Stamp, rules: SiteRules)?
    private var files: [String: (stamp: Stamp, file: SiteFile)] = [:]

    /// - Parameter folder: Holds `out/` and `edge/`.
    init(folder: String) { self.folder = folder }

    /// What `edge/site.json` says; `nil` when there is no build.
    func currentRules() throws(SiteFailure) -> SiteRules? {
        let path = folder + "/edge/site.json"
        guard let stamp = try Stamp(of: path) else { return nil }
        if let rules, rules.stamp == stamp { return rules.rules }
        let bytes = try Self.read(path)
        let document: JSONValue
        do { document = try JSONValue(reading: bytes) } catch { throw .rulesNotJSON(error) }
        let read = try SiteRules(reading: document)
        // A build of its own: the old one's files are not asked for again.
        files = [:]
        rules = (stamp, read)
        return read
    }

    /// - Parameter object: Begins with `/`, below `out`; that it is nowhere else is ``SiteRules``' business.
    /// - Returns: `nil` when there is no such file.
    func file(_ object: String) throws(SiteFailure) -> SiteFile? {
        let path = folder + "/out" + object
        guard let stamp = try Stamp(of: path) else {
            files[object] = nil
            return nil
        }
        if let kept = files[object], kept.stamp == stamp { return kept.file }
        let file = SiteFile(name: object, body: try Self.read(path))
        files[object] = (stamp, file)
        return file
    }

    private static func read(_ path: String) throws(SiteFailure) -> [UInt8] {
        do { return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) } catch {
            throw .fileNotReadable(path: path, reason: "\(error)")
        }
    }

    /// What changes with a file. Taken before the file is read: if it changes meanwhile, it is read again.
    private struct Stamp: Equatable {
        let inode: UInt64
        let bytes: Int64
        let seconds: Int
        let nanoseconds: Int

        /// `nil` for what is not there, and for what is no file.
        init?(of path: String) throws(SiteFailure) {
            var status = stat()
            guard stat(path, &status) == 0 else {
                if [ENOENT, ENOTDIR, ENAMETOOLONG].contains(errno) { return nil }
                throw .fileNotReadable(path: path, reason: String(cString: strerror(errno)))
            }
            guard status.st_mode & S_IFMT == S_IFREG else { return nil }
            inode = UInt64(status.st_ino)
            bytes = Int64(status.st_size)
            #if canImport(Glibc)
                let time = status.st_mtim
            #else
                let time = status.st_mtimespec
            #endif
            (seconds, nanoseconds) = (time.tv_sec, time.tv_nsec)
        }
    }
}
