import AWSClient
import Fakes
import Quantities
import Testing
import Wire

@Suite struct MetricsDocumentTests {
    let moment = Timestamp(millisecondsSinceEpoch: 1_574_109_732_004)

    private func document() throws -> MetricsDocument {
        try MetricsDocument(namespace: "lambda-function-metrics", at: moment)
    }

    /// The example of the specification.
    @Test func `the document is the specification's`() throws {
        var document = try document()
        try document.setDimensions([("functionVersion", "$LATEST")])
        try document.add("time", 100, .milliseconds)
        try document.setProperty("requestId", "989ffbf8-9ace-4817-a57c-e4dd734019ee")
        let expected = """
            {"_aws": {"Timestamp": 1574109732004, "CloudWatchMetrics": [{
                "Namespace": "lambda-function-metrics", "Dimensions": [["functionVersion"]],
                "Metrics": [{"Name": "time", "Unit": "Milliseconds"}]}]},
             "functionVersion": "$LATEST", "time": 100,
             "requestId": "989ffbf8-9ace-4817-a57c-e4dd734019ee"}
            """
        #expect(try JSONValue(reading: Array(document.line.utf8)) == JSONValue(reading: Array(expected.utf8)))
        #expect(!document.line.contains("\n"))
    }

    @Test func `values of one metric stand together, and a fine one says so`() throws {
        var document = try document()
        try document.add("wait", 1.5, .seconds, isFine: true)
        try document.add("wait", 2, .seconds)
        try document.add("jobs", 3)
        let root = document.document
        #expect(root["wait"] == [1.5, 2])
        #expect(root["jobs"] == 3)
        let directive = root["_aws"]?["CloudWatchMetrics"]?.array?.first
        #expect(directive?["Dimensions"] == [[]])
        #expect(
            directive?["Metrics"]
                == [["Name": "wait", "Unit": "Seconds", "StorageResolution": 1], ["Name": "jobs"]])
    }

    @Test func `limits are those of the specification`() throws {
        var document = try document()
        for number in 0..<100 { try document.add("m\(number)", 1) }
        #expect(throws: MetricsFailure.tooMany("metrics", limit: 100)) { try document.add("more", 1) }
        for _ in 1..<100 { try document.add("m0", 1) }
        #expect(throws: MetricsFailure.tooMany("values of m0", limit: 100)) { try document.add("m0", 1) }
        let dimensions = (0..<31).map { ("d\($0)", "v") }
        #expect(throws: MetricsFailure.tooMany("dimensions", limit: 30)) {
            try document.setDimensions(dimensions)
        }
        try document.setDimensions(dimensions, sets: [["d0"], [], ["d0", "d30"]])
        let directive = document.document["_aws"]?["CloudWatchMetrics"]?.array?.first
        #expect(directive?["Dimensions"] == [["d0"], [], ["d0", "d30"]])
    }

    @Test func `names stand for one thing, and every dimension has a value`() throws {
        var document = try document()
        try document.add("a", 1)
        try document.setDimensions([("b", "x")])
        #expect(throws: MetricsFailure.nameTaken("a")) { try document.setProperty("a", 1) }
        #expect(throws: MetricsFailure.nameTaken("b")) { try document.add("b", 1) }
        #expect(throws: MetricsFailure.nameTaken("a")) { try document.setDimensions([("a", "x")]) }
        #expect(throws: MetricsFailure.badName("_aws")) { try document.setProperty("_aws", 1) }
        #expect(throws: MetricsFailure.badDimension(name: "c")) { try document.setDimensions([("c", " ")]) }
        #expect(throws: MetricsFailure.badDimension(name: "d")) {
            try document.setDimensions([("c", "x")], sets: [["d"]])
        }
    }

    @Test func `what is no measurement is refused`() throws {
        var document = try document()
        #expect(throws: MetricsFailure.notFinite(name: "a")) { try document.add("a", .infinity) }
        try document.add("a", 1, .bytes)
        #expect(throws: MetricsFailure.twoUnits(name: "a")) { try document.add("a", 1, .seconds) }
        for name in ["", ":a", String(repeating: "x", count: 256)] {
            #expect(throws: MetricsFailure.badName(name)) {
                try MetricsDocument(namespace: name, at: moment)
            }
        }
    }

    @Test func `more measurements than a call carries go in several`() async throws {
        let under = ClientUnderTest(.text(""), .text(""))
        let measurements = (0..<1001).map { CloudWatchClient.Measurement("m\($0)", [.init(1)]) }
        try await CloudWatchClient(under.configuration).put(measurements, in: "Alex")
        #expect(try under.transport.bodies().map { $0["MetricData"]?.array?.count } == [1000, 1])
    }
}
