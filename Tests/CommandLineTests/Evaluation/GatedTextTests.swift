import Agents
import CommandLine
import Finance
import Testing
import Wire

@Suite struct GatedTextTests {
    static let document: JSONValue = [
        "version": 1, "names": ["401k"], "passages": ["Assumed are 3 things of 1999."],
        "facts": [
            fact("portfolio.total.usd", "portfolio", "total value", "1234.5", "usd"),
            fact("portfolio.cash.usd", "portfolio", "cash in accounts", "1000", "usd"),
        ],
    ]

    static func fact(_ id: String, _ subject: String, _ metric: String, _ value: String, _ unit: String)
        -> JSONValue
    {
        [
            "id": .string(id), "subject": .string(subject), "metric": .string(metric),
            "value": .string(value), "unit": .string(unit),
        ]
    }

    static func gated(_ text: String) throws -> GatedText {
        GatedText(text, try FactDocument(document))
    }

    @Test func `references are printed and verified`() throws {
        let text = try Self.gated(
            "Worth {{f:portfolio.total.usd}} in all, {{f:portfolio.cash.usd}} of it cash.")
        #expect(text.printed == "Worth $1,235 in all, $1,000 of it cash.")
        #expect(text.lines(name: "x.md") == ["verified: 2 numbers"])
        #expect(text.json["status"] == "verified")
        #expect(
            text.json["citations"] == [[6, 6, "portfolio.total.usd"], [21, 6, "portfolio.cash.usd"]])
    }

    @Test func `what is wrong is listed with its place`() throws {
        let text = try Self.gated("# Größe\n\nThe household is worth $9,999.\n")
        #expect(text.lines(name: "x.md") == ["x.md:3:24: '$9,999': no fact has this value"])
        #expect(text.json["violations"]?.array?.first?["at"] == 32)
        #expect(!text.isPublishable)
    }

    @Test func `a reference to nothing is refused although no figure is wrong`() throws {
        let text = try Self.gated("Worth {{f:portfolio.luck.usd}}.")
        #expect(!text.isPublishable)
        #expect(text.lines(name: "x.md") == ["x.md: {{f:portfolio.luck.usd}} is not among the facts"])
    }

    @Test func `passages of the document may be quoted`() throws {
        #expect(try Self.gated("Assumed are 3 things of 1999.").isPublishable)
        #expect(!(try Self.gated("Assumed are 4 things of 1999.").isPublishable))
    }

    @Test func `passages are written only where there are some`() throws {
        let document = try FactDocument(Self.document)
        #expect(document.json["passages"] == ["Assumed are 3 things of 1999."])
        #expect(try FactDocument(document.json) == document)
        #expect(FactDocument(document.table, names: [], asOf: nil).json["passages"] == nil)
    }
}
