import Wire

/// Makes arguments that satisfy a tool's JSON Schema, from the data of the prompt.
///
/// A value comes from the member of the same name: of the element it belongs to, then of the data. An array
/// of objects follows the array in the data whose elements have most member names in common with it.
///
/// That no language model was used is said once for each text a reader sees: at the end of a list of key
/// points, in the description of the first chart, in every rationale.
struct SchemaFiller {
    private let reading: AnalystReading

    init(_ reading: AnalystReading) {
        self.reading = reading
    }

    func arguments(of tool: ConverseRequest.Tool) -> JSONValue {
        value(of: tool.schema, named: tool.name, element: reading.data)
    }

    /// Whether the data has something for every argument that is required.
    func canFill(_ tool: ConverseRequest.Tool) -> Bool {
        let schema = JSONSchemaNode(tool.schema)
        return schema.required.allSatisfy { name in
            guard let property = schema.properties[name] else { return false }
            if reading.data[name] != nil { return true }
            let node = JSONSchemaNode(property)
            return !node.words.isEmpty || node.type == "array" && source(of: node, named: name) != nil
        }
    }

    private func value(of schema: JSONValue, named name: String, element: JSONValue) -> JSONValue {
        let node = JSONSchemaNode(schema)
        switch node.type {
        case "object": return object(node, named: name, element: element)
        case "array": return array(node, named: name, element: element)
        case "string": return string(node, named: name, element: element)
        case "integer": return .number(Int(node.clamped(found(name, element)?.double ?? 0)))
        case "number": return .number(node.clamped(found(name, element)?.double ?? 0))
        case "boolean": return .bool(found(name, element)?.bool ?? false)
        default: return .null
        }
    }

    private func object(_ node: JSONSchemaNode, named name: String, element: JSONValue) -> JSONValue {
        if node.isParts {
            return InstrumentKnowledge(element).parts(named: name, among: Array(node.properties.keys))
        }
        var members: [String: JSONValue] = [:]
        for (key, property) in node.properties {
            let isSourced = found(key, element) != nil || JSONSchemaNode(property).isParts
            guard node.required.contains(key) || isSourced else { continue }
            members[key] = value(of: property, named: key, element: element)
        }
        return .object(members)
    }

    private func array(_ node: JSONSchemaNode, named name: String, element: JSONValue) -> JSONValue {
        let elements = source(of: node, named: name) ?? []
        let count = min(elements.count, node.maximumCount)
        var values = elements.prefix(count).enumerated().map { index, source in
            JSONSchemaNode(node.items).type == "object"
                ? value(of: node.items, named: name, element: index == 0 ? source : source.marked)
                : fitted(source, to: node.items, named: name)
        }
        if name == "key_points" && values.count < node.maximumCount {
            values.append(.string(JSONSchemaNode(node.items).cut(AnalystWriters.shortNote)))
        }
        while values.count < node.minimumCount {
            values.append(value(of: node.items, named: name, element: element))
        }
        return .array(values)
    }

    private func fitted(_ source: JSONValue, to schema: JSONValue, named name: String) -> JSONValue {
        value(of: schema, named: name, element: [name: source])
    }

    /// The array in the data that an array of this schema follows.
    private func source(of node: JSONSchemaNode, named name: String) -> [JSONValue]? {
        if let same = reading.data[name]?.array { return same }
        let wanted = Set(JSONSchemaNode(node.items).properties.keys)
        let candidates = (reading.data.object ?? [:]).sorted { $0.key < $1.key }.compactMap { member in
            member.value.array.map {
                (elements: $0, shared: wanted.intersection($0.first?.object?.keys.map(\.self) ?? []))
            }
        }
        let best = candidates.max { $0.shared.count < $1.shared.count }
        return best.flatMap { $0.shared.isEmpty ? nil : $0.elements }
    }

    private func string(_ node: JSONSchemaNode, named name: String, element: JSONValue) -> JSONValue {
        let found = found(name, element)?.string
        if !node.words.isEmpty {
            if let found, node.words.contains(found) { return .string(found) }
            return .string(InstrumentKnowledge(element).choose(among: node.words))
        }
        guard var text = found, !text.isEmpty else { return .string(node.cut(AnalystWriters.shortNote)) }
        if node.forbidsDigits { text = text.filter { !$0.isNumber } }
        let isProse =
            ["rationale", "reason"].contains(name) || name == "description" && !element.isMarked
        let noted = isProse ? "\(text) \(AnalystWriters.shortNote)" : text
        return .string(noted.unicodeScalars.count <= node.maximumLength ? noted : node.cut(text))
    }

    private func found(_ name: String, _ element: JSONValue) -> JSONValue? {
        let value = element[name] ?? reading.data[name]
        return value?.isNull == true ? nil : value
    }
}

extension JSONValue {
    private static let mark = "offline_analyst_has_spoken"

    /// An element of a list whose first element says already that no language model was used.
    fileprivate var marked: JSONValue {
        object.map { .object($0.merging([Self.mark: true]) { _, new in new }) } ?? self
    }

    fileprivate var isMarked: Bool { self[Self.mark]?.bool == true }
}

/// The parts of a JSON Schema that the offline analyst reads.
struct JSONSchemaNode {
    private let schema: JSONValue

    init(_ schema: JSONValue) {
        self.schema = schema
    }

    var type: String {
        schema["type"]?.string ?? schema["type"]?.array?.compactMap(\.string).first { $0 != "null" } ?? ""
    }
    var properties: [String: JSONValue] { schema["properties"]?.object ?? [:] }
    var required: Set<String> { Set((schema["required"]?.array ?? []).compactMap(\.string)) }
    var items: JSONValue { schema["items"] ?? [:] }
    var words: [String] { (schema["enum"]?.array ?? []).compactMap(\.string) }
    var minimumCount: Int { schema["minItems"]?.int ?? 0 }
    var maximumCount: Int { schema["maxItems"]?.int ?? .max }
    var maximumLength: Int { schema["maxLength"]?.int ?? .max }

    /// An object of numbers that make a whole, such as percentages by region.
    var isParts: Bool {
        type == "object" && properties.count >= 2
            && properties.values.allSatisfy { ["number", "integer"].contains(JSONSchemaNode($0).type) }
    }

    /// Said in the description, because JSON Schema has no keyword for it.
    var forbidsDigits: Bool {
        (schema["description"]?.string ?? "").contains("without digits")
    }

    func clamped(_ number: Double) -> Double {
        min(max(number, schema["minimum"]?.double ?? -.infinity), schema["maximum"]?.double ?? .infinity)
    }

    func cut(_ text: String) -> String {
        guard text.unicodeScalars.count > maximumLength else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.prefix(maximumLength)))
    }
}
