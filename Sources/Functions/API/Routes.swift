import Wire

/// The table of all routes: the web API on one page.
struct Routes: Sendable {
    let user: UserRoutes
    let accounts: AccountRoutes
    let portfolio: PortfolioRoutes
    let positions: PositionRoutes
    let instruments: InstrumentRoutes
    let analyses: AnalysisRoutes
    let research: ResearchRoutes
    let health: HealthRoutes
    let selfTest = SelfTestRoutes()

    /// The first that fits answers.
    var table: [Route] {
        api + [
            Route(
                .get, "/openapi.json", "This document", access: .everybody, result: .json("OpenAPI 3.1")
            ) { _ in
                Answer(OpenAPI.document(of: api))
            }
        ]
    }

    private var api: [Route] { household + holdings + results + knowledge }

    private var household: [Route] {
        [
            Route(
                .get, "/api/health", "Whether everything is ready", access: .everybody,
                result: .json("status, database, timestamp"), answer: health.show),
            Route(
                .get, "/api/selftest", "The shipped engine against published results", access: .everybody,
                result: .json("passed, failed, and every case with expected, got and tolerance"),
                answer: selfTest.show),
            Route(
                .get, "/api/user", "The signed-in investor, created at the first visit",
                result: .json("user, and whether it was created just now"), answer: user.show),
            Route(
                .put, "/api/user", "Change name, goals and targets", fields: UserRoutes.fields,
                result: .json("the user"), answer: user.update),
            Route(
                .get, "/api/portfolio", "Everything the household has, valued and compared with its targets",
                result: .json("totals, accounts, allocations, targets, and what has no price or no class"),
                answer: portfolio.show),
            Route(
                .get, "/api/holdings.csv", "The holdings as a file that the import reads back",
                result: .file("account,symbol,quantity,cash,price,purpose", type: "text/csv"),
                answer: portfolio.file),
            Route(
                .post, "/api/import-positions", "Take over the rows of a file, or say what that would do",
                fields: PortfolioRoutes.importFields,
                result: .json("for each row: added, updated, already_there or refused; and the counts"),
                answer: portfolio.importRows),
            Route(
                .delete, "/api/reset-accounts", "Delete all accounts",
                result: .json("how many there were"), answer: accounts.reset),
            Route(
                .post, "/api/populate-test-data", "Add the demo accounts to a household without accounts",
                result: .json("how many were added, and the accounts with their positions"),
                answer: accounts.populate),
        ]
    }

    private var holdings: [Route] {
        [
            Route(
                .get, "/api/accounts", "All accounts, newest first", result: .json("accounts"),
                answer: accounts.list),
            Route(
                .post, "/api/accounts", "Open an account", fields: AccountRoutes.newFields,
                result: .json("the account"), answer: accounts.create),
            Route(
                .get, "/api/accounts/{id}", "An account with its positions, valued",
                result: .json("the account, its worth, and its positions by symbol"), answer: accounts.show),
            Route(
                .put, "/api/accounts/{id}", "Change an account", fields: AccountRoutes.changeFields,
                result: .json("the account"), answer: accounts.update),
            Route(
                .delete, "/api/accounts/{id}", "Delete an account with its positions",
                result: .json("a message"), answer: accounts.delete),
            Route(
                .get, "/api/accounts/{id}/positions", "The positions of an account",
                result: .json("positions with their instruments"), answer: positions.list),
            Route(
                .post, "/api/positions", "Add or replace a position", fields: PositionRoutes.newFields,
                result: .json("the position"), answer: positions.set),
            Route(
                .put, "/api/positions/{id}", "Change a position", fields: PositionRoutes.changeFields,
                result: .json("the position"), answer: positions.update),
            Route(
                .delete, "/api/positions/{id}", "Delete a position", result: .json("a message"),
                answer: positions.delete),
            Route(
                .get, "/api/instruments", "Known instruments by symbol, or those that match a search",
                query: ["search", "after", "limit"], result: .json("instruments"), answer: instruments.list),
        ]
    }

    private var results: [Route] {
        [
            Route(
                .post, "/api/analyze", "Start an analysis", fields: AnalysisRoutes.fields,
                result: .json("job_id and a message"), answer: analyses.start),
            Route(
                .get, "/api/jobs", "Analyses, newest first, without their results",
                query: ["before", "limit"], result: .json("jobs, and where the next page begins"),
                answer: analyses.list),
            Route(
                .get, "/api/jobs/latest", "The newest completed analysis with its results",
                result: .json("the analysis, and which one was completed before it; null when there is none"),
                answer: analyses.latest),
            Route(
                .get, "/api/jobs/{id}", "An analysis with its results",
                result: .json("the analysis, and which one was completed before it"),
                answer: analyses.show),
            Route(
                .get, "/api/jobs/{id}/facts", "The facts an analysis rests on",
                result: .json("version, as_of, names and facts in order; no facts before it has begun"),
                answer: analyses.facts),
            Route(
                .get, "/api/jobs/{id}/events", "What has happened in an analysis so far", query: ["after"],
                result: .json("events in order"), answer: analyses.events),
        ]
    }

    private var knowledge: [Route] {
        [
            Route(
                .post, "/api/research", "Send the researcher out", fields: ResearchRoutes.fields,
                result: .json("the run; the same topic on the same day is the same run"),
                answer: research.start),
            Route(
                .get, "/api/research", "Research of late, newest first, without results",
                result: .json("runs"), answer: research.list),
            Route(
                .get, "/api/research/{id}", "A run of the researcher, with what it found",
                result: .json("the run, its progress, and the documents it saved"), answer: research.show),
        ]
    }
}
