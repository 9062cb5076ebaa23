import AWSClient
import Foundation  // the path of the test run, and files that children leave
import Quantities
import Testing

/// `credential_process`, with programs that are really run.
@Suite struct ProcessCredentialsTests {
    private var machine: Machine {
        .live(environment: [
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "", "NAME": "child", "EMPTY": "",
        ])
    }

    private func lent(from command: String) async throws(AWSFailure) -> LentCredentials {
        try await ProcessCredentials(command, machine).lent(at: ClientUnderTest.now)
    }

    private static func print(_ json: String) -> String { "printf '%s' '\(json)'" }

    @Test func `what a program prints is taken, with its end`() async throws {
        let lent = try await lent(
            from: Self.print(
                #"{"Version":1,"AccessKeyId":"a","SecretAccessKey":"s","SessionToken":"t","#
                    + #""Expiration":"2099-01-01T02:00:00+02:00","AccountId":"1"}"#
            ))
        #expect(lent.credentials.accessKeyID == "a")
        #expect(lent.credentials.secretAccessKey == "s")
        #expect(lent.credentials.sessionToken == "t")
        #expect(lent.expiry == Timestamp("2099-01-01T00:00:00Z"))
    }

    @Test func `keys that do not end need no token`() async throws {
        let lent = try await lent(from: Self.print(#"{"Version":1,"AccessKeyId":"a","SecretAccessKey":"s"}"#))
        #expect(lent.expiry == nil)
        #expect(lent.credentials.sessionToken == nil)
    }

    @Test func `a program has the environment, words in quotes, and nothing to read`() async throws {
        let command =
            #"read line || printf '{"Version":1,"AccessKeyId":"%s","SecretAccessKey":"%s"}' "#
            + #""$NAME" 'a  "quoted" word' | sed 's/"quoted"/b/'"#
        let lent = try await lent(from: command)
        #expect(lent.credentials.accessKeyID == "child")
        #expect(lent.credentials.secretAccessKey == "a  b word")
    }

    @Test(arguments: [
        (#"{"AccessKeyId":"a","SecretAccessKey":"s"}"#, "prints no credentials of Version 1"),
        (#"{"Version":2,"AccessKeyId":"a","SecretAccessKey":"s"}"#, "prints no credentials of Version 1"),
        (
            #"{"Version":1,"AccessKeyId":"a"}"#,
            "prints no AccessKeyId, SecretAccessKey or readable Expiration"
        ),
        (
            #"{"Version":1,"AccessKeyId":"a","SecretAccessKey":"s","Expiration":"x"}"#,
            "prints no AccessKeyId, SecretAccessKey or readable Expiration"
        ),
        (
            #"{"Version":1,"AccessKeyId":"a","SecretAccessKey":"s","Expiration":"2015-08-30T12:36:00Z"}"#,
            "prints credentials that ended at 2015-08-30T12:36:00.000Z"
        ),
        ("hunter2", "does not print JSON"),
    ])
    func `what is no good is refused, without a word of what was printed`(
        _ output: String, _ expected: String
    ) async {
        let failure = await #expect(throws: AWSFailure.self) {
            try await lent(from: "cat <<'X'\n\(output)\nX")
        }
        #expect(failure?.message.contains(expected) == true, "\(failure?.message ?? "")")
        let command = "credential_process `cat <<'X'\n\(output)\nX` "
        #expect(failure?.message.dropFirst(command.count).contains("hunter2") == false)
    }

    @Test func `a program that fails is quoted with its complaint, not with its output`() async {
        let failure = await #expect(throws: AWSFailure.self) {
            try await lent(from: "cat /dev/null; printf '\\163ecret'; printf 'sign \\151n first' >&2; exit 7")
        }
        #expect(failure?.message.hasSuffix("` ends with status 7: sign in first") == true)
        #expect(failure?.message.contains("secret") == false)
    }

    @Test func `a program that is not there is said not to be found`() async {
        let failure = await #expect(throws: AWSFailure.self) { try await lent(from: "/no/such/program") }
        #expect(failure?.message.contains("ends with status 127") == true)
    }

    @Test func `a program ended by a signal is a failure`() async {
        let failure = await #expect(throws: AWSFailure.self) { try await lent(from: "kill -9 $$") }
        #expect(failure?.message.hasSuffix("ends with status 137") == true)
    }

    @Test func `a program that takes too long is ended`() async {
        let machine = machine
        let failure = await #expect(throws: AWSFailure.self) {
            try await machine.run("sleep 600", .milliseconds(50))
        }
        #expect(failure?.message == "`sleep 600` did not end within 0.05 seconds")
    }

    @Test func `a cancelled task ends the program, with all it has started`() async throws {
        let machine = machine
        let note = FileManager.default.temporaryDirectory.appending(path: "alex-\(UUID())").path
        let task = Task {
            try await machine.run(
                "sleep 600 & echo $! > \(note).new; mv \(note).new \(note); wait", .seconds(600))
        }
        while !FileManager.default.fileExists(atPath: note) { await Task.yield() }
        task.cancel()
        let failure = await #expect(throws: AWSFailure.self) { try await task.value }
        #expect(failure?.message.hasSuffix("` was cancelled") == true)
        let text = try String(contentsOfFile: note, encoding: .utf8)
        let child = try #require(Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)))
        while !Self.isGone(child) { await Task.yield() }
        try FileManager.default.removeItem(atPath: note)
    }

    @Test func `a program that never stops talking is ended`() async {
        let failure = await #expect(throws: AWSFailure.self) { try await lent(from: "yes") }
        #expect(failure?.message.contains("says more than 65536 bytes") == true)
    }

    @Test func `a program that ends while its output is full is read to the end`() async throws {
        let output = try await machine.run("head -c 60000 /dev/zero; echo done >&2", .seconds(60))
        #expect(output.output.count == 60_000)
        #expect(output.complaint == Array("done\n".utf8))
        #expect(output.status == 0)
    }

    /// A killed child whose parent is gone, too, stays until somebody collects it, and does no more.
    private static func isGone(_ process: pid_t) -> Bool {
        if kill(process, 0) != 0 { return true }
        let status = FileManager.default.contents(atPath: "/proc/\(process)/stat").map {
            String(decoding: $0, as: UTF8.self)
        }
        return status?.contains(") Z ") ?? true
    }
}
