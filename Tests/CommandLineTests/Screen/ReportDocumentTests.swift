import CommandLine
import Testing
import Wire

@Suite struct ReportDocumentTests {
    @Test func `the document holds report, charts, retirement and every year`() {
        let markdown = ReportDocument(job: [
            "report_payload": ["content": "# Portfolio report\n\nWords.\n"],
            "charts_payload": [
                "accounts": [
                    "title": "Accounts", "type": "pie", "position": 0, "description": "How it divides.",
                    "data": [["name": "A | B", "value": 75.5], ["name": "C", "value": 24.5]],
                ],
                "retirement_projection": ["title": "Line", "type": "line", "position": 1, "data": []],
            ],
            "retirement_payload": [
                "analysis": "# Retirement\n\n*Please read: hypothetical.*\n\n## What this rests on\n\n- x\n",
                "projection": [
                    "years": [
                        [
                            "year_offset": 0, "is_retired": false, "p10": 1, "p25": 2, "p50": 3000.5,
                            "p75": 4,
                            "p90": 5,
                        ]
                    ]
                ],
            ],
        ]).markdown
        #expect(
            markdown.hasPrefix(
                "# Portfolio report\n\nWords.\n\n# Charts\n\n## Accounts\n\nHow it divides.\n\n"))
        #expect(markdown.contains("| A \\| B | $75.50 | 75.5% |\n| C | $24.50 | 24.5% |"))
        #expect(markdown.contains("# Retirement\n\n*Please read: hypothetical.*"))
        #expect(markdown.contains("## What this rests on"))
        #expect(markdown.contains("| 0 | saving | $1.00 | $2.00 | $3,000.50 | $4.00 | $5.00 |"))
        #expect(!markdown.contains("## Line"))
    }

    @Test func `what is missing is named`() {
        let markdown = ReportDocument(job: [:]).markdown
        #expect(
            markdown.contains("The report is missing.") && markdown.contains("The projection is missing."))
    }
}
