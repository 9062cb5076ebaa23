import Wire

/// What the offline analyst understands of a request: the data, and which tools have said what.
struct AnalystReading: Sendable {
    struct ToolAnswer: Sendable {
        let tool: String
        let content: [JSONValue]
        let isError: Bool
    }

    /// The first JSON document in a fenced block of the user's messages; an empty object when there is none.
    let data: JSONValue
    let answers: [ToolAnswer]
    /// The user's words, without the data.
    let task: String

    init(_ request: ConverseRequest) {
        var data: JSONValue?
        var task: [String] = []
        var toolByID: [String: String] = [:]
        var answers: [ToolAnswer] = []
        for message in request.messages {
            for block in message.content {
                switch block {
                case .text(let text) where message.role == .user:
                    let (document, rest) = Self.divide(text)
                    data = data ?? document
                    task.append(rest)
                case .text, .reasoning: break
                case .toolUse(let id, let name, _): toolByID[id] = name
                case .toolResult(let id, let content, let isError):
                    answers.append(ToolAnswer(tool: toolByID[id] ?? id, content: content, isError: isError))
                }
            }
        }
        self.data = data ?? [:]
        self.answers = answers
        self.task = task.joined(separator: "\n")
        facts = (self.data["facts"]?.array ?? []).compactMap(AnalystFact.init)
    }

    let facts: [AnalystFact]

    var agent: String { data["agent"]?.string ?? "" }

    var calledTools: Set<String> { Set(answers.map(\.tool)) }

    func fact(_ id: String) -> AnalystFact? { facts.first { $0.id == id } }

    /// A fence opens with a line of three back-ticks and `json`, and closes with a line of three back-ticks.
    private static func divide(_ text: String) -> (JSONValue?, String) {
        var document: [Substring] = []
        var rest: [Substring] = []
        var isInside = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if !isInside && line == "```json" {
                isInside = true
            } else if isInside && line == "```" {
                isInside = false
            } else if isInside {
                document.append(line)
            } else {
                rest.append(line)
            }
        }
        // What is in the fence and is not JSON is no data; the words around it are all there is.
        let data = try? JSONValue(reading: document.joined(separator: "\n"))
        return (data, rest.joined(separator: "\n"))
    }
}

/// A figure code has computed. It is written as `{{f:id}}` and printed by whoever reads the answer, so that
/// nobody types a figure.
struct AnalystFact: Sendable {
    let id: String
    let subject: String
    let metric: String
    /// As it will be printed: `$1,234.50`, `63.4%`.
    let value: String

    init?(_ json: JSONValue) {
        guard let id = json["id"]?.string else { return nil }
        self.id = id
        subject = json["subject"]?.string ?? ""
        metric = json["metric"]?.string ?? ""
        value = json["value"]?.string ?? ""
    }

    /// For comparisons: the number in the printed value.
    var number: Double? {
        Double(value.filter { $0.isNumber && $0.isASCII || $0 == "." || $0 == "-" })
    }
}
