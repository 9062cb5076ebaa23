import BedrockClient
import Wire

/// Random schemas, described a second time so that values can be made without asking the code under test.
indirect enum Sample {
    case object([Member])
    case array(Sample)
    case string
    case word([String])
    case number
    case integer(ClosedRange<Int>)
    case boolean

    struct Member {
        let name: String
        let sample: Sample
        let isRequired: Bool
    }

    var schema: JSONSchema {
        switch self {
        case .object(let members):
            .object(
                members.map {
                    $0.isRequired
                        ? .required($0.name, $0.sample.schema) : .optional($0.name, $0.sample.schema)
                })
        case .array(let element): .array(of: element.schema, count: 1...3)
        case .string: .string(length: 1...4)
        case .word(let words): .string(oneOf: words)
        case .number: .number(in: -5...5)
        case .integer(let range): .integer(in: range)
        case .boolean: .boolean()
        }
    }
}

enum Samples {
    static func object(depth: Int, _ random: inout SeededRandom) -> Sample {
        let count = Int.random(in: 1...4, using: &random)
        return .object(
            (0..<count).map {
                Sample.Member(
                    name: "m\($0)", sample: sample(depth: depth - 1, &random),
                    isRequired: .random(using: &random))
            })
    }

    static func value(of sample: Sample, _ random: inout SeededRandom) -> JSONValue {
        switch sample {
        case .object(let members):
            var values: [String: JSONValue] = [:]
            for member in members where member.isRequired || Bool.random(using: &random) {
                values[member.name] = value(of: member.sample, &random)
            }
            for member in members where !member.isRequired && values[member.name] == nil {
                values[member.name] = [nil, JSONValue.null, ""].randomElement(using: &random) ?? nil
            }
            return .object(values)
        case .array(let element):
            return .array(
                (0..<Int.random(in: 1...3, using: &random)).map { _ in value(of: element, &random) })
        case .string: return .string(String(repeating: "é", count: Int.random(in: 1...4, using: &random)))
        case .word(let words): return .string(words.randomElement(using: &random) ?? "")
        case .number: return .number(Double.random(in: -5...5, using: &random))
        case .integer(let range): return .number(Int.random(in: range, using: &random))
        case .boolean: return .bool(.random(using: &random))
        }
    }

    /// Never fits, and is never "not given".
    static func otherKind(than sample: Sample) -> JSONValue {
        if case .boolean = sample { 1 } else { true }
    }

    private static func sample(depth: Int, _ random: inout SeededRandom) -> Sample {
        switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &random) {
        case 0: .string
        case 1: .word(["red", "green"])
        case 2: .number
        case 3: .integer(-3...Int.random(in: -3...9, using: &random))
        case 4: .boolean
        case 5: .array(sample(depth: depth - 1, &random))
        default: object(depth: depth - 1, &random)
        }
    }
}

/// SplitMix64: the same numbers from the same seed.
struct SeededRandom: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
