import Wire

// Foundation reads the file: the rooms under test have no business with files.
import struct Foundation.Data
import struct Foundation.URL

/// `Tests/Fixtures/<folder>/golden.json`, for most of them written by the script beside it.
package struct GoldenFixture {
    package let document: JSONValue

    /// `Tests/Fixtures/aws/<service>/golden.json`
    package init(service: String, file: String = #filePath) throws {
        try self.init(folder: "aws/\(service)", file: file)
    }

    package init(folder: String, file: String = #filePath) throws {
        var tests = URL(fileURLWithPath: file)
        while tests.lastPathComponent != "Tests" && tests.path != "/" { tests.deleteLastPathComponent() }
        let url = tests.appendingPathComponent("Fixtures/\(folder)/golden.json")
        document = try JSONValue(reading: [UInt8](Data(contentsOf: url)))
    }

    package var cases: [JSONValue] { document["cases"]?.array ?? [] }
}
