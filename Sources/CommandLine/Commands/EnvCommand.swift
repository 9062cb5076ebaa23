import ArgumentParser
import LocalCloud

struct EnvCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "env",
        abstract: "Prints the variables with which any AWS SDK talks to the local cloud: eval \"$(alex env)\""
    )

    func run() throws {
        let variables = LocalAccount.environment(awsPort: try Settings.read().awsPort)
        // The token of another account would be sent along with the local keys.
        if variables["AWS_SESSION_TOKEN"] == nil { print("unset AWS_SESSION_TOKEN") }
        for (name, value) in variables.sorted(by: { $0.key < $1.key }) { print("export \(name)='\(value)'") }
    }
}

struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Prints a bearer token of a demo household.")

    @Argument(help: "A demo household: \(DemoHousehold.all.map(\.alias).joined(separator: ", ")).")
    var name = DemoHousehold.demo.alias

    @Option(help: "For how long it is valid, in seconds.")
    var lifetime = 3600

    func run() throws {
        guard let household = DemoHousehold.named(name) else {
            throw ValidationError(
                "there is no demo household `\(name)`; there are \(DemoHousehold.all.map(\.alias).joined(separator: ", "))"
            )
        }
        let settings = try Settings.read()
        let identity = try LocalIdentity(settings.home, webPort: try settings.webPort)
        print(try identity.token(for: household, lifetime: .seconds(lifetime), now: CloudClock.system.now()))
    }
}
