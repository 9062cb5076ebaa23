import Finance
import Store
import Wire

struct InstrumentRoutes: Sendable {
    let instruments: InstrumentStore

    /// A page by symbol: `after` is the last symbol of the page before. The header of the next page is not
    /// needed: a page shorter than `limit` is the last.
    func list(_ call: Call) async throws -> Answer {
        var after: Symbol?
        if let text = call.query["after"] {
            guard let symbol = Symbol(text) else {
                throw Problem.invalid(["after": "must be a ticker symbol"])
            }
            after = symbol
        }
        let limit = try call.limit(default: InstrumentStore.pageLimit, largest: InstrumentStore.pageLimit)
        let page = try await instruments.instruments(after: after, limit: limit)
        return Answer(.array(page.map { .object($0.members) }))
    }
}
