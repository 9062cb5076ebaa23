import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A PostgreSQL for the tests of one process: made at first use, stopped and removed when the process exits.
package enum TemporaryDatabase {
    private static let starting = Task<DatabaseAddress, any Error> { try await start() }
    private static let directory = Mutex<String?>(nil)

    /// The same one for everybody who asks.
    package static var address: DatabaseAddress {
        get async throws { try await starting.value }
    }

    private static func start() async throws -> DatabaseAddress {
        var template = Array("/tmp/alex-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw DatabaseFailure.directoryNotUsable(path: "/tmp", reason: String(cString: strerror(errno)))
        }
        let path = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
        // mkdtemp lets only root in; PostgreSQL's user has to pass through.
        chmod(path, 0o755)
        directory.withLock { $0 = path }
        atexit { TemporaryDatabase.remove() }
        return try await Database(directory: path + "/postgres", durability: .fast).start()
    }

    private static func remove() {
        guard let path = directory.withLock({ $0 }) else { return }
        let files = DatabaseFiles(directory: path + "/postgres", owner: nil)
        // SIGQUIT ends all its processes at once; nothing there is worth a checkpoint.
        if let server = files.serverProcess() { kill(server.id, SIGQUIT) }
        var arguments: [UnsafeMutablePointer<CChar>?] = ["rm", "-rf", "--", path].map { (word: String) in
            strdup(word)
        }
        arguments.append(nil)
        defer { arguments.forEach { free($0) } }
        var id: pid_t = 0
        if posix_spawnp(&id, "rm", nil, nil, &arguments, environ) == 0 { waitpid(id, nil, 0) }
    }
}
