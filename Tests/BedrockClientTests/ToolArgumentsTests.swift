import BedrockClient
import Quantities
import Testing
import Wire

@Suite struct ToolArgumentsTests {
    private let schema = JSONSchema.object([
        .required("symbols", .array(of: .string())), .optional("limit", .integer()),
        .optional("share", .number()), .optional("rows", .array(of: .object([.required("n", .integer())]))),
    ])

    @Test func `arguments are read in their types`() throws {
        let input: JSONValue = ["symbols": ["VTI"], "limit": 3, "share": 0.125, "rows": [["n": 1]]]
        let arguments = try ToolArguments(input, schema: schema)
        #expect(try arguments.required("symbols") == ["VTI"])
        #expect(try arguments.required("limit") == 3)
        #expect(try arguments.required("share") == Decimal("0.125"))
        #expect(try arguments.required("rows", as: [JSONValue].self) == [["n": 1]])
    }

    @Test(arguments: [#"{"symbols":[]}"#, #"{"symbols":[],"limit":null}"#, #"{"symbols":[],"limit":""}"#])
    func `absent, null and empty are not given`(input: String) throws {
        let arguments = try ToolArguments(try JSONValue(reading: input), schema: schema)
        #expect(try arguments.optional("limit", as: Int.self) == nil)
    }

    @Test func `an enumeration is read from its word`() throws {
        let schema = JSONSchema.object([.required("level", .string(oneOf: ["low", "high"]))])
        #expect(try ToolArguments(["level": "low"], schema: schema).required("level", as: Level.self) == .low)
    }

    private enum Level: String, ToolArgument { case low, high }

    @Test func `the model hears everything that is wrong at once`() throws {
        let failure = #expect(throws: InvalidArguments.self) {
            try ToolArguments(["symbols": 1, "limit": "x"], schema: schema)
        }
        #expect(
            failure?.description == """
                `symbols` must be an array of strings, got a number; \
                `limit` must be a whole number, got a string
                """)
    }

    @Test func `a tool adds rules a schema cannot express`() {
        #expect(
            InvalidArguments("symbol", "is not a known symbol").description
                == "`symbol` is not a known symbol")
    }
}
