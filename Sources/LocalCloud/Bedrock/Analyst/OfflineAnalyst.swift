import Wire

/// The model that is none: it reads the prompt's data and answers by rules, always the same.
///
/// 1. A tool that must be called is called, with arguments that ``SchemaFiller`` takes from the data.
/// 2. Tools that are offered are called once each, all at once, where the data has what they need.
/// 3. Then it writes, by the ``AnalystWriter`` of the agent named in the data.
///
/// A researcher's calls depend on each other; they are ``OfflineResearcher``'s.
///
/// Whatever it writes says once that no language model was used.
package struct OfflineAnalyst: ModelBackend {
    package init() {}

    package func converse(
        _ request: ConverseRequest, streaming: Bool
    ) async throws(ModelBackendFailure) -> ConverseReply {
        let content = content(for: request)
        let callsTools = content.contains { if case .toolUse = $0 { true } else { false } }
        return ConverseReply(
            content, stopReason: callsTools ? "tool_use" : "end_turn",
            inputTokens: Self.tokens(request.messages.flatMap(\.content)) + request.system.utf8.count / 4,
            outputTokens: Self.tokens(content))
    }

    private func content(for request: ConverseRequest) -> [ConverseBlock] {
        let reading = AnalystReading(request)
        let turn = request.messages.count
        // Who writes by rules has no opinion about how it reads.
        guard reading.agent != "judge" else { return [.text(AnalystWriters.shortNote)] }
        guard reading.agent != OfflineResearcher.agent else {
            return OfflineResearcher(reading).content(offered: request.tools.map(\.name), turn: turn)
        }
        switch request.toolChoice {
        case .tool(let name):
            guard let tool = request.tools.first(where: { $0.name == name }) else { break }
            return [
                .toolUse(
                    id: "offline-\(turn)-0", name: name, input: SchemaFiller(reading).arguments(of: tool))
            ]
        case .any:
            guard
                let tool = request.tools.first(where: { !reading.calledTools.contains($0.name) })
                    ?? request.tools.first
            else { break }
            return [
                .toolUse(
                    id: "offline-\(turn)-0", name: tool.name, input: SchemaFiller(reading).arguments(of: tool)
                )
            ]
        case .auto:
            let calls = request.tools.filter { !reading.calledTools.contains($0.name) }
                .filter { SchemaFiller(reading).canFill($0) }
            if !calls.isEmpty {
                return calls.enumerated().map { index, tool in
                    .toolUse(
                        id: "offline-\(turn)-\(index)", name: tool.name,
                        input: SchemaFiller(reading).arguments(of: tool))
                }
            }
        }
        let writer = AnalystWriters.byAgent[reading.agent] ?? GeneralWriter()
        return [.text(writer.text(about: reading))]
    }

    /// Four bytes a token: a rule of thumb, so that the counters of a caller have something to count.
    private static func tokens(_ content: [ConverseBlock]) -> Int {
        content.reduce(0) { $0 + $1.json.bytes.count } / 4
    }
}

/// Writes the words of one agent.
protocol AnalystWriter: Sendable {
    func text(about reading: AnalystReading) -> String
}

/// Who writes for which agent. The name is the member `agent` of the prompt's data.
enum AnalystWriters {
    static let note = "*Written by Alex's offline analyst from rules; no language model was used.*"
    static let shortNote = "(By rules; no language model was used.)"

    static let byAgent: [String: any AnalystWriter] = [
        "reporter": SectionWriter(ReportSentences.byHeading),
        "retirement": SectionWriter(RetirementSentences.byHeading),
    ]
}
