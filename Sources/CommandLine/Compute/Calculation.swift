import Wire

/// One calculation that scripts can call without the rest of Alex: JSON in, JSON out.
///
/// Rates are fractions (0.07 is 7 percent) and member names end in their unit (`_fraction`, `_usd`, `_years`)
/// unless the thing has none. A metric is an object: `{"value": 0.07}`, or `{"value": null, "reason": "..."}`
/// where it is not defined. Every output repeats the conventions it was calculated with.
package struct Calculation: Sendable {
    /// As typed behind `alex compute`.
    package let name: String
    /// One sentence.
    package let abstract: String
    /// What the input must look like: JSON Schema 2020-12 of the kind ``InputSchema`` writes and
    /// ``InputCheck`` enforces, with one complete example and, under `x-output`, every member of the output.
    package let schema: JSONValue
    /// Calculates from an input that fits the schema and has its defaults filled in.
    let run: @Sendable (JSONValue) throws -> JSONValue

    init(
        name: String, abstract: String, input: [InputSchema.Member], example: JSONValue,
        output: [String: String], run: @escaping @Sendable (JSONValue) throws -> JSONValue
    ) {
        self.init(
            name: name, abstract: abstract,
            schema: InputSchema.document(
                title: name, abstract, members: input, example: example, output: output),
            run: run)
    }

    init(
        name: String, abstract: String, schema: JSONValue,
        run: @escaping @Sendable (JSONValue) throws -> JSONValue
    ) {
        self.name = name
        self.abstract = abstract
        self.schema = schema
        self.run = run
    }

    /// - Throws: ``InputFailures`` with the path of everything that does not fit the schema, or the failure
    ///   of the calculation.
    package func compute(_ input: JSONValue) throws -> JSONValue {
        try run(InputCheck.checked(input, against: schema))
    }

    /// A complete valid input.
    package var example: JSONValue { schema["examples"]?.array?.first ?? .null }

    package static func named(_ name: String) -> Calculation? { all.first { $0.name == name } }

    package static let all: [Calculation] = [
        .xirr, .timeWeightedReturn, .modifiedDietz, .risk, .concentration, .drift, .annuity, .terminalWealth,
        .ruin, .sustainableRate,
    ]
}
