import ArgumentParser
import Foundation
import LocalCloud
import Store

struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Brings the database's schema up to date. Safe to repeat.")

    func run() async throws {
        let applied = try await Migrator(database: Tools(settings: .read()).database).migrate()
        print(applied.isEmpty ? "The schema is up to date." : "Applied: \(applied.joined(separator: ", "))")
    }
}

struct SeedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seed", abstract: "Writes the 22 instruments Alex knows from the start. Safe to repeat.")

    func run() async throws {
        let count = try await Seeder(database: Tools(settings: .read()).database).instruments()
        print("\(count) instruments are seeded.")
    }
}

struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Checks the schema and the data; fails when something is wrong.")

    func run() async throws {
        let findings = try await Verifier(database: Tools(settings: .read()).database).findings()
        for finding in findings {
            print("\(finding.isSound ? "✓" : "✗") \(finding.subject): \(finding.words)")
        }
        guard findings.allSatisfy(\.isSound) else { throw ExitCode.failure }
    }
}

struct ResetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reset", abstract: "Deletes all data, then migrates and seeds again.")

    @Flag(help: "Also creates the test household with its five positions.")
    var withTestData = false

    @Flag(help: "Do not ask.")
    var yes = false

    func run() async throws {
        if !yes {
            print("This deletes every household, account and analysis. Type yes to go on: ", terminator: "")
            guard readLine() == "yes" else { throw ExitCode.failure }
        }
        try await Migrator(database: Tools(settings: .read()).database).reset(withTestData: withTestData)
        print("The database is as new\(withTestData ? ", with the test household" : "").")
    }
}

struct PsqlCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "psql", abstract: "Opens the local cloud's database in psql.")

    @Argument(parsing: .captureForPassthrough, help: "Handed to psql, such as -c 'SELECT ...'.")
    var arguments: [String] = []

    func run() async throws {
        let settings = try Settings.read()
        guard let address = try Database(directory: settings.home + "/postgres").running() else {
            throw SettingsFailure(message: "no database is running; start it with `alex up`")
        }
        let command =
            [
                "psql", "-h", address.host, "-p", String(address.port), "-U", address.user, "-d",
                LocalAccount.database,
            ] + arguments
        let words = command.map { strdup($0) } + [nil]
        execvp("psql", words)
        throw SettingsFailure(message: "psql could not be started: \(String(cString: strerror(errno)))")
    }
}
