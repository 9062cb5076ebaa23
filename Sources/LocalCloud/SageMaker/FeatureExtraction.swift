import Wire

/// The Hugging Face container with the task `feature-extraction`: texts in, a row of numbers for each of
/// their tokens out.
///
/// `{"inputs": "text"}` gives `[[[...], ...]]`: one text, its tokens, their numbers. A list of texts gives a
/// list of such. Source: sagemaker-huggingface-inference-toolkit, `handler_service.py`, over the pipeline of
/// transformers 4.26, which keeps the leading dimension of one text.
package struct FeatureExtraction: ServedModel {
    private let tokenMatrix: @Sendable (String) throws -> [[Float]]

    /// - Parameter tokenMatrix: A row for each token, those at the ends included.
    package init(_ tokenMatrix: @escaping @Sendable (String) throws -> [[Float]]) {
        self.tokenMatrix = tokenMatrix
    }

    package func answer(_ body: [UInt8], contentType: String?, accept: String?) async throws -> ModelAnswer {
        let type = contentType?.split(separator: ";").first.map { $0.lowercased() } ?? Self.json
        guard type == Self.json else { throw Self.unsupported(type) }
        let wanted = accept.flatMap { ["", "*/*"].contains($0) ? nil : $0 } ?? Self.json
        guard wanted.split(separator: ";").first.map({ $0.lowercased() }) == Self.json else {
            throw Self.unsupported(wanted)
        }
        var text = TokenMatrixText()
        switch try Self.inputs(body) {
        case .one(let input): text.append(try rows(input))
        case .several(let inputs):
            var matrices: [[[Float]]] = []
            for input in inputs { matrices.append(try rows(input)) }
            text.append(matrices)
        }
        return ModelAnswer(body: text.bytes, contentType: Self.json)
    }

    private static let json = "application/json"

    private enum Inputs {
        case one(String)
        case several([String])
    }

    private func rows(_ input: String) throws -> [[Float]] {
        do {
            let rows = try tokenMatrix(input)
            guard rows.allSatisfy({ $0.allSatisfy(\.isFinite) }) else {
                throw Self.refusal("Out of range float values are not JSON compliant")
            }
            return rows
        } catch let failure as ServedModelFailure {
            throw failure
        } catch {
            throw Self.refusal(String(describing: error))
        }
    }

    /// Everything beside `inputs` is passed over, `parameters` too.
    private static func inputs(_ body: [UInt8]) throws(ServedModelFailure) -> Inputs {
        let value: JSONValue
        do {
            value = try JSONValue(reading: body)
        } catch {
            throw refusal(error.description)
        }
        switch value["inputs"] {
        case .string(let text): return .one(text)
        case .array(let elements):
            let texts = elements.compactMap(\.string)
            guard texts.count == elements.count, !texts.isEmpty else { break }
            return .several(texts)
        default: break
        }
        throw refusal(
            "text input must of type `str` (single example) or `List[str]` (batch): "
                + "send {\"inputs\": \"text\"} or {\"inputs\": [\"text\", ...]}")
    }

    private static func unsupported(_ type: String) -> ServedModelFailure {
        refusal("Content type \(type) is not supported by this framework.")
    }

    /// The model server's document for a request that it could not answer.
    private static func refusal(_ message: String) -> ServedModelFailure {
        let document: JSONValue = [
            "code": 400, "type": "InternalServerException", "message": .string(message),
        ]
        return .refused(status: 400, message: document.prettyText + "\n")
    }
}

/// Matrices on their way to JSON, number by number, without a tree of values in between.
private struct TokenMatrixText {
    private(set) var bytes: [UInt8] = []
    /// About what a number takes with its comma.
    private static let bytesOfNumber = 13

    /// A text: `[[[...], ...]]`.
    mutating func append(_ rows: [[Float]]) {
        bytes.reserveCapacity(bytes.count + rows.count * (rows.first?.count ?? 0) * Self.bytesOfNumber)
        bytes.append(UInt8(ascii: "["))
        list(rows) { text, row in text.list(row) { text, number in text.append(number) } }
        bytes.append(UInt8(ascii: "]"))
    }

    mutating func append(_ matrices: [[[Float]]]) {
        list(matrices) { text, rows in text.append(rows) }
    }

    /// The shortest digits that give the same number again.
    private mutating func append(_ number: Float) { bytes += number.description.utf8 }

    private mutating func list<Element>(
        _ elements: [Element], _ each: (inout TokenMatrixText, Element) -> Void
    ) {
        bytes.append(UInt8(ascii: "["))
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            each(&self, element)
        }
        bytes.append(UInt8(ascii: "]"))
    }
}
