// Foundation names a directory without a .env.
import Foundation
import LocalCloud
import Testing
import Wire

extension SharedHouse {
    @Suite struct WatchStory {
        @Test func `alex watch shows what the functions have said, and ends`() async throws {
            let house = try SharedHouse.house
            let analysis = try await house.analysis(of: try await house.demoHousehold())
            let arguments = ["watch", "--no-follow", "--since", "1h", "--grep", analysis.id]
            let (status, output) = try await house.alex(arguments)
            #expect(status == 0, "\(output)")
            for agent in ["planner", "reporter", "charter", "retirement"] {
                #expect(output.contains(" \(agent)"), "\(agent): \(output)")
            }
            #expect(output.split(separator: "\n").allSatisfy { $0.contains(analysis.id) }, "\(output)")
            #expect(!output.contains("START RequestId"))
        }

        @Test func `of one agent all lines are there once, for programs`() async throws {
            let house = try SharedHouse.house
            _ = try await house.analysis(of: try await house.demoHousehold())
            let (status, output) = try await house.alex([
                "watch", "planner", "--no-follow", "--since", "1h", "--json",
            ])
            #expect(status == 0, "\(output)")
            let lines = try output.split(separator: "\n").map { try JSONValue(reading: String($0)) }
            #expect(lines.allSatisfy { $0["function"] == "alex-planner" })
            #expect(Set(lines.compactMap { $0["eventId"]?.string }).count == lines.count)
            let times = lines.compactMap { $0["timestamp"]?.string }
            #expect(times == times.sorted())
            let words = lines.compactMap { $0["message"]?.string }
            let starts = words.count { $0.hasPrefix("START RequestId") }
            #expect(starts > 0)
            // Invocations of other stories may be under way.
            #expect((1...starts).contains(words.count { $0.hasPrefix("REPORT RequestId") }))
        }

        @Test func `alex watch follows until Ctrl-C, which ends it quietly`() async throws {
            let house = try SharedHouse.house
            let program = try house.program(["watch", "--since", "1s"])
            try program.start()
            try await program.waitForLine(with: "Watching")
            let analysis = try await house.analysis(of: try await house.demoHousehold())
            try await house.log.within(.seconds(60), "the line of the planner") {
                try await program.waitForLine(with: "job=\(analysis.id)")
            }
            program.interrupt()
            let (status, output) = await program.end()
            #expect(status == 0, "\(output)")
            #expect(!output.contains("Error"))
            #expect(output.contains("planner"))
        }

        @Test func `what is not deployed is said, with what to do`() async throws {
            let house = try SharedHouse.house
            let (status, output) = try await house.alex(["watch", "trader"])
            #expect(status == 1)
            #expect(output.contains("these can be watched: api, charter, ingest"), "\(output)")
            let alone = try await Program(
                Desk.command, ["watch"], environment: ["ALEX_AWS_PORT": "1"],
                directory: FileManager.default.temporaryDirectory.path()
            ).run()
            #expect(alone.status == 1)
            #expect(alone.output.contains("make up"), "\(alone.output)")
        }
    }
}

extension House {
    /// `alex` as somebody runs it beside this house.
    func program(_ arguments: [String]) throws -> Program {
        Program(
            Desk.command, arguments,
            environment: ["ALEX_AWS_PORT": String(cloud.awsPort), "ALEX_PORT": String(cloud.webPort)],
            directory: FileManager.default.temporaryDirectory.path())
    }

    func alex(_ arguments: [String]) async throws -> (status: Int32, output: String) {
        let program = try program(arguments)
        return try await log.within(.seconds(300), "alex \(arguments.joined(separator: " "))") {
            try await program.run()
        }
    }
}
