import Wire

extension DataAPIClient {
    /// Runs one statement for many elements, in as few calls as the size of a request allows. Outside a
    /// transaction a failure in the middle leaves what came before it.
    ///
    /// - Parameter statement: Must give the same text for every element; only values differ.
    package func executeBatch<Element>(
        _ elements: some Sequence<Element>, in transaction: Transaction? = nil,
        statement: (Element) -> SQLStatement
    ) async throws(DataAPIFailure) {
        let statements = elements.map(statement)
        guard let text = statements.first?.text else { return }
        guard statements.allSatisfy({ $0.text == text }) else { throw .differentStatements }
        let sets = statements.map { Self.json($0.parameters) }
        let room = Limit.requestBytes - Limit.headerBytes - Self.longestBatchEnvelopeBytes - text.utf8.count
        for part in Self.parts(of: sets, byteCount: room) {
            let body: [String: JSONValue] = [
                "database": .string(database), "sql": .string(text), "parameterSets": .array(Array(part)),
            ]
            _ = try await run("/BatchExecute", body, text, in: transaction, isRepeatable: false)
        }
    }

    /// Names, ARNs, the transaction's id, and what a statement grows by when its line ends are escaped.
    static let longestBatchEnvelopeBytes = 96 << 10

    /// Cuts values so that no part is longer than `byteCount` as JSON, but for a value that is so on its own.
    static func parts(of values: [JSONValue], byteCount: Int) -> [ArraySlice<JSONValue>] {
        var parts: [ArraySlice<JSONValue>] = []
        var start = 0
        var size = 0
        for (index, value) in values.enumerated() {
            let valueSize = value.bytes.count + 1
            if index > start && size + valueSize > byteCount {
                parts.append(values[start..<index])
                (start, size) = (index, 0)
            }
            size += valueSize
        }
        if start < values.count { parts.append(values[start...]) }
        return parts
    }
}
