import Finance

/// A household's own holdings, read from a file with one position a line.
///
/// Columns by name, in any order: `account,symbol,quantity` and optionally `cash` (the account's, on any one
/// of its lines), `price` (USD, used where nobody else knows a price) and `purpose`. A line with cash but
/// neither symbol nor quantity is an account that holds only cash. What the values may be, says
/// ``HoldingsRow``: what the web API takes, for a file that it would refuse half way through must not replace
/// anything.
package struct HoldingsFile: Equatable {
    package typealias Account = HoldingsLedger<String>.Entry

    package let accounts: [Account]

    private static let required: [HoldingsRow.Column] = [.account, .symbol, .quantity]

    /// - Throws: ``HoldingsFailures`` with everything that is wrong, not only the first.
    package init(_ text: String) throws {
        let records: [CommaSeparatedValues.Record]
        do {
            records = try CommaSeparatedValues(text).records
        } catch {
            throw HoldingsFailures(failures: [error])
        }
        guard let header = records.first else {
            throw HoldingsFailures(failures: [HoldingsFailure(line: 1, message: "the file is empty")])
        }
        var reading = Reading(columns: try Self.columns(of: header))
        for record in records.dropFirst() { reading.add(record) }
        if records.count == 1 { reading.fail(header.line, ["the header is followed by no line"]) }
        guard reading.failures.isEmpty else { throw HoldingsFailures(failures: reading.failures) }
        accounts = reading.ledger.entries
    }

    private static func columns(of header: CommaSeparatedValues.Record) throws -> [HoldingsRow.Column] {
        let names = header.fields.map { $0.lowercased() }
        let columns = names.compactMap(HoldingsRow.Column.init)
        var messages = required.filter { !columns.contains($0) }
            .map { "the header has no column `\($0.rawValue)`" }
        messages += names.filter { HoldingsRow.Column(rawValue: $0) == nil }
            .map { "the column `\($0)` is not known" }
        if Set(names).count != names.count { messages.append("a column occurs twice") }
        guard messages.isEmpty else {
            throw HoldingsFailures(
                failures: messages.map { HoldingsFailure(line: header.line, message: $0) })
        }
        return columns
    }

    private struct Reading {
        let columns: [HoldingsRow.Column]
        var ledger = HoldingsLedger<String>(countedBy: .line)
        var failures: [HoldingsFailure] = []

        init(columns: [HoldingsRow.Column]) { self.columns = columns }

        mutating func fail(_ line: Int, _ messages: [String]) {
            failures += messages.map { HoldingsFailure(line: line, message: $0) }
        }

        mutating func add(_ record: CommaSeparatedValues.Record) {
            guard record.fields.count <= columns.count else {
                let message =
                    "\(record.fields.count) fields, but the header names \(columns.count); does a comma "
                    + "stand in a number or a name? Put it in quotes"
                return fail(record.line, [message])
            }
            let row = HoldingsRow(Dictionary(zip(columns, record.fields)) { first, _ in first })
            guard let name = row.account else { return fail(record.line, row.complaints) }
            fail(record.line, ledger.add(row, number: record.line, to: name, called: name))
        }
    }
}

/// Everything that is wrong with a holdings file; nothing of it was taken over.
package struct HoldingsFailures: Error, Equatable, CustomStringConvertible {
    package let failures: [HoldingsFailure]

    package var description: String { failures.map(\.description).joined(separator: "\n") }
}
