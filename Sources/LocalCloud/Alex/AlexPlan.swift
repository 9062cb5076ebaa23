import SigV4
import Wire

/// How the local cloud is to be started.
package struct AlexPlan: Sendable {
    /// Where database, identity key and queues are kept: an absolute path.
    package var home: String
    package var durability: Database.Durability
    package var awsPort: Int
    package var webPort: Int
    /// Where the bootstraps are: `.build/release`.
    package var bootstraps: String
    package var times: AlexTimes
    package var model: any ModelBackend
    /// Further variables of every function, such as `POLYGON_API_KEY`. They win.
    package var environment: [String: String]
    /// What the functions sign with. The front door takes these, and the dummy keys of everybody else.
    package var credentials: Credentials
    package var clock: CloudClock
    /// Whole minutes.
    package var sweepInterval: Duration
    /// What SageMaker's endpoints answer, by their names.
    package var servedModels: [String: any ServedModel]
    /// The folder of the embedding model, absolute; the functions find its vocabulary there, too.
    package var modelFiles: String
    package var webRoutes: [GatewayRoute]
    /// The folder of the web app, with `out/` and `edge/`; without one the function answers everything.
    package var site: String?

    package init(
        home: String, bootstraps: String, awsPort: Int = AWSFrontDoor.defaultPort,
        webPort: Int = HTTPAPIGateway.defaultPort, times: AlexTimes = .deployed,
        model: any ModelBackend = OfflineAnalyst(),
        environment: [String: String] = [:], credentials: Credentials = LocalAccount.credentials
    ) {
        self.home = home
        durability = .durable
        self.bootstraps = bootstraps
        self.awsPort = awsPort
        self.webPort = webPort
        self.times = times
        self.model = model
        self.environment = environment
        self.credentials = credentials
        clock = .system
        sweepInterval = .seconds(60)
        modelFiles = home + "/model"
        servedModels = [:]
        webRoutes = []
        site = nil
    }
}
