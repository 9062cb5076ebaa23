import AWSClient
import DataAPIClient
import Foundation
import LocalCloud
import Store
import Transport
import Wire

/// What the commands work with: the settings, and the clients of the cloud they point to.
///
/// Where `AURORA_CLUSTER_ARN` is set that is AWS; otherwise it is the local cloud of `alex up`.
struct Tools: Sendable {
    let settings: Settings
    let transport: CurlTransport
    let aws: AWSConfiguration
    /// Where the local cloud listens; `nil` when AWS is meant.
    let localPort: Int?
    private let variables: [String: String]

    /// - Parameter isLocal: Whether the local cloud is meant, whatever the settings say.
    init(settings: Settings, isLocal: Bool = false) throws {
        self.settings = settings
        let isLocal = isLocal || settings["AURORA_CLUSTER_ARN"] == nil
        localPort = try isLocal ? settings.awsPort : nil
        variables =
            localPort.map { LocalAccount.environment(awsPort: $0, over: settings.variables) }
            ?? settings.variablesWithRegion
        transport = CurlTransport(environment: variables)
        aws = try AWSConfiguration(environment: variables, transport: transport)
    }

    /// A variable of the cloud that is meant; `nil` when absent or empty.
    subscript(name: String) -> String? { Settings(variables: variables)[name] }

    var database: DataAPIClient {
        DataAPIClient(
            cluster: variables["AURORA_CLUSTER_ARN"] ?? "", secret: variables["AURORA_SECRET_ARN"] ?? "",
            database: variables["AURORA_DATABASE"] ?? LocalAccount.database, configuration: aws)
    }

    func webAPI(for household: DemoHousehold) throws -> WebAPI {
        let port = try settings.webPort
        guard let address = HTTPURL("http://127.0.0.1:\(port)") else {
            throw SettingsFailure(message: "ALEX_PORT \(port) makes no address")
        }
        let identity = try LocalIdentity(settings.home, webPort: port)
        return WebAPI(
            address: address,
            token: try identity.token(for: household, lifetime: .seconds(3600), now: CloudClock.system.now()),
            transport: transport)
    }

    /// Whether an `alex up` answers on this machine.
    func isUp() async throws -> Bool {
        guard let url = HTTPURL("http://127.0.0.1:\(try settings.webPort)/api/health") else { return false }
        do {
            return try await transport.send(HTTPRequest(.get, url), timeout: .seconds(5)).status == 200
        } catch {
            return false
        }
    }
}

/// A sentence on standard error, for what is not the result.
func say(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
}

var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

extension Style {
    static func ofTerminal(_ settings: Settings) -> Style {
        Style(
            isColored: isTerminal && (settings["NO_COLOR"] ?? "").isEmpty, width: columns(settings))
    }

    /// Of the terminal; where there is none, of `COLUMNS` or the usual 80.
    private static func columns(_ settings: Settings) -> Int {
        var size = winsize()
        let isKnown = isTerminal && ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        let columns = isKnown ? Int(size.ws_col) : settings["COLUMNS"].flatMap { Int($0) } ?? defaultWidth
        return min(max(columns, widths.lowerBound), widths.upperBound)
    }
}
