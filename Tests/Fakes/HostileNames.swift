import Wire

// Foundation reads the file: the rooms under test have no business with files.
import struct Foundation.Data
import struct Foundation.URL

/// `Tests/Fixtures/evaluation/hostile_names.json`: what somebody may type into a name.
package struct HostileNames {
    package let all: [String]

    package init() throws {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let url = tests.appendingPathComponent("Fixtures/evaluation/hostile_names.json")
        let document = try JSONValue(reading: [UInt8](Data(contentsOf: url)))
        all = (document["names"]?.array ?? []).compactMap { entry in
            entry["name"]?.string.map { String(repeating: $0, count: entry["times"]?.int ?? 1) }
        }
    }
}
