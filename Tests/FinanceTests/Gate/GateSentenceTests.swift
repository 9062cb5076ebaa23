import Fakes
import Finance
import Testing

/// Plain English about one household: none of it may be refused when it is right, all of it when it is wrong.
@Suite struct GateSentenceTests {
    static let sentences = Result { try GateSentences().all }

    @Test func `there are right and wrong sentences on every topic`() throws {
        let topics = Dictionary(grouping: try Self.sentences.get(), by: \.topic)
        #expect(topics.count == 11)
        #expect(try Self.sentences.get().count { $0.isRight } > 150)
        #expect(try Self.sentences.get().count { !$0.isRight } > 150)
        for (topic, sentences) in topics {
            #expect(Set(sentences.map(\.isRight)) == [true, false], "\(topic)")
        }
    }

    @Test func `what is right passes`() throws {
        for sentence in try Self.sentences.get() where sentence.isRight {
            let violations = GateHousehold.gate.check(sentence.text).violations
            #expect(violations.isEmpty, "\(sentence) -- \(violations.map { "\($0.text): \($0.reason)" })")
        }
    }

    @Test func `what is wrong is refused`() throws {
        for sentence in try Self.sentences.get() where !sentence.isRight {
            let verdict = GateHousehold.gate.check(sentence.text)
            #expect(!verdict.isPublishable, "\(sentence) -- taken for \(verdict.citations.map(\.source))")
        }
    }
}
