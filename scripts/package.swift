// Builds each function as one static file and packs it for AWS Lambda: packages/<Name>.zip, which holds
// `bootstrap` and, where texts are embedded, the embedding model's vocabulary. The flags and why each is there: guides/decisions/003-static-functions.md
import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The deployed ones; last, the one that is only measured and driven through bad days by the checks.
let functions = [
    "Planner", "Tagger", "Reporter", "Charter", "Retirement", "API", "Ingest", "Search", "Researcher", "Echo",
]
/// What lies beside `bootstrap` in the packages of functions that embed texts: the words the model knows. Its
/// weights are too large for a package; functions that need them read them from S3.
let vocabulary = ".alex/model/vocab.txt"
let withVocabulary: Set = ["Ingest", "Search"]

let usage = """
    usage: swift scripts/package.swift [NAME ...] [--check] [--docker]

      NAME      \(functions.joined(separator: ", ")); all of them when none is named
      --check   then runs every package: in an empty chroot and in AWS's Lambda emulator (Linux;
                `scripts/setup.sh --tests` installs what that needs)
      --docker  builds in the official Swift image, for macOS and Windows; x86_64. Continuous integration
                has no Docker: this way is not exercised by it.

    Writes packages/NAME.zip: the same source gives the same bytes, in whatever folder it lies.
    """

/// What stops a run; the words say what to do next.
struct Failure: Error {
    let words: String
    var status: Int32 = 1
}

struct Order {
    var names: [String] = []
    var isChecked = false
    var isInDocker = false

    init(_ arguments: some Sequence<String>) throws {
        for argument in arguments {
            switch argument {
            case "--help", "-h": throw Failure(words: usage, status: 0)
            case "--check": isChecked = true
            case "--docker": isInDocker = true
            case _ where argument.hasPrefix("-"):
                throw Failure(words: "no such flag: \(argument)\n\n\(usage)", status: 64)
            case _ where !functions.contains(argument):
                throw Failure(words: "no such function: \(argument)\n\n\(usage)", status: 64)
            case _ where names.contains(argument): break
            default: names.append(argument)
            }
        }
        if names.isEmpty { names = functions }
    }
}

/// One line of the table.
struct Package {
    let name: String
    let fileBytes: Int
    let zipBytes: Int
    let digest: String
    let seconds: Double
}

/// Runs programs; one at a time, so that Ctrl-C ends the one that runs.
enum Program {
    nonisolated(unsafe) private static var running: Process?
    private static let lock = NSLock()
    nonisolated(unsafe) private static var interruption: (any DispatchSourceSignal)?

    /// Foundation starts programs in a process group of their own, which the terminal's Ctrl-C does not
    /// reach.
    static func passOnInterruptions() {
        signal(SIGINT, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
        source.setEventHandler {
            lock.withLock { running?.interrupt() }
            Workplace.clear()
            exit(130)
        }
        source.resume()
        interruption = source
    }

    /// - Parameter output: Where it writes; `nil` leaves it this script's.
    static func run(
        _ words: [String], environment: [String: String] = [:], output: FileHandle? = nil
    ) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = words
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.currentDirectoryURL = Workplace.root
        process.standardInput = FileHandle.nullDevice
        if let output {
            process.standardOutput = output
            process.standardError = output
        }
        try lock.withLock {
            try process.run()
            running = process
        }
        process.waitUntilExit()
        lock.withLock { running = nil }
        return process.terminationStatus
    }

    /// What it prints; its whole output becomes the failure's words when it fails.
    static func output(
        of words: [String], environment: [String: String] = [:], orElse next: String
    ) throws -> String {
        let log = Workplace.scratch.appendingPathComponent("log")
        try Data().write(to: log)
        let file = try FileHandle(forWritingTo: log)
        let status = try run(words, environment: environment, output: file)
        try file.close()
        let text = try String(contentsOf: log, encoding: .utf8)
        guard status == 0 else { throw Failure(words: "\(text)\n\(words[0]) failed. \(next)") }
        return text
    }
}

/// The folders.
enum Workplace {
    static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let packages = root.appendingPathComponent("packages")
    /// Of this run. In the same file system as `packages`, so that a finished zip is moved there in one step:
    /// nobody ever sees half of one.
    static let scratch = packages.appendingPathComponent(".making-\(getpid())")
    /// Also read by tests and benches, which run the functions as they are.
    static let build = ".build-static"

    static func clear() {
        if FileManager.default.fileExists(atPath: scratch.path) {
            do { try FileManager.default.removeItem(at: scratch) } catch {
                say("left behind: \(scratch.path)")
            }
        }
    }
}

func say(_ line: String) {
    FileHandle.standardError.write(Data((line + "\n").utf8))
}

func build(_ name: String) throws -> URL {
    // Where the compiler keeps a file's path, as for failed preconditions, it keeps the one below the
    // repository.
    let prefix = "\(Workplace.root.path)=."
    let flags = [
        "--static-swift-stdlib", "--disable-local-rpath",
        "-Xswiftc", "-file-prefix-map", "-Xswiftc", prefix, "-Xcc", "-ffile-prefix-map=\(prefix)",
        "-Xswiftc", "-static-executable", "-Xswiftc", "-Xclang-linker", "-Xswiftc", "-static-pie",
        "-Xswiftc", "-use-ld=lld",
        "-Xlinker", "-s", "-Xlinker", "--icf=all", "-Xlinker", "--pack-dyn-relocs=relr",
        "-Xlinker", "--build-id=none",
    ]
    let command = ["swift", "build", "-c", "release", "--scratch-path", Workplace.build] + flags
    _ = try Program.output(
        of: command + ["--product", name], environment: ["ALEX_STATIC": "1"],
        orElse: "If it misses a library or a header, run scripts/setup.sh; else mend what it says above.")
    return Workplace.root.appendingPathComponent("\(Workplace.build)/release/\(name)")
}

/// Blanks the section in which the compiler notes a digest of each module, to see whether it has to compile it
/// again: it depends on the folder. Nothing reads it in a finished program.
func withoutTracesOfCompiling(_ program: Data) throws -> Data {
    var program = program
    func number(at offset: Int, bytes: Int) -> Int {
        program[offset..<offset + bytes].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
    // ELF, 64 bits, the small end first; its header and the entries of its table of sections.
    guard program.starts(with: [0x7F, 0x45, 0x4C, 0x46, 2, 1]) else {
        throw Failure(words: "the linker has not written an ELF file of 64 bits")
    }
    let (table, size) = (number(at: 0x28, bytes: 8), number(at: 0x3A, bytes: 2))
    let entries = (0..<number(at: 0x3C, bytes: 2)).map { table + $0 * size }
    let names = number(at: entries[number(at: 0x3E, bytes: 2)] + 0x18, bytes: 8)
    for entry in entries {
        let name = program[(names + number(at: entry, bytes: 4))...].prefix { $0 != 0 }
        guard name.elementsEqual(".swift_modhash".utf8) else { continue }
        let start = number(at: entry + 0x18, bytes: 8)
        let count = number(at: entry + 0x20, bytes: 8)
        program.replaceSubrange(start..<start + count, with: Data(count: count))
    }
    return program
}

/// Packs an executable so that nothing but its bytes decides about those of the zip.
func pack(_ executable: URL, as name: String) throws -> URL {
    let bootstrap = Workplace.scratch.appendingPathComponent("bootstrap")
    let words = Workplace.scratch.appendingPathComponent("vocab.txt")
    let zip = Workplace.scratch.appendingPathComponent("\(name).zip")
    for old in [bootstrap, words, zip] where FileManager.default.fileExists(atPath: old.path) {
        try FileManager.default.removeItem(at: old)
    }
    try withoutTracesOfCompiling(Data(contentsOf: executable)).write(to: bootstrap)
    // The first moment a zip can hold. Lambda does not look at times.
    let epoch = Date(timeIntervalSince1970: 315_532_800)
    try FileManager.default.setAttributes(
        [.posixPermissions: 0o755, .modificationDate: epoch], ofItemAtPath: bootstrap.path)
    var files = [bootstrap.path]
    if withVocabulary.contains(name) {
        let source = Workplace.root.appendingPathComponent(vocabulary)
        guard FileManager.default.fileExists(atPath: source.path) else {
            throw Failure(words: "\(name) needs the embedding model's vocabulary: run `make model`.")
        }
        try Data(contentsOf: source).write(to: words)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o644, .modificationDate: epoch], ofItemAtPath: words.path)
        files.append(words.path)
    }
    // -X: no owner, no further times. A zip holds local time, and ZIP, ZIPOPT may hold flags.
    _ = try Program.output(
        of: ["zip", "-X", "-9", "-q", "-j", zip.path] + files,
        environment: ["TZ": "UTC", "ZIP": "", "ZIPOPT": ""], orElse: "If it is missing, run scripts/setup.sh."
    )
    // 7-Zip's compressor writes the same format in 3 % fewer bytes.
    _ = try Program.output(
        of: ["advzip", "--recompress", "--shrink-normal", "--quiet", zip.path],
        orElse: "If it is missing, run scripts/setup.sh: it is a part of advancecomp.")
    let target = Workplace.packages.appendingPathComponent(zip.lastPathComponent)
    guard rename(zip.path, target.path) == 0 else {
        throw Failure(words: "cannot write \(target.path): \(String(cString: strerror(errno)))")
    }
    return target
}

func byteCount(_ file: URL) throws -> Int {
    try FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int ?? 0
}

func package(_ name: String) throws -> Package {
    let start = DispatchTime.now().uptimeNanoseconds
    let executable = try build(name)
    let zip = try pack(executable, as: name)
    let digest = try Program.output(of: ["sha256sum", zip.path], orElse: "It is part of coreutils.")
    return Package(
        name: name, fileBytes: try byteCount(executable), zipBytes: try byteCount(zip),
        digest: String(digest.prefix { $0.isHexDigit }),
        seconds: Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9)
}

func buildHere(_ names: [String]) throws {
    #if !os(Linux)
        throw Failure(words: "Functions are built on Linux: add --docker, with Docker running.")
    #else
        try FileManager.default.createDirectory(at: Workplace.scratch, withIntermediateDirectories: true)
        defer { Workplace.clear() }
        var packages: [Package] = []
        for (index, name) in names.enumerated() {
            let note = index == 0 ? " (the first one compiles what all share: minutes, when it is new)" : ""
            say("==> \(name), \(index + 1) of \(names.count)\(note)")
            packages.append(try package(name))
        }
        print(table(packages))
    #endif
}

func table(_ packages: [Package]) -> String {
    func left(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
    func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
    let head = left("name", 12) + right("bytes", 10) + right("zip", 10) + "  " + left("SHA-256", 64)
    let rows = packages.map { package in
        left(package.name, 12) + right("\(package.fileBytes)", 10) + right("\(package.zipBytes)", 10) + "  "
            + left(package.digest, 64) + right(String(format: "%.1f", package.seconds), 9)
    }
    return ([head + right("seconds", 9)] + rows).joined(separator: "\n")
}

/// The same script inside the image; what it compiles stays in a volume, out of the way of this machine's own
/// builds.
func buildInDocker(_ names: [String]) throws {
    let inside = "scripts/setup.sh --packages && swift scripts/package.swift \(names.joined(separator: " "))"
    let status = try Program.run([
        "docker", "run", "--rm", "--platform", "linux/amd64", "--volume", "\(Workplace.root.path):/alex",
        "--mount", "type=volume,source=alex-packages,target=/alex/\(Workplace.build)", "--workdir", "/alex",
        "swift:6.1-bookworm", "bash", "-c", inside,
    ])
    switch status {
    case 0: break
    case 125, 127: throw Failure(words: "Docker could not run the image: is it installed, and does it run?")
    default: throw Failure(words: "The build inside the image failed: mend what it says above.")
    }
}

func check(_ names: [String]) throws {
    let python = Workplace.root.appendingPathComponent(".alex/python/bin/python").path
    guard FileManager.default.isExecutableFile(atPath: python) else {
        throw Failure(words: "The checks need what the tests need: run scripts/setup.sh --tests, on Linux.")
    }
    let status = try Program.run([
        python, "-m", "pytest", "-q", "Tests/Packages", "--functions", names.joined(separator: ","),
    ])
    guard status == 0 else { throw Failure(words: "A package does not do what it should: see above.") }
}

do {
    let order = try Order(CommandLine.arguments.dropFirst())
    Program.passOnInterruptions()
    if order.isInDocker { try buildInDocker(order.names) } else { try buildHere(order.names) }
    if order.isChecked { try check(order.names) }
} catch let failure as Failure {
    if failure.status == 0 { print(failure.words) } else { say(failure.words) }
    exit(failure.status)
} catch {
    say("packaging failed: \(error)")
    exit(1)
}
