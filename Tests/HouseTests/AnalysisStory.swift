import LocalCloud
import Quantities
import Testing
import Wire

extension SharedHouse {
    @Suite struct AnalysisStory {

        @Test func `a household is analysed to the end`() async throws {
            let house = try SharedHouse.house
            let visitor = try await house.demoHousehold()
            let analysis = try await house.analysis(of: visitor)

            #expect(analysis.status == "completed")
            #expect(analysis.missingSections == [])
            #expect(analysis.job["error_message"] == .null)
            for payload in ["report_payload", "charts_payload", "retirement_payload", "summary_payload"] {
                #expect(analysis.job[payload]?.object?.isEmpty == false, "\(payload)")
            }
            let sections = analysis.job["sections"]?.object ?? [:]
            #expect(sections.keys.sorted() == ["charts", "report", "retirement"])
            #expect(sections.values.allSatisfy { $0["status"] == "saved" })
        }

        @Test func `its events come in order, and steps that end tell how long they took`() async throws {
            let house = try SharedHouse.house
            let analysis = try await house.analysis(of: try await house.demoHousehold())

            #expect(analysis.kinds.first == "queued")
            #expect(analysis.kinds.dropFirst().first == "started")
            #expect(analysis.kinds.last == "completed")
            #expect(analysis.kinds.count { $0 == "section_started" } == 3)
            #expect(analysis.kinds.count { $0 == "section_finished" } == 3)
            let sequences = analysis.events.compactMap { $0["sequence"]?.int }
            #expect(sequences == sequences.sorted() && Set(sequences).count == analysis.events.count)
            for event in analysis.events
            where ["section_finished", "completed"].contains(event["kind"]?.string) {
                #expect((event["seconds"]?.double ?? -1) > 0, "\(event.text)")
            }
        }
    }
}
