import NIOPosix

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// PostgreSQL's own programs, and the user they run as.
package struct PostgresPrograms: Sendable {
    /// Where `psql`, `initdb` and `pg_ctl` are.
    package let directory: String
    /// PostgreSQL refuses to run as root; then this is who it runs as.
    package let owner: Owner?

    package struct Owner: Sendable, Hashable {
        let name: String
        let user: uid_t
        let group: gid_t
    }

    private static let newestVersion = 30
    private static let oldestVersion = 15
    private static let firstInherited: Int32 = 3
    private static let lastInherited = Int32(min(4096, sysconf(Int32(_SC_OPEN_MAX))))

    package static func find() throws(DatabaseFailure) -> PostgresPrograms {
        let versions = (oldestVersion...newestVersion).reversed()
        let places =
            versions.map { "/usr/lib/postgresql/\($0)/bin" }
            + versions.flatMap {
                ["/opt/homebrew/opt/postgresql@\($0)/bin", "/usr/local/opt/postgresql@\($0)/bin"]
            }
            + (getenv("PATH").map { String(cString: $0) } ?? "").split(separator: ":").map(String.init)
        guard
            let place = places.first(where: {
                access("\($0)/initdb", X_OK) == 0 && access("\($0)/pg_ctl", X_OK) == 0
            })
        else {
            throw .notInstalled(searched: ["/usr/lib/postgresql/*/bin", "Homebrew", "PATH"])
        }
        guard getuid() == 0 else { return PostgresPrograms(directory: place, owner: nil) }
        for name in ["postgres", "nobody"] {
            if let entry = getpwnam(name)?.pointee {
                let owner = Owner(name: name, user: entry.pw_uid, group: entry.pw_gid)
                return PostgresPrograms(directory: place, owner: owner)
            }
        }
        throw .noUser
    }

    /// Runs a program to its end, its output added to `log`.
    func run(_ program: String, _ arguments: [String], log: String) async throws(DatabaseFailure) {
        var command = ["\(directory)/\(program)"] + arguments
        if let owner {
            command =
                ["setpriv", "--reuid=\(owner.name)", "--regid=\(owner.group)", "--clear-groups"] + command
        }
        let status: Int32
        do {
            status = try await NIOThreadPool.singleton.runIfActive { [command] in
                Self.spawnAndWait(command, log: log, owner: owner)
            }
        } catch {
            throw .programFailed(program: program, status: -1, output: String(describing: error))
        }
        guard status == 0 else {
            let directory = log.split(separator: "/").dropLast().joined(separator: "/")
            let output = DatabaseFiles(directory: "/" + directory, owner: owner).lastLogLines()
            throw .programFailed(program: program, status: Int(status), output: output)
        }
    }

    /// Blocks until the program ends; its status, or -1 when it was not started.
    private static func spawnAndWait(_ command: [String], log: String, owner: Owner?) -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_APPEND, 0o644)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        // The server that is started outlives us: a listening socket in its hands would keep our port taken.
        for descriptor in firstInherited..<lastInherited {
            posix_spawn_file_actions_addclose(&actions, descriptor)
        }
        let log = open(log, O_WRONLY | O_CREAT | O_APPEND, 0o644)
        if let owner { fchown(log, owner.user, owner.group) }
        close(log)
        var arguments = command.map { strdup($0) } + [nil]
        defer { arguments.forEach { free($0) } }
        var id: pid_t = 0
        guard posix_spawnp(&id, command[0], &actions, nil, &arguments, environ) == 0 else { return -1 }
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0 { guard errno == EINTR else { return -1 } }
        return status & 0x7f == 0 ? (status >> 8) & 0xff : -1
    }
}

/// A port nobody listens on at the moment.
enum FreePort {
    static func find() throws(DatabaseFailure) -> Int {
        let descriptor = socket(AF_INET, streamSocket, 0)
        guard descriptor >= 0 else { throw failure() }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(descriptor, generic, length) == 0 && getsockname(descriptor, generic, &length) == 0
            }
        }
        guard isBound else { throw failure() }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    private static var streamSocket: Int32 {
        #if canImport(Glibc)
            Int32(SOCK_STREAM.rawValue)
        #else
            SOCK_STREAM
        #endif
    }

    private static func failure() -> DatabaseFailure { .noFreePort(reason: String(cString: strerror(errno))) }
}
