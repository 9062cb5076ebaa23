import BedrockClient
import Quantities
import Testing
import Wire

@Suite struct JSONSchemaTests {
    private let schema = JSONSchema.object([
        .required("symbols", .array(of: .string("A ticker"), count: 1...3)),
        .optional("level", .string(oneOf: ["low", "high"])),
        .optional("limit", .integer(in: 1...10)),
        .optional("share", .number(in: 0...1)),
        .optional("deep", .object([.required("flag", .boolean())])),
        .optional("rows", .array(of: .object([.required("n", .integer())]))),
        .optional("note", .string(length: 2...5)),
    ])

    @Test(arguments: [
        (#"{"symbols":5}"#, "`symbols` must be an array of strings, got a number"),
        (#"{"symbols":["a",5]}"#, "`symbols` must be an array of strings, got one holding a number"),
        (#"{"symbols":[]}"#, "`symbols` must have 1 to 3 elements, got 0"),
        (#"{}"#, "`symbols` is missing, expected an array of strings"),
        (#"{"symbols":null}"#, "`symbols` is missing, expected an array of strings"),
        (#"{"symbols":""}"#, "`symbols` is missing, expected an array of strings"),
        (#"{"symbols":["a"],"level":"medium"}"#, "`level` must be one of `low`, `high`, got `medium`"),
        (#"{"symbols":["a"],"level":3}"#, "`level` must be one of `low`, `high`, got a number"),
        (#"{"symbols":["a"],"limit":2.5}"#, "`limit` must be a whole number, got 2.5"),
        (#"{"symbols":["a"],"limit":11}"#, "`limit` must be between 1 and 10, got 11"),
        (#"{"symbols":["a"],"limit":"5"}"#, "`limit` must be a whole number, got a string"),
        (#"{"symbols":["a"],"share":1.5}"#, "`share` must be between 0.0 and 1.0, got 1.5"),
        (#"{"symbols":["a"],"deep":{}}"#, "`deep.flag` is missing, expected a boolean"),
        (
            #"{"symbols":["a"],"rows":[{"n":1},{"n":true}]}"#,
            "`rows[1].n` must be a whole number, got a boolean"
        ),
        (#"{"symbols":["a"],"note":"x"}"#, "`note` must have 2 to 5 characters, got 1"),
        (#"[]"#, "the input must be an object, got an array"),
    ])
    func `what is wrong is said in words a model can act on`(input: String, message: String) throws {
        let violations = schema.validate(try JSONValue(reading: input))
        #expect(violations.map(\.description) == [message])
    }

    @Test(arguments: [
        #"{"symbols":["a"]}"#, #"{"symbols":["a"],"limit":null,"level":"","deep":null,"share":""}"#,
        #"{"symbols":["a","b"],"limit":5.0,"share":1,"level":"high"}"#, #"{"symbols":["a"],"stranger":1}"#,
    ])
    func `what may be left out may be absent, null or empty`(input: String) throws {
        #expect(schema.validate(try JSONValue(reading: input)).isEmpty)
    }

    @Test func `no more is reported than a model can read`() throws {
        let rows = JSONSchema.array(of: .boolean())
        let violations = rows.validate(.array(Array(repeating: 1, count: 1000)))
        #expect(violations.count == JSONSchema.Violation.mostReported)
    }

    @Test func `a number beyond every range is no number`() throws {
        #expect(!JSONSchema.number().validate(try JSONValue(reading: "1e999")).isEmpty)
        #expect(!JSONSchema.integer().validate(try JSONValue(reading: "1e30")).isEmpty)
    }

    @Test func `is written as JSON Schema`() throws {
        let expected = """
            {"properties":{"note":{"maxLength":5,"minLength":2,"type":"string"},"share":\
            {"description":"Of the whole","maximum":1,"minimum":0,"type":"number"}},\
            "required":["share"],"type":"object"}
            """
        let schema = JSONSchema.object([
            .required("share", .number("Of the whole", in: 0...1)), .optional("note", .string(length: 2...5)),
        ])
        #expect(schema.json.text == expected)
    }

    @Test(arguments: 0..<300)
    func `a value made after a schema fits it, and stops fitting when something required goes`(seed: Int) {
        var random = SeededRandom(state: UInt64(seed))
        let schema = Samples.object(depth: 3, &random)
        let value = Samples.value(of: schema, &random)
        #expect(schema.schema.validate(value).isEmpty, "\(schema.schema.json.text) <- \(value.text)")
        guard case .object(let properties) = schema, var members = value.object,
            let required = properties.first(where: \.isRequired)
        else { return }
        for absent in [JSONValue.null, ""] {
            members[required.name] = absent
            #expect(schema.schema.validate(.object(members)).map(\.path) == [required.name])
        }
        members[required.name] = Samples.otherKind(than: required.sample)
        #expect(schema.schema.validate(.object(members)).first?.path.hasPrefix(required.name) == true)
    }

    @Test(arguments: 0..<300)
    func `no input makes the validator fail in another way`(seed: Int) {
        var random = SeededRandom(state: UInt64(seed) &+ 1_000_000)
        let schema = Samples.object(depth: 3, &random)
        let stranger = Samples.value(of: Samples.object(depth: 3, &random), &random)
        let violations = schema.schema.validate(stranger)
        #expect(violations.count <= JSONSchema.Violation.mostReported)
        #expect(violations.allSatisfy { !$0.description.isEmpty })
    }
}
