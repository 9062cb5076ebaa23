// swift-tools-version: 6.1
import PackageDescription

/// `ALEX_STATIC=1` links the functions into one static file each (guides/decisions/003-static-functions.md);
/// `scripts/package.swift` sets it.
let isStatic = Context.environment["ALEX_STATIC"] != nil

/// What libcurl pulls in when it is linked statically.
let curlLibraries: [LinkerSetting] =
    isStatic
    ? ["curl", "nghttp2", "ssl", "crypto", "z"].map { .linkedLibrary($0) } : []

let nio: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

let functions = [
    "Planner", "Tagger", "Reporter", "Charter", "Retirement", "API", "Ingest", "Search", "Researcher",
]

/// A room: its name, what it may see, what it embeds.
func room(
    _ name: String, sees: [Target.Dependency] = [], excludes: [String] = [], embeds: [String] = [],
    settings: [SwiftSetting] = []
) -> Target {
    .target(
        name: name, dependencies: sees, exclude: excludes, resources: embeds.map { .embedInCode($0) },
        swiftSettings: settings)
}

/// AVX2 and FMA, which every x86-64 machine of AWS Lambda has: guides/decisions/014-minilm.md. On arm64 the
/// vector units need no flag.
#if arch(x86_64)
    let wideVectors: [SwiftSetting] = [.unsafeFlags(["-target-cpu", "haswell"])]
#else
    let wideVectors: [SwiftSetting] = []
#endif

/// In deployed functions, rooms that wait for other machines are compiled for size: a third of a package is
/// our own code, and a microsecond is nothing beside a round trip.
let compact: [SwiftSetting] = isStatic ? [.unsafeFlags(["-Osize"])] : []

func system(_ name: String, _ library: String, apt: String) -> Target {
    .systemLibrary(name: name, pkgConfig: isStatic ? nil : library, providers: [.apt([apt])])
}

/// A door: one executable for each deployable.
func bootstrap(_ name: String, sees: [Target.Dependency] = ["Functions"]) -> Target {
    .executableTarget(
        name: name, dependencies: sees, path: "Sources/Functions/Bootstraps/\(name)",
        linkerSettings: curlLibraries)
}

/// Tests are compiled without optimisation, also beside optimised rooms: it took almost as long as all the
/// rest of their compilation, for code that runs once.
func tests(of name: String, sees: [Target.Dependency] = [], excludes: [String] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: sees + ["Fakes"], exclude: excludes,
        swiftSettings: [.unsafeFlags(["-Onone"])])
}

let package = Package(
    name: "alex",
    products: functions.map { .executable(name: $0, targets: [$0]) } + [
        .executable(name: "Echo", targets: ["Echo"]),
        .executable(name: "alex", targets: ["CommandLine"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    ],
    targets: [
        // Ground floor: no I/O, no clock, no chance of its own.
        room("Quantities"),
        room("Finance", sees: ["Quantities"], embeds: ["Retirement/History/us_annual_returns.csv"]),
        room("Wire", sees: ["Quantities"]),
        room("SigV4", sees: ["Wire", "Quantities", "COpenSSL"]),
        room("MiniLM", settings: wideVectors + [.unsafeFlags(["-O"], .when(configuration: .debug))]),

        // First floor: knows AWS and HTTP, has never heard of Finance.
        room("Transport", sees: ["Wire", "CCurl"] + (isStatic ? ["CurlStubs"] : [])),
        room("AWSClient", sees: ["Wire", "SigV4", "Quantities"], settings: compact),
        room("DataAPIClient", sees: ["AWSClient", "Wire", "Quantities"]),
        room("BedrockClient", sees: ["AWSClient", "Wire", "Quantities"], settings: compact),
        room("LambdaRuntime", sees: ["Wire", "Quantities"]),
        room("Pages", sees: ["Wire", "SigV4", "Quantities"], settings: compact),
        room("MCPClient", sees: ["Wire"], settings: compact),

        // Second floor: the product.
        room(
            "Store", sees: ["Finance", "DataAPIClient", "Wire", "Quantities"],
            embeds: [
                "Schema/001_initial.sql", "Schema/002_pipeline.sql", "Schema/003_facts.sql",
                "Schema/004_research.sql",
            ], settings: compact),
        room("Knowledge", sees: ["AWSClient", "MiniLM", "SigV4", "Wire", "Quantities"], settings: compact),
        room(
            "Agents", sees: ["Finance", "BedrockClient", "Wire", "Quantities"],
            embeds: [
                "Planner/PlannerPrompt.md", "Tagger/TaggerPrompt.md", "Reporter/ReporterPrompt.md",
                "Charter/CharterPrompt.md", "Retirement/RetirementPrompt.md", "Judge/JudgePrompt.md",
                "Researcher/ResearcherPrompt.md",
            ], settings: compact),

        // Third floor: the doors.
        room(
            "Functions",
            sees: [
                "Agents", "AWSClient", "BedrockClient", "COpenSSL", "DataAPIClient", "Finance", "Knowledge",
                "LambdaRuntime", "MCPClient", "MiniLM", "Pages", "Quantities", "Store", "Transport", "Wire",
            ], excludes: ["Bootstraps"], settings: compact),
        bootstrap("Echo", sees: ["LambdaRuntime", "Wire"]),

        // The garden: never deployed.
        room(
            "LocalCloud",
            sees: ["Wire", "SigV4", "Quantities", "MiniLM", "CPostgres", "COpenSSL", "CZlib", nio, nioHTTP1]),
        .executableTarget(
            name: "CommandLine",
            dependencies: [
                "AWSClient", "Agents", "BedrockClient", "DataAPIClient", "Finance", "Functions", "Knowledge",
                "LocalCloud", "MiniLM", "Quantities", "SigV4", "Store", "Transport", "Wire", "CCurl",
                argumentParser,
            ]),

        // The cellar: system libraries.
        system("CCurl", "libcurl", apt: "libcurl4-openssl-dev"),
        system("COpenSSL", "libcrypto", apt: "libssl-dev"),
        system("CPostgres", "libpq", apt: "libpq-dev"),
        system("CZlib", "zlib", apt: "zlib1g-dev"),
        .target(name: "CurlStubs"),

        .target(
            name: "Fakes",
            dependencies: [
                "AWSClient", "BedrockClient", "Finance", "Knowledge", "LambdaRuntime", "MiniLM", "Quantities",
                "SigV4", "Wire",
            ],
            path: "Tests/Fakes"),
        // Databases for tests, over the local Data API; beside Fakes, because not every test needs
        // PostgreSQL.
        .target(
            name: "TestDatabases",
            dependencies: [
                "AWSClient", "DataAPIClient", "Finance", "LocalCloud", "Quantities", "SigV4", "Store",
                "Transport", "Wire",
            ],
            path: "Tests/TestDatabases"),
        // Replies that nobody would think of, for tests and for a program that tries a million.
        .target(
            name: "ReplyFuzzing", dependencies: ["LambdaRuntime", "Quantities", "Wire"],
            path: "Tests/ReplyFuzzing"),
        .executableTarget(name: "FuzzReplies", dependencies: ["ReplyFuzzing"], path: "Tests/FuzzReplies"),
        // Web sites for tests, each a program.
        .target(name: "TestSites", path: "Tests/TestSites", exclude: ["trap_site.py"]),
        tests(of: "Quantities", sees: ["Quantities"]),
        tests(of: "Finance", sees: ["Finance", "Quantities"]),
        tests(of: "Wire", sees: ["Wire", "Quantities"]),
        tests(of: "SigV4", sees: ["SigV4", "Wire", "Quantities"]),
        tests(of: "MiniLM", sees: ["MiniLM", "Wire", "Quantities"]),
        tests(of: "Transport", sees: ["Transport", "Wire"], excludes: ["h2_server.py"]),
        tests(of: "AWSClient", sees: ["AWSClient", "SigV4", "Transport", "Wire", "Quantities"]),
        tests(of: "DataAPIClient", sees: ["DataAPIClient", "AWSClient", "Wire", "Quantities"]),
        tests(of: "BedrockClient", sees: ["BedrockClient", "AWSClient", "SigV4", "Transport", "Wire"]),
        tests(of: "Knowledge", sees: ["Knowledge", "AWSClient", "MiniLM", "Wire", "Quantities"]),
        tests(of: "LambdaRuntime", sees: ["LambdaRuntime", "ReplyFuzzing", "Wire", "Quantities"]),
        tests(of: "Pages", sees: ["Pages", "TestSites", "Transport", "Wire", "Quantities"]),
        tests(
            of: "MCPClient", sees: ["MCPClient", "Transport", "Wire"],
            excludes: ["sdk_server.py"]),
        tests(
            of: "Store",
            sees: [
                "Store", "DataAPIClient", "AWSClient", "LocalCloud", "TestDatabases", "Transport", "Finance",
                "Wire", "Quantities",
            ]),
        tests(of: "Agents", sees: ["Agents", "BedrockClient", "Finance", "Wire", "Quantities"]),
        tests(
            of: "Functions",
            sees: [
                "Functions", "Agents", "AWSClient", "BedrockClient", "COpenSSL", "DataAPIClient", "Finance",
                "Knowledge", "LambdaRuntime", "LocalCloud", "MCPClient", "Pages", "SigV4", "Store",
                "TestDatabases", "TestSites", "Transport", "Wire", "Quantities",
            ]),
        tests(
            of: "LocalCloud",
            sees: ["LocalCloud", "DataAPIClient", "AWSClient", "SigV4", "Transport", "Wire", "Quantities"],
            excludes: [
                "Bedrock/witness_reasoning.py", "Lambda/bootstrap.py", "Logs/witness_logs.py",
                "S3Vectors/witness_s3vectors.py",
                "SageMaker/witness_sagemaker.py", "Scheduler/witness_scheduler.py", "witness_rds.py",
                "witness_operations.py", "witness_sqs_lambda_bedrock.py",
            ]),
        tests(
            of: "CommandLine",
            sees: ["CommandLine", "AWSClient", "Finance", "LocalCloud", "SigV4", "Wire", "Quantities"]),
        tests(
            of: "House",
            sees: [
                "AWSClient", "DataAPIClient", "Knowledge", "LocalCloud", "MiniLM", "Store", "TestSites",
                "Transport", "Wire", "Quantities",
            ],
            excludes: ["stranger.py"]),
        tests(of: "Tidy"),
    ] + functions.map { bootstrap($0) }
)

// SwiftPM compiles a target again when a target it names has changed, not when one further down has: a caller
// would then keep the old layout of a struct and crash. So every target names all it can reach; what it may
// import, Tidy says.
@MainActor func nameAllReachable() {
    let targets = Dictionary(uniqueKeysWithValues: package.targets.map { ($0.name, $0) })
    var reachable: [String: Set<String>] = [:]
    func visit(_ target: Target) -> Set<String> {
        if let names = reachable[target.name] { return names }
        var names: Set<String> = []
        for case .byNameItem(let name, _) in target.dependencies {
            names.insert(name)
            if let next = targets[name] { names.formUnion(visit(next)) }
        }
        reachable[target.name] = names
        return names
    }
    for target in package.targets { _ = visit(target) }
    for target in package.targets where target.type != .system {
        let products = target.dependencies.filter { if case .byNameItem = $0 { false } else { true } }
        target.dependencies = (reachable[target.name] ?? []).sorted().map { .byName(name: $0) } + products
    }
}
nameAllReachable()
