#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The files of the private PostgreSQL.
struct DatabaseFiles: Sendable {
    let directory: String
    /// The user PostgreSQL runs as, when that is not the one who runs us.
    let owner: PostgresPrograms.Owner?

    var data: String { directory + "/data" }
    /// Where initdb works until it is done, so that half a database is never taken for a whole one.
    var unfinishedData: String { directory + "/data.unfinished" }
    var log: String { directory + "/log" }
    private var processFile: String { data + "/postmaster.pid" }

    var isInitialised: Bool { access(data + "/PG_VERSION", F_OK) == 0 }

    func makeDirectory() throws(DatabaseFailure) {
        var path = ""
        for part in directory.split(separator: "/") {
            path += "/" + part
            guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw unusable(path) }
            if path != directory { try checkEntry(path) }
        }
        // Its own parent, made just now by root, must stay open to the user PostgreSQL runs as.
        guard chmod(directory, 0o700) == 0 else { throw unusable(directory) }
        if let owner {
            guard chown(directory, owner.user, owner.group) == 0 else { throw unusable(directory) }
        }
    }

    /// Whoever PostgreSQL runs as has to get to its files.
    private func checkEntry(_ path: String) throws(DatabaseFailure) {
        guard let owner else { return }
        var status = stat()
        guard stat(path, &status) == 0 else { throw unusable(path) }
        let isOpen =
            status.st_mode & S_IXOTH != 0 || (status.st_uid == owner.user && status.st_mode & S_IXUSR != 0)
        guard isOpen else {
            throw .directoryNotUsable(
                path: directory,
                reason:
                    "you are root, so PostgreSQL runs as another user, and that one may not enter \(path); "
                    + "set ALEX_HOME to a directory everybody may enter, such as /var/tmp/alex")
        }
    }

    func finishData() throws(DatabaseFailure) {
        guard rename(unfinishedData, data) == 0 else { throw unusable(data) }
    }

    /// Sets aside what an interrupted initdb left, under a name nobody uses.
    func removeUnfinished() throws(DatabaseFailure) {
        guard access(unfinishedData, F_OK) == 0 else { return }
        guard rename(unfinishedData, "\(unfinishedData).\(getpid())") == 0 else {
            throw unusable(unfinishedData)
        }
    }

    /// The server that runs on these files; `nil` when the file that names it is missing or stale.
    func serverProcess() -> (id: pid_t, port: Int)? {
        // postmaster.pid: process, data directory, start time, port.
        guard
            let lines = Self.text(of: processFile)?.split(separator: "\n", omittingEmptySubsequences: false),
            lines.count >= 4, let id = pid_t(lines[0]), let port = Int(lines[3]), isPostgres(id)
        else { return nil }
        return (id, port)
    }

    func removeStaleProcessFile() throws(DatabaseFailure) {
        guard unlink(processFile) == 0 || errno == ENOENT else { throw unusable(processFile) }
    }

    func lastLogLines(_ count: Int = 12) -> String {
        (Self.text(of: log) ?? "").split(separator: "\n").suffix(count).joined(separator: "\n")
    }

    private func isPostgres(_ id: pid_t) -> Bool {
        guard kill(id, 0) == 0 || errno == EPERM else { return false }
        guard let name = Self.text(of: "/proc/\(id)/comm") else { return access("/proc/self", F_OK) != 0 }
        return name.hasPrefix("postgres")
    }

    private func unusable(_ path: String) -> DatabaseFailure {
        .directoryNotUsable(path: path, reason: String(cString: strerror(errno)))
    }

    private static func text(of path: String) -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }
}
