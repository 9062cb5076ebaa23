import Foundation
import Wire

/// Writes an analysis as `report.md` and `report.json`, and its facts as `facts.json`; a file is there
/// whole or not at all.
struct ReportFiles {
    let directory: String

    /// - Parameter facts: The document of `/api/jobs/{id}/facts`.
    func write(_ job: JSONValue, facts: JSONValue) throws {
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try write(ReportDocument(job: job).markdown, to: "report.md")
        try write(job.prettyText + "\n", to: "report.json")
        try write(facts.prettyText + "\n", to: "facts.json")
        print("Written: \(directory)/report.md, \(directory)/report.json and \(directory)/facts.json")
    }

    private func write(_ text: String, to name: String) throws {
        let path = URL(fileURLWithPath: directory).appendingPathComponent(name)
        try Data(text.utf8).write(to: path, options: .atomic)
    }
}
