// Foundation reads the files a command has written.
import Foundation
import LocalCloud
import Testing
import Wire

/// The `alex` command as a user runs it, each time in a home of its own.
@Suite(.timeLimit(.minutes(5))) struct CommandStory {
    @Test func `alex demo prints report, charts, retirement and timings`() async throws {
        let desk = try await Desk()
        let (status, output) = try await desk.alex(["demo"]).run()
        #expect(status == 0, "\(output)")
        for words in ["17 positions", "Executive summary", "Charts", "Retirement", "Timings", "complete"] {
            #expect(output.contains(words), "\(words)")
        }
        try await desk.clear()
    }

    @Test func `alex analyze reads a file of holdings and writes the report`() async throws {
        let desk = try await Desk()
        let example = Desk.repository.appending(path: "examples/household.csv").path()
        let (status, output) = try await desk.alex(["analyze", example, "-o", desk.home + "/out"]).run()
        #expect(status == 0, "\(output)")
        let report = try String(contentsOfFile: desk.home + "/out/report.md", encoding: .utf8)
        #expect(report.contains("Emergency fund"))
        let document = try JSONValue(
            reading: String(contentsOfFile: desk.home + "/out/report.json", encoding: .utf8))
        #expect(document.object?.isEmpty == false)
        try await desk.clear()
    }

    @Test func `a bad file is refused line by line before anything starts`() async throws {
        let desk = try await Desk()
        let file = desk.home + "/bad.csv"
        try "account,symbol,quantity\n401k,SPY,many\n401k,,5\n".write(
            toFile: file, atomically: true, encoding: .utf8)
        let (status, output) = try await desk.alex(["analyze", file]).run()
        #expect(status == 1)
        #expect(output.contains("bad.csv:2:"), "\(output)")
        #expect(output.contains("bad.csv:3:"), "\(output)")
        #expect(!FileManager.default.fileExists(atPath: desk.home + "/postgres"))
        try await desk.clear()
    }

    @Test func `alex up serves until Ctrl-C, ends everything it started and keeps the data`() async throws {
        let desk = try await Desk()
        let first = desk.alex(["up"])
        try first.start()
        try await first.waitForLine(with: "Alex is ready")
        let processes = try await desk.processes(below: first.pid)
        #expect(processes.count > 1)

        for command in [["verify"], ["migrate"], ["migrate"], ["demo"]] {
            let (status, output) = try await desk.alex(command).run()
            #expect(status == 0, "alex \(command): \(output)")
        }
        let token = try await desk.alex(["token", "ada"]).run()
        #expect(token.status == 0 && token.output.split(separator: ".").count == 3)
        let variables = try await desk.alex(["env"]).run().output
        #expect(variables.contains("export AWS_ENDPOINT_URL='http://127.0.0.1:\(desk.awsPort)'"))
        let jobs = try await desk.jobs()
        #expect(jobs.count == 1 && jobs.first?["status"] == "completed")

        let all = try await desk.processes(below: first.pid)
        #expect(all.count > processes.count)
        let clock = ContinuousClock()
        let time = await clock.measure {
            first.interrupt()
            _ = await first.end()
        }
        #expect(time < .seconds(15))
        let remaining = try await Desk.alive(all)
        #expect(remaining == [])

        let second = desk.alex(["up"])
        try second.start()
        try await second.waitForLine(with: "Alex is ready")
        let kept = try await desk.jobs()
        #expect(kept == jobs)
        second.interrupt()
        _ = await second.end()
        try await desk.clear()
    }
}
