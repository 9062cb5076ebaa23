import Wire

/// The private PostgreSQL of the local cloud: its files, its server, and the one database in it.
///
/// The server outlives the process that starts it, as PostgreSQL does; whoever starts it next finds it
/// running. It listens on 127.0.0.1 alone and trusts whoever can reach it there.
package struct Database: Sendable {
    package enum Durability: Sendable {
        /// What is committed survives a power failure.
        case durable
        /// For tests: nothing waits for the disk.
        case fast
    }

    package let name: String
    private let directory: String
    private let port: Int
    private let durability: Durability
    private let report: @Sendable (String) -> Void

    /// - Parameters:
    ///   - directory: An absolute path, such as `.../.alex/postgres`; made when missing.
    ///   - port: 0 takes any free port, and keeps that of a running server.
    ///   - report: What is being done, a line for each step that takes time.
    package init(
        directory: String, port: Int = 0, durability: Durability = .durable,
        name: String = LocalAccount.database,
        report: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.directory = directory
        self.port = port
        self.durability = durability
        self.name = name
        self.report = report
    }

    /// Makes the files, starts the server and creates the database, whichever of it is still missing.
    package func start() async throws(DatabaseFailure) -> DatabaseAddress {
        let programs = try PostgresPrograms.find()
        let files = DatabaseFiles(directory: directory, owner: programs.owner)
        try files.makeDirectory()
        if !files.isInitialised { try await initialise(files, programs) }
        let address: DatabaseAddress
        if let running = try await runningServer(files, programs) {
            address = running
        } else {
            address = try await startServer(files, programs)
        }
        try await createDatabase(at: address)
        return address
    }

    /// Where the server answers; `nil` when it does not run.
    package func running() throws(DatabaseFailure) -> DatabaseAddress? {
        let files = DatabaseFiles(directory: directory, owner: try PostgresPrograms.find().owner)
        return files.serverProcess().map { DatabaseAddress(port: $0.port) }
    }

    /// Ends the server and waits for it; the files stay. Does nothing when it does not run.
    package func stop() async throws(DatabaseFailure) {
        let programs = try PostgresPrograms.find()
        let files = DatabaseFiles(directory: directory, owner: programs.owner)
        guard files.isInitialised, files.serverProcess() != nil else { return }
        try await programs.run(
            "pg_ctl", ["-D", files.data, "-m", "fast", "-w", "-s", "stop"], log: files.log)
    }

    private func initialise(_ files: DatabaseFiles, _ programs: PostgresPrograms)
        async throws(DatabaseFailure)
    {
        report("making a PostgreSQL database in \(directory)")
        try files.removeUnfinished()
        var arguments = [
            "-D", files.unfinishedData, "-U", DatabaseAddress.defaultUser, "-A", "trust", "-E", "UTF8",
        ]
        arguments += ["--locale=C", "--no-instructions"] + (durability == .fast ? ["--no-sync"] : [])
        try await programs.run("initdb", arguments, log: files.log)
        try files.finishData()
    }

    private func runningServer(_ files: DatabaseFiles, _ programs: PostgresPrograms)
        async throws(DatabaseFailure) -> DatabaseAddress?
    {
        guard let server = files.serverProcess() else {
            // A machine that went down leaves the file behind; its number may belong to another program by
            // now.
            try files.removeStaleProcessFile()
            return nil
        }
        if port == 0 || server.port == port { return DatabaseAddress(port: server.port) }
        report("stopping PostgreSQL on port \(server.port)")
        try await stop()
        return nil
    }

    private func startServer(_ files: DatabaseFiles, _ programs: PostgresPrograms)
        async throws(DatabaseFailure) -> DatabaseAddress
    {
        let port = try port == 0 ? FreePort.find() : port
        report("starting PostgreSQL on 127.0.0.1:\(port)")
        // No socket file: its path would have to be short, and TCP on one machine is as fast.
        var settings = [
            "listen_addresses": "127.0.0.1", "port": String(port), "unix_socket_directories": "",
            "max_connections": "100",
            "shared_buffers": "32MB", "timezone": "UTC", "log_timezone": "UTC",
        ]
        if durability == .fast {
            for name in ["fsync", "synchronous_commit", "full_page_writes"] { settings[name] = "off" }
        }
        let options = settings.sorted { $0.key < $1.key }.map { "-c \($0.key)='\($0.value)'" }
        try await programs.run(
            "pg_ctl",
            [
                "-D", files.data, "-w", "-t", "60", "-s", "-l", files.log, "-o",
                options.joined(separator: " "), "start",
            ],
            log: files.log)
        return DatabaseAddress(port: port)
    }

    private func createDatabase(at address: DatabaseAddress) async throws(DatabaseFailure) {
        do {
            let connection = try await PostgresConnection.open(address, database: "postgres", settings: [:])
            guard try await !connection.hasDatabase(name) else { return }
            report("creating the database \(name)")
            _ = try await connection.run("CREATE DATABASE \"\(name)\"")
        } catch {
            throw .notUsable(reason: String(describing: error))
        }
    }
}

extension PostgresConnection {
    fileprivate func hasDatabase(_ name: String) throws -> Bool {
        var isThere = false
        _ = try run("SELECT 1 FROM pg_database WHERE datname = '\(name)'") { _ in isThere = true }
        return isThere
    }
}

/// Why there is no database.
package enum DatabaseFailure: Error, Hashable, CustomStringConvertible {
    case notInstalled(searched: [String])
    case noUser
    case directoryNotUsable(path: String, reason: String)
    case programFailed(program: String, status: Int, output: String)
    case noFreePort(reason: String)
    case notUsable(reason: String)

    package var description: String {
        switch self {
        case .notInstalled(let searched):
            "PostgreSQL is not installed (looked in \(searched.joined(separator: ", "))). "
                + "Debian and Ubuntu: apt install postgresql; macOS: brew install postgresql@16"
        case .noUser:
            "PostgreSQL does not run as root, and there is neither a user postgres nor a user nobody "
                + "to run it as"
        case .directoryNotUsable(let path, let reason):
            "PostgreSQL cannot keep its files in \(path): \(reason)"
        case .programFailed(let program, let status, let output):
            "\(program) ended with \(status): \(output)"
        case .noFreePort(let reason): "no free port for PostgreSQL: \(reason)"
        case .notUsable(let reason): "PostgreSQL runs but cannot be used: \(reason)"
        }
    }
}
