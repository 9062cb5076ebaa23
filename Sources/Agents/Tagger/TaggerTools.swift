import BedrockClient
import Finance
import Wire

/// The form the tagger's answer has. Categories are those of Finance; there is no member for a price.
enum TaggerTools {
    static let rationaleLimitCharacters = 400

    static let classify = ToolSpec(
        name: "classify_instruments",
        description: "Hand in the classification of every instrument asked for.",
        inputSchema: .object([
            .required(
                "classifications",
                .array(
                    of: .object([
                        .required("symbol", .string("The symbol as it was asked for")),
                        .required(
                            "rationale", .string("One or two sentences: why it is classified so")),
                        .required("instrument_type", .string(oneOf: InstrumentType.allCases.map(\.rawValue))),
                        .required("asset_classes", parts(of: AssetClass.self)),
                        .required("regions", parts(of: Region.self)),
                        .required("sectors", parts(of: Sector.self)),
                    ])))
        ]))

    private static func parts<Category: AllocationCategory>(of category: Category.Type) -> JSONSchema {
        .object(
            Category.allCases.map { .optional($0.rawValue, .number()) },
            "Percent by \(Category.title), 0 to 100, summing to 100; leave out what is zero")
    }
}

/// What the tagger found out about an instrument. Never a price.
package struct Tagging: Sendable, Equatable {
    package let type: InstrumentType
    package let classification: Classification
    /// For the log, not for the user.
    package let rationale: String

    package init(type: InstrumentType, classification: Classification, rationale: String) {
        self.type = type
        self.classification = classification
        self.rationale = rationale
    }

    /// - Throws: ``TaggingFailure`` with everything that is wrong.
    init(_ json: JSONValue) throws(TaggingFailure) {
        var problems: [String] = []
        let type = InstrumentType(rawValue: json["instrument_type"]?.string ?? "")
        if type == nil { problems.append("instrument_type is none of those allowed") }
        let assetClasses: Allocation<AssetClass>? = Self.allocation(json, "asset_classes", &problems)
        let regions: Allocation<Region>? = Self.allocation(json, "regions", &problems)
        let sectors: Allocation<Sector>? = Self.allocation(json, "sectors", &problems)
        guard let type, let assetClasses, let regions, let sectors else {
            throw TaggingFailure(problems: problems)
        }
        let rationale = PromptText(
            json["rationale"]?.string ?? "", limitCharacters: TaggerTools.rationaleLimitCharacters)
        self.init(
            type: type,
            classification: Classification(assetClasses: assetClasses, regions: regions, sectors: sectors),
            rationale: rationale.description)
    }

    private static func allocation<Category>(
        _ json: JSONValue, _ name: String, _ problems: inout [String]
    ) -> Allocation<Category>? {
        var percents: [Category: Double] = [:]
        for (key, value) in (json[name]?.object ?? [:]).sorted(by: { $0.key < $1.key }) where !value.isNull {
            guard let category = Category(rawValue: key) else {
                problems.append("\(name): \(PromptText(key)) is no \(Category.title)")
                return nil
            }
            guard let percent = value.double else {
                problems.append("\(name).\(key) is \(value.kind) instead of a number")
                return nil
            }
            percents[category] = percent
        }
        do {
            return try Allocation(percents)
        } catch {
            problems.append("\(name): \(error)")
            return nil
        }
    }
}

/// Why a classification is no classification.
struct TaggingFailure: Error, Equatable {
    let problems: [String]
}
