import Finance
import Quantities
import Wire

/// A member of a request body: what it may be. The validation and the OpenAPI document are both made from it.
struct Field: Sendable {
    enum Kind: Sendable {
        /// Length in code points, as the database counts.
        case text(ClosedRange<Int>)
        case integer(ClosedRange<Int>)
        case decimal(Decimal, Decimal, fractionDigits: Int)
        /// Above zero, up to the limit.
        case positiveDecimal(upTo: Decimal, fractionDigits: Int)
        case symbol
        case uuid
        case date
        case object
        case flag
        /// Objects of texts with these names; `null` is the same as leaving a text out.
        case rows(of: [String], upTo: Int)
        /// Percent by category, summing to 100.
        case assetClassTargets
        case regionTargets
    }

    let name: String
    let kind: Kind
    let isRequired: Bool
    /// May be `null`, which removes the value.
    let isNullable: Bool

    static func required(_ name: String, _ kind: Kind) -> Field {
        Field(name: name, kind: kind, isRequired: true, isNullable: false)
    }

    static func optional(_ name: String, _ kind: Kind, isNullable: Bool = false) -> Field {
        Field(name: name, kind: kind, isRequired: false, isNullable: isNullable)
    }

    /// What is wrong with a value, as the end of a sentence that begins with the field; `nil` when nothing
    /// is.
    func complaint(about value: JSONValue?) -> String? {
        guard let value else { return isRequired ? "is missing" : nil }
        if value.isNull {
            return isNullable ? nil : isRequired ? "is missing" : "must not be null; leave it out instead"
        }
        switch kind {
        case .text(let length): return Self.text(value, length)
        case .integer(let range):
            guard let number = value.int else { return "must be a whole number, not \(value.kind)" }
            return range.contains(number)
                ? nil : "must lie between \(range.lowerBound) and \(range.upperBound)"
        case .decimal(let low, let high, let digits):
            return Self.decimal(value, digits) { low <= $0 && $0 <= high }
                .map { $0.isEmpty ? "must lie between \(low) and \(high)" : $0 }
        case .positiveDecimal(let high, let digits):
            return Self.decimal(value, digits) { 0 < $0 && $0 <= high }
                .map { $0.isEmpty ? "must be above 0 and at most \(high)" : $0 }
        case .symbol:
            guard let text = value.string else { return "must be a ticker symbol such as SPY" }
            return Symbol(text) == nil
                ? "must be a ticker symbol such as SPY or BRK.B, at most 20 characters" : nil
        case .uuid: return value.string.flatMap { UUID($0) } == nil ? "must be an id" : nil
        case .date:
            return value.string.flatMap { CalendarDate($0) } == nil
                ? "must be a date such as 2026-11-21" : nil
        case .object: return value.object == nil ? "must be an object, not \(value.kind)" : nil
        case .flag: return value.bool == nil ? "must be true or false, not \(value.kind)" : nil
        case .rows(let names, let most): return Self.rows(value, of: names, upTo: most)
        case .assetClassTargets: return Self.targets(value, AssetClass.self)
        case .regionTargets: return Self.targets(value, Region.self)
        }
    }

    private static func text(_ value: JSONValue, _ length: ClosedRange<Int>) -> String? {
        guard let text = value.string else { return "must be text, not \(value.kind)" }
        let count = text.unicodeScalars.count
        if count < length.lowerBound { return "must not be empty" }
        if count > length.upperBound {
            return "is too long: \(count) characters, at most \(length.upperBound)"
        }
        let isPlain = text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7f }
        return isPlain ? nil : "must not contain control characters"
    }

    /// An empty complaint means: out of range.
    private static func decimal(_ value: JSONValue, _ digits: Int, isInRange: (Decimal) -> Bool) -> String? {
        // Numbers may also come as text, as this API itself sends them.
        guard let number = value.decimal ?? value.string.flatMap({ Decimal($0) }) else {
            return "must be a number, not \(value.kind)"
        }
        if number.scale > digits { return "has more than \(digits) decimals" }
        return isInRange(number) ? nil : ""
    }

    private static func rows(_ value: JSONValue, of names: [String], upTo most: Int) -> String? {
        guard let rows = value.array else { return "must be a list of rows, not \(value.kind)" }
        guard !rows.isEmpty else { return "must hold at least one row" }
        guard rows.count <= most else {
            return "holds \(rows.count) rows; send at most \(most) at once"
        }
        for (index, row) in rows.enumerated() {
            guard let cells = row.object else {
                return "must hold objects, but row \(index + 1) is \(row.kind)"
            }
            for (name, cell) in cells.sorted(by: { $0.key < $1.key }) {
                guard names.contains(name) else {
                    return "has an unknown member in row \(index + 1); a row has "
                        + names.joined(separator: ", ")
                }
                guard cell.string != nil || cell.isNull else {
                    return "must hold texts, but \(name) of row \(index + 1) is \(cell.kind)"
                }
            }
        }
        return nil
    }

    private static func targets<Category: AllocationCategory>(_ value: JSONValue, _: Category.Type) -> String?
    {
        do {
            _ = try Allocation<Category>(percentages: value)
            return nil
        } catch {
            return error.description
        }
    }
}

/// Why a set of targets was refused.
struct TargetsFailure: Error, CustomStringConvertible {
    let description: String
}

extension Allocation {
    /// - Parameter value: An object of percentages by category.
    init(percentages value: JSONValue) throws(TargetsFailure) {
        guard let members = value.object else {
            throw TargetsFailure(description: "must be an object of percentages, not \(value.kind)")
        }
        var percentByCategory: [Category: Double] = [:]
        for (name, percent) in members.sorted(by: { $0.key < $1.key }) {
            guard let category = Category(rawValue: name) else {
                let names = Category.allCases.map(\.rawValue).joined(separator: ", ")
                throw TargetsFailure(
                    description: "has an unknown member; the \(Category.title) is one of \(names)")
            }
            guard let percent = percent.double else {
                throw TargetsFailure(description: "must hold numbers, but \(name) is \(percent.kind)")
            }
            percentByCategory[category] = percent
        }
        do {
            try self.init(percentByCategory)
        } catch {
            throw TargetsFailure(description: "is not a whole: \(error)")
        }
    }
}
