import CommandLine
import Testing
import Wire

@Suite struct InputCheckTests {
    private static let schema: JSONValue = [
        "type": "object", "additionalProperties": false, "required": ["day"],
        "properties": [
            "day": ["type": "string", "format": "date"],
            "rate": ["type": ["number", "null"], "minimum": 0, "exclusiveMaximum": 1],
            "years": ["type": "integer", "exclusiveMinimum": 0, "maximum": 10, "default": 5],
            "rows": [
                "type": "array", "minItems": 1, "maxItems": 2,
                "items": [
                    "type": "object", "additionalProperties": false, "properties": ["x": ["type": "number"]],
                ],
            ],
            "parts": ["type": "object", "additionalProperties": ["type": "number"]],
            "word": ["type": "string", "enum": ["one", "two"]],
        ],
    ]

    private func failures(_ input: String) throws -> [String] {
        do {
            _ = try InputCheck.checked(JSONValue(reading: input), against: Self.schema)
            return []
        } catch let failures as InputFailures {
            return failures.failures.map(\.description)
        }
    }

    @Test func `what fits passes, with its defaults`() throws {
        let input: JSONValue = [
            "day": "2024-02-29", "rate": .null, "rows": [["x": 1]], "parts": ["a": 1.5], "word": "two",
        ]
        let checked = try InputCheck.checked(input, against: Self.schema)
        #expect(checked["years"] == 5)
        #expect(checked["parts"]?["a"] == 1.5)
        #expect(checked["rate"] == .null)
    }

    @Test(arguments: [
        (#"[1]"#, "the input must be an object, but is an array"),
        (#"{}"#, "`day` is missing"),
        (#"{"day": "2023-02-29"}"#, "`day` must be a day such as 2026-11-21, but is `2023-02-29`"),
        (#"{"day": 20230228}"#, "`day` must be a string, but is a number"),
        (
            #"{"day": "2024-01-01", "extra": 1}"#,
            "`extra` is not known; there are day, parts, rate, rows, word, years"
        ),
        (#"{"day": "2024-01-01", "rate": "0.1"}"#, "`rate` must be a number or null, but is a string"),
        (#"{"day": "2024-01-01", "rate": -0.1}"#, "`rate` must be at least 0, but is -0.1"),
        (#"{"day": "2024-01-01", "rate": 1}"#, "`rate` must be below 1, but is 1"),
        (#"{"day": "2024-01-01", "rate": 1e999}"#, "`rate` is too large for a number"),
        (#"{"day": "2024-01-01", "years": 1.5}"#, "`years` must be a whole number, but is a number"),
        (#"{"day": "2024-01-01", "years": 0}"#, "`years` must be above 0, but is 0"),
        (#"{"day": "2024-01-01", "years": 11}"#, "`years` must be at most 10, but is 11"),
        (#"{"day": "2024-01-01", "rows": []}"#, "`rows` must have at least 1 elements, but has 0"),
        (#"{"day": "2024-01-01", "rows": [{}, {}, {}]}"#, "`rows` must have at most 2 elements, but has 3"),
        (#"{"day": "2024-01-01", "rows": [{}, {"y": 1}]}"#, "`rows[1].y` is not known; there are x"),
        (
            #"{"day": "2024-01-01", "rows": [{}, {"x": true}]}"#,
            "`rows[1].x` must be a number, but is a boolean"
        ),
        (#"{"day": "2024-01-01", "parts": {"a": "b"}}"#, "`parts.a` must be a number, but is a string"),
        (#"{"day": "2024-01-01", "word": "three"}"#, #"`word` must be one of "one", "two", but is "three""#),
    ])
    func `what does not fit is refused with its place`(_ input: String, _ message: String) throws {
        #expect(try failures(input) == [message])
    }

    @Test func `everything that is wrong is said at once`() throws {
        #expect(try failures(#"{"rate": 2, "years": "5", "no": 1}"#).count == 4)
    }
}
