import CommandLine
import Testing
import Wire

@Suite struct WebBenchReportTests {
    @Test func `a page as promised has its row and no complaint`() throws {
        let report = try Self.report([:])
        #expect(report.complaints == [])
        let row = try #require(report.text.split(separator: "\n").first { $0.contains("/dashboard") })
        #expect(
            row.split(separator: " ") == [
                "/dashboard", "7", "1", "61.2", "KB", "80.0", "KB", "3", "142", "ms",
            ])
    }

    @Test func `too much JavaScript is a complaint from the first byte`() throws {
        #expect(try Self.report(["script_bytes": 150_000]).complaints == [])
        let report = try Self.report(["script_bytes": 150_001])
        #expect(report.complaints == ["/dashboard transfers 150001 bytes of JavaScript, at most 150000"])
        #expect(report.text.contains("NOT AS PROMISED"))
    }

    @Test func `a second round trip of data is a complaint`() throws {
        let complaints = try Self.report(["data_round_trips": 2]).complaints
        #expect(complaints == ["/dashboard fetches its data in 2 round trips, at most 1"])
    }

    @Test func `another page than the one that was asked for is a complaint`() throws {
        let complaints = try Self.report(["status": 404]).complaints
        #expect(complaints == ["/dashboard answered 404 instead of 200"])
    }

    @Test func `a page that never becomes interactive is a complaint`() throws {
        let report = try Self.report(["interactive_milliseconds": .null, "round_trips": .null])
        #expect(report.complaints == ["/dashboard never became interactive"])
    }

    @Test func `a row that lacks something is none`() {
        #expect(WebBenchReport.Page(["path": "/dashboard"]) == nil)
    }

    private static func report(_ changes: [String: JSONValue]) throws -> WebBenchReport {
        let row: [String: JSONValue] = [
            "path": "/dashboard", "status": 200, "expected_status": 200, "requests": 7, "data_requests": 1,
            "script_bytes": 61_234, "bytes": 80_000,
            "round_trips": 3, "data_round_trips": 1, "interactive_milliseconds": .number(141.7),
        ]
        let page = WebBenchReport.Page(.object(row.merging(changes) { _, change in change }))
        return WebBenchReport(pages: [try #require(page)])
    }
}
