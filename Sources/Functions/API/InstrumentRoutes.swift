import Finance
import Store
import Wire

struct InstrumentRoutes: Sendable {
    let instruments: InstrumentStore

    static let longestSearch = 100

    /// With `search` those that match, symbols first. Else a page by symbol: `after` is the last symbol of
    /// the page before. The header of the next page is not needed: a page shorter than `limit` is the last.
    func list(_ call: Call) async throws -> Answer {
        var after: Symbol?
        if let text = call.query["after"] {
            guard let symbol = Symbol(text) else {
                throw Problem.invalid(["after": "must be a ticker symbol"])
            }
            after = symbol
        }
        let limit = try call.limit(default: InstrumentStore.pageLimit, largest: InstrumentStore.pageLimit)
        if let text = call.query["search"], !text.isEmpty {
            guard after == nil else {
                throw Problem.invalid(["after": "does not go with search; ask for what you look for"])
            }
            guard text.unicodeScalars.count <= Self.longestSearch else {
                throw Problem.invalid(["search": "has at most \(Self.longestSearch) characters"])
            }
            let found = try await instruments.instruments(matching: text, limit: limit)
            return Answer(.array(found.map { .object($0.members) }))
        }
        let page = try await instruments.instruments(after: after, limit: limit)
        return Answer(.array(page.map { .object($0.members) }))
    }
}
