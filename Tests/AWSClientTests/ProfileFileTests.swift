import AWSClient
import Testing
import Wire

@Suite struct ProfileFileTests {
    private func read(_ text: String, _ kind: ProfileFile.Kind = .config) throws(AWSFailure) -> ProfileFile {
        try ProfileFile(Array(text.utf8), kind, path: "file")
    }

    /// One case of the public corpus.
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let document: JSONValue
        var testDescription: String { name }
    }

    static let cases: [Case] = {
        do {
            return try fixture("profiles/parsing.json")["cases"]?.array?.map {
                Case(name: $0["name"]?.string ?? "", document: $0)
            } ?? []
        } catch {
            Issue.record(error)
            return []
        }
    }()

    @Test func `the corpus is all there`() {
        #expect(Self.cases.count == 64)
    }

    @Test(arguments: cases)
    func `files are read as every SDK reads them`(_ one: Case) throws {
        let document = one.document
        let config = document["config"]?.string ?? ""
        let credentials = document["credentials"]?.string ?? ""
        if let words = document["failure"]?.string {
            let failure = #expect(throws: AWSFailure.self) { try read(config) }
            #expect(failure?.message.contains(words) == true, "\(failure?.message ?? "")")
            return
        }
        let file = try read(config)
        let profiles = Profiles(config: file, credentials: try read(credentials, .credentials))
        let expected = try #require(document["profiles"]?.object)
        #expect(profiles.names == expected.keys.sorted())
        for (name, values) in expected {
            #expect(profiles[name]?.values == values.object?.compactMapValues(\.string))
        }
        let sessions = document["ssoSessions"]?.object ?? [:]
        #expect(
            file.ssoSessions.mapValues(\.values)
                == sessions.mapValues { $0.object?.compactMapValues(\.string) ?? [:] })
    }

    @Test func `a failure names path and line`() {
        let failure = #expect(throws: AWSFailure.self) { try read("[default]\n\n# comment\nregion\n") }
        #expect(failure?.kind == .configuration)
        #expect(failure?.message == "file, line 4: a property needs a = sign")
    }

    @Test func `names in quotes may be anything, and quotes around a value belong to it`() throws {
        let file = try read("[profile \"a name, with # and ;\"]\nkey = \"value\"\n[profile '']\nlost = 1\n")
        #expect(file.profiles == ["a name, with # and ;": Profile(["key": "\"value\""])])
    }

    @Test func `indented comments and comments behind nested values are no part of them`() throws {
        let profile = try #require(
            try read("[default]\ns3 =\n  # where\n  addressing_style = path ; always\n  Max_Size=1\n")
                .profiles["default"])
        #expect(profile.nested("s3") == ["addressing_style": "path", "max_size": "1"])
        #expect(profile.nested("other") == [:])
    }

    @Test func `what belongs to a property that is read over is read over, too`() throws {
        #expect(
            try read("[default]\nin valid =\n  no equals sign\nkey = v").profiles["default"]?.values == [
                "key": "v"
            ])
        #expect(try read("[in valid]\nkey =\n  no equals sign\n").profiles.isEmpty)
    }

    @Test func `a byte order mark, an old Mac's white space and bytes that are no text do no harm`() throws {
        let bytes: [UInt8] = [0xef, 0xbb, 0xbf] + Array("[default]\u{0c}\nkey = ".utf8) + [0xff, 0x0a]
        let file = try ProfileFile(bytes, .config, path: "file")
        #expect(file.profiles["default"]?.values == ["key": "\u{fffd}"])
    }

    @Test func `addresses of services are found by the name of their variable`() throws {
        let file = try read(
            "[services local]\nsqs =\n  endpoint_url = http://a\n"
                + "bedrock_runtime =\n  endpoint_url = http://b\n  other = 1\n"
        )
        let profiles = Profiles(config: file)
        #expect(
            profiles.endpointTexts(ofServices: "local") == ["SQS": "http://a", "BEDROCK_RUNTIME": "http://b"])
        #expect(profiles.endpointTexts(ofServices: "none") == nil)
    }

    @Test func `any text ends in profiles or in a failure`() {
        var random = SystemRandomNumberGenerator()
        let pieces = [
            "[", "]", "profile ", "default", "=", "\n", " ", "\t", "#", ";", "a", "\"", "\r\n", "services ",
            "é",
        ]
        for _ in 0..<2000 {
            let text = (0..<Int.random(in: 0...20, using: &random)).map { _ in
                pieces.randomElement(using: &random) ?? ""
            }.joined()
            for kind in [ProfileFile.Kind.config, .credentials] {
                do throws(AWSFailure) {
                    _ = try read(text, kind)
                } catch {
                    #expect(error.message.hasPrefix("file, line "), "\(text.debugDescription)")
                }
            }
        }
    }
}
