import LocalCloud
import Testing
import Wire

@Suite struct FeatureExtractionTests {
    private let model = FeatureExtraction { text in
        if text == "too long" { throw TooLong() }
        return text.split(separator: " ").map { [Float($0.utf8.count), 0.1, -3e-9] }
    }

    private struct TooLong: Error, CustomStringConvertible {
        let description = "The size of tensor a (600) must match the size of tensor b (512)"
    }

    private func answer(
        _ body: String, contentType: String? = "application/json", accept: String? = nil
    ) async throws -> JSONValue {
        let answer = try await model.answer(Array(body.utf8), contentType: contentType, accept: accept)
        #expect(answer.contentType == "application/json")
        return try JSONValue(reading: answer.body)
    }

    private func refusal(_ body: String, contentType: String? = nil, accept: String? = nil) async
        -> JSONValue?
    {
        let failure = await #expect(throws: ServedModelFailure.self) {
            try await answer(body, contentType: contentType, accept: accept)
        }
        guard case .refused(status: 400, let message)? = failure else { return nil }
        return try? JSONValue(reading: message)
    }

    /// Source: transformers, `FeatureExtractionPipeline`; the first dimension is that of one text.
    @Test func `one text is a list of one matrix, several are a list of such lists`() async throws {
        let one = try await answer(#"{"inputs": "a bc"}"#)
        #expect(one.text == "[[[1.0,0.1,-3e-09],[2.0,0.1,-3e-09]]]")
        let several = try await answer(#"{"inputs": ["a", "bc def"], "parameters": {"truncation": true}}"#)
        #expect(several.text == "[[[[1.0,0.1,-3e-09]]],[[[2.0,0.1,-3e-09],[3.0,0.1,-3e-09]]]]")
        let alone = try await answer(#"{"inputs": ["a"]}"#)
        #expect(alone.text == "[[[[1.0,0.1,-3e-09]]]]")
    }

    @Test func `every number comes back as it was`() async throws {
        let numbers = (0..<1000).map { Float($0) * 0.001_234_567 - 0.5 } + [.leastNormalMagnitude, 3.4e38]
        let model = FeatureExtraction { _ in [numbers] }
        let answer = try await model.answer(Array(#"{"inputs": ""}"#.utf8), contentType: nil, accept: "*/*")
        let read = try JSONValue(reading: answer.body).array?[0].array?[0].array ?? []
        #expect(read.compactMap { $0.double.map { Float($0) } } == numbers)
    }

    @Test(arguments: ["{}", #"{"inputs": 3}"#, #"{"inputs": []}"#, #"{"inputs": ["a", 1]}"#, "[", "\"a\""])
    func `what is no text is refused as by the container`(body: String) async throws {
        let document = try #require(await refusal(body))
        #expect(document["code"] == 400 && document["type"] == "InternalServerException")
        #expect(document["message"]?.string?.isEmpty == false)
    }

    @Test func `a text that the model refuses is told in its words`() async throws {
        let document = try #require(await refusal(#"{"inputs": "too long"}"#))
        #expect(document["message"]?.string?.contains("size of tensor") == true)
    }

    @Test func `other types than JSON are refused`() async throws {
        #expect(await refusal(#"{"inputs": "a"}"#, contentType: "text/csv") != nil)
        #expect(await refusal(#"{"inputs": "a"}"#, accept: "application/x-npy") != nil)
        _ = try await answer(#"{"inputs": "a"}"#, contentType: "application/json; charset=utf-8")
    }

    @Test func `a number that is none is no answer`() async throws {
        let model = FeatureExtraction { _ in [[.nan]] }
        await #expect(throws: ServedModelFailure.self) {
            try await model.answer(Array(#"{"inputs": "a"}"#.utf8), contentType: nil, accept: nil)
        }
    }
}
