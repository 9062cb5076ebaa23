import CommandLine
import Testing
import Wire

@Suite struct CalculationTests {
    private static let names = Calculation.all.map(\.name)

    private func calculation(_ name: String) throws -> Calculation { try #require(Calculation.named(name)) }

    @Test(arguments: names)
    func `the example of a schema can be calculated and its output is what the schema says`(_ name: String)
        throws
    {
        let calculation = try calculation(name)
        let output = try calculation.compute(calculation.example)
        let described = try #require(calculation.schema["x-output"]?.object)
        for (member, value) in try #require(output.object) {
            #expect(described[member] != nil, "\(name): `\(member)` is not described")
            #expect(value["value"]?.isNull != true, "\(name): `\(member)` is not defined for the example")
        }
        #expect(output["convention"] != nil)
    }

    @Test(arguments: names)
    func `members that the schema does not know are refused, at every depth`(_ name: String) throws {
        let calculation = try calculation(name)
        for path in Strangers.places(in: calculation.example, calculation.schema) {
            let input = Strangers.adding(to: calculation.example, at: path)
            #expect(throws: InputFailures.self, "\(name) at \(path)") { try calculation.compute(input) }
        }
    }

    @Test(arguments: names)
    func `every member that is required is missed by its name`(_ name: String) throws {
        let calculation = try calculation(name)
        for member in try #require(calculation.schema["required"]?.array).compactMap(\.string) {
            var input = try #require(calculation.example.object)
            input[member] = nil
            let expected = InputFailures(failures: [InputFailure(path: member, problem: "is missing")])
            #expect(throws: expected) { try calculation.compute(.object(input)) }
        }
    }

    @Test(arguments: names)
    func `every member of every object is described and every keyword is enforced`(_ name: String) throws {
        let calculation = try calculation(name)
        #expect(calculation.schema["$schema"] == "https://json-schema.org/draft/2020-12/schema")
        var open = [("", calculation.schema)]
        while let (path, schema) = open.popLast() {
            #expect(schema["description"]?.string?.isEmpty == false, "\(name) \(path)")
            for keyword in try #require(schema.object).keys {
                let isKnown =
                    InputCheck.enforced.contains(keyword) || InputCheck.annotations.contains(keyword)
                #expect(isKnown, "\(name) \(path): \(keyword)")
            }
            open += (schema["properties"]?.object ?? [:]).map { ("\(path).\($0.key)", $0.value) }
            for keyword in ["items", "additionalProperties"] {
                if let inner = schema[keyword], inner.object != nil { open.append((path + "[]", inner)) }
            }
        }
    }

    @Test func `names are told apart and each says what it does`() {
        #expect(Set(Self.names).count == Calculation.all.count)
        #expect(Calculation.all.allSatisfy { !$0.abstract.isEmpty })
        #expect(Calculation.named("nothing") == nil)
        for name in [
            "xirr", "twr", "modified-dietz", "risk", "hhi", "drift", "annuity", "terminal-wealth", "ruin",
            "sustainable-rate",
        ] {
            #expect(Calculation.named(name) != nil)
        }
    }
}

/// Objects within an example to which a member is added that no schema knows.
private enum Strangers {
    enum Step {
        case member(String)
        case element(Int)
    }

    /// Paths to the objects whose members the schema names.
    static func places(in value: JSONValue, _ schema: JSONValue) -> [[Step]] {
        switch value {
        case .object(let members):
            guard let properties = schema["properties"]?.object else { return [] }
            return [[]]
                + members.flatMap { name, member in
                    places(in: member, properties[name] ?? .null).map { [.member(name)] + $0 }
                }
        case .array(let elements):
            return elements.enumerated().flatMap { index, element in
                places(in: element, schema["items"] ?? .null).map { [.element(index)] + $0 }
            }
        default: return []
        }
    }

    static func adding(to value: JSONValue, at path: [Step]) -> JSONValue {
        guard let step = path.first else {
            return .object((value.object ?? [:]).merging(["stranger": 1]) { old, _ in old })
        }
        let rest = Array(path.dropFirst())
        switch (step, value) {
        case (.member(let name), .object(var members)):
            members[name] = adding(to: members[name] ?? .null, at: rest)
            return .object(members)
        case (.element(let index), .array(var elements)):
            elements[index] = adding(to: elements[index], at: rest)
            return .array(elements)
        default: return value
        }
    }
}
