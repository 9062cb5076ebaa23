import MiniLM
import Testing

/// The Swift model against the same one under PyTorch in double precision, on texts in many scripts.
@Suite struct ReferenceTests {
    @Test func `every text has the tokens of the model's own tokenizer`() throws {
        let tokenizer = try ModelFiles.tokenizer()
        for item in try Reference.cases() {
            let input = tokenizer.input(of: item.text)
            #expect(input.ids == item.ids, "\(item.text.debugDescription)")
            #expect(tokenizer.count(of: item.text) == item.count, "\(item.text.debugDescription)")
            #expect(input.isCut == (item.count > MiniLM.greatestTokens - 2), "\(item.text.debugDescription)")
        }
    }

    @Test func `every Unicode scalar has the tokens of the model's own tokenizer`() throws {
        let tokenizer = try ModelFiles.tokenizer()
        let file = try Reference.document("unicode")
        let block = try #require(file["block"]?.int)
        let digests = try #require(file["entries"]?.array).compactMap(\.string)
        #expect(digests.count == 0x110000 / block)
        for (number, digest) in digests.enumerated() {
            var state: UInt64 = 0xcbf2_9ce4_8422_2325
            for scalar in (number * block..<(number + 1) * block).compactMap({ Unicode.Scalar(UInt32($0)) }) {
                for token in tokenizer.tokens(of: "a\(scalar)b") {
                    withUnsafeBytes(of: token.id.littleEndian) {
                        for byte in $0 { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }
                    }
                }
            }
            let hexadecimal = String(state, radix: 16)
            let text = String(repeating: "0", count: 16 - hexadecimal.count) + hexadecimal
            #expect(text == digest, "scalars from U+\(String(number * block, radix: 16))")
        }
    }

    @Test func `with the published weights every vector agrees to 1e-5`() throws {
        let model = try ModelFiles.model(.single)
        for item in try Reference.cases() {
            let vector = model.embedding(of: item.text)
            #expect(vector.count == MiniLM.dimensions)
            let difference = zip(vector, item.vector).map { abs(Double($0) - $1) }.max() ?? .infinity
            #expect(difference < 1e-5, "\(item.text.debugDescription)")
        }
    }

    @Test func `with weights in half precision every vector has a cosine above 0.9999`() throws {
        let model = try ModelFiles.model(.half)
        for item in try Reference.cases() {
            let vector = model.embedding(of: item.text)
            let cosine = zip(vector, item.vector).map { Double($0) * $1 }.reduce(0, +)
            #expect(cosine > 0.9999, "\(item.text.debugDescription)")
        }
    }

    @Test func `the mean of the token matrix is the embedding to 1e-5`() throws {
        for precision in ModelFiles.Precision.allCases {
            let model = try ModelFiles.model(precision)
            for item in try Reference.cases().prefix(40) {
                let matrix = model.tokenMatrix(of: item.text)
                #expect(matrix.count == item.ids.count)
                let vector = try MiniLM.pooled(tokenMatrix: matrix)
                let difference = zip(vector, model.embedding(of: item.text)).map { abs($0 - $1) }.max() ?? 1
                #expect(difference < 1e-5)
            }
        }
    }

    @Test func `texts about the same are closer than texts about something else`() throws {
        let model = try ModelFiles.model(.half)
        let question = model.embedding(of: "How much of my portfolio is in international equities?")
        func closeness(_ text: String) -> Float {
            zip(question, model.embedding(of: text)).map(*).reduce(0, +)
        }
        #expect(closeness("What share of my holdings are foreign stocks?") > 0.5)
        #expect(closeness("A recipe for tomato soup with basil.") < 0.2)
    }
}
