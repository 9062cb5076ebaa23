import Finance
import Quantities
import Store
import Wire

/// The household's holdings as a whole: valued, as a file, and from a file.
struct PortfolioRoutes: Sendable {
    let portfolios: PortfolioStore

    static let fileName = "alex-holdings.csv"
    static let mostRows = 1000

    static let importFields: [Field] = [
        .required("rows", .rows(of: HoldingsRow.Column.allCases.map(\.rawValue), upTo: mostRows)),
        .optional("account_id", .uuid, isNullable: true),
        .optional("dry_run", .flag),
    ]

    /// Everything valued at once.
    func show(_ call: Call) async throws -> Answer {
        let household = try await portfolios.household(of: call.identity.subject)
        let valuation = Valuation(of: household.portfolio, at: call.now)
        let investor = household.investor.value
        let accounts = zip(household.accounts, valuation.accounts).map { account, worth in
            account.view { _ in worth.members(in: valuation) }
        }
        return Answer([
            "as_of": .string(call.now.description),
            "total": .string(valuation.totalUSD.description),
            "cash": .string(valuation.cashUSD.description),
            "invested": .string(valuation.investedUSD.description),
            "accounts": .array(accounts),
            "allocations": [
                "asset_class": valuation.assetClasses.view, "region": valuation.regions.view,
                "sector": valuation.sectors.view,
            ],
            "targets": [
                "asset_class": Self.view(
                    TargetComparison(of: valuation.assetClasses, with: investor.assetClassTargets)),
                "region": Self.view(TargetComparison(of: valuation.regions, with: investor.regionTargets)),
            ],
            "holdings_count": .number(valuation.holdings.count),
            "positions_count": .number(valuation.accounts.reduce(0) { $0 + $1.holdings.count }),
            "unpriced": valuation.unpricedSymbols.view,
            "unclassified": valuation.unclassifiedSymbols.view,
            "oldest_price_as_of": .optional(valuation.oldestPrice?.asOf.description),
        ])
    }

    /// As a file that ``importRows(_:)`` and `alex analyze` read back.
    func file(_ call: Call) async throws -> Answer {
        let household = try await portfolios.household(of: call.identity.subject)
        do {
            let sheet = try HoldingsSheet(of: household.portfolio)
            return Answer(file: sheet.text, type: "text/csv; charset=utf-8", name: Self.fileName)
        } catch {
            throw Problem.conflict(error.description)
        }
    }

    /// Takes the rows that are fine and refuses the wrong ones one by one.
    func importRows(_ call: Call) async throws -> Answer {
        let rows = call.body.rows("rows").map { cells in
            Dictionary(
                cells.compactMap { name, text in HoldingsRow.Column(rawValue: name).map { ($0, text) } }
            ) { first, _ in first }
        }
        let isDryRun = call.body.flag("dry_run") ?? false
        let done = try await portfolios.importHoldings(
            rows, home: call.body.uuid("account_id"), isDryRun: isDryRun, at: call.now,
            of: call.identity.subject)
        let counts = HoldingsImport.Outcome.allCases.map { outcome in
            (outcome.rawValue, JSONValue.number(done.count(outcome)))
        }
        return Answer([
            "dry_run": .bool(isDryRun),
            "rows": .array(done.lines.map(\.view)),
            "counts": .object(Dictionary(uniqueKeysWithValues: counts)),
            "accounts_created": .array(done.opened.map { .string($0.name) }),
        ])
    }

    private static func view<Category>(_ comparison: TargetComparison<Category>?) -> JSONValue {
        .array(
            (comparison?.parts ?? []).map { part in
                [
                    "category": .string(part.category.rawValue), "title": .string(part.category.title),
                    "now_percent": .number(part.sharePercent), "target_percent": .number(part.targetPercent),
                    "difference_points": .number(part.gapPoints),
                ]
            })
    }
}

extension [Symbol] {
    var view: JSONValue { .array(map { .string($0.description) }) }
}

extension AccountValuation {
    /// What stands beside the account's own members wherever it is shown with its worth.
    var worth: [String: JSONValue] {
        [
            "total": .string(totalUSD.description), "positions_value": .string(positionsUSD.description),
            "unpriced": unpricedSymbols.view,
        ]
    }

    fileprivate func members(in valuation: Valuation) -> [String: JSONValue] {
        account.members.merging(worth) { _, new in new }.merging([
            "positions_count": .number(holdings.count),
            "percent": valuation.percent(of: totalUSD).map { .number($0) } ?? .null,
        ]) { _, new in new }
    }
}

extension Breakdown {
    fileprivate var view: JSONValue {
        [
            "parts": .array(
                parts.map { part in
                    [
                        "category": .string(part.category.rawValue), "title": .string(part.category.title),
                        "value": .string(part.usd.description),
                        "percent": percent(part.category).map { .number($0) } ?? .null,
                    ]
                }),
            "unclassified": .string(unclassifiedUSD.description),
        ]
    }
}

extension HoldingsImport.Line {
    fileprivate var view: JSONValue {
        [
            "row": .number(row), "outcome": .string(outcome.rawValue), "account": .optional(account),
            "symbol": .optional(symbol?.description), "message": .optional(message),
        ]
    }
}
