import Wire

// Foundation reads the file: the rooms under test have no business with files.
import struct Foundation.Data
import struct Foundation.URL

/// `Tests/Fixtures/aws/<service>/golden.json`, written by the script beside it.
package struct GoldenFixture {
    package let document: JSONValue

    package init(service: String, file: String = #filePath) throws {
        let tests = URL(fileURLWithPath: file).deletingLastPathComponent().deletingLastPathComponent()
        let url = tests.appendingPathComponent("Fixtures/aws/\(service)/golden.json")
        document = try JSONValue(reading: [UInt8](Data(contentsOf: url)))
    }

    package var cases: [JSONValue] { document["cases"]?.array ?? [] }
}
