import Testing
import Wire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The member `event` of `Tests/Fixtures/aws/lambda-events/<name>.json`.
func lambdaEvent(_ name: String, file: String = #filePath) throws -> JSONValue {
    let tests = file.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(
        separator: "/")
    let path = "\(tests)/Fixtures/aws/lambda-events/\(name).json"
    guard let stream = fopen(path, "r") else { throw FakeFailure.noFixture(path) }
    defer { fclose(stream) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    bytes.removeLast(bytes.count - fread(&bytes, 1, bytes.count, stream))
    let fixture = try JSONValue(reading: bytes)
    #expect(fixture["source"]?.string?.hasPrefix("AWS") == true)
    return try #require(fixture["event"])
}
