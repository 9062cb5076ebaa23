import Wire

/// The table of all routes: the web API on one page.
struct Routes: Sendable {
    let user: UserRoutes
    let accounts: AccountRoutes
    let positions: PositionRoutes
    let instruments: InstrumentRoutes
    let analyses: AnalysisRoutes
    let health: HealthRoutes

    var table: [Route] {
        api + [
            Route(.get, "/openapi.json", "This document", access: .everybody) { _ in
                Answer(OpenAPI.document(of: api))
            },
            Route(.get, "/", "A page with the routes", access: .everybody) { _ in
                Answer(page: WelcomePage.html(of: api))
            },
        ]
    }

    private var api: [Route] {
        [
            Route(
                .get, "/api/health", "Whether everything is ready", access: .everybody, answer: health.show),

            Route(.get, "/api/user", "The signed-in investor, created at the first visit", answer: user.show),
            Route(
                .put, "/api/user", "Change name, goals and targets", fields: UserRoutes.fields,
                answer: user.update),

            Route(.get, "/api/accounts", "All accounts, newest first", answer: accounts.list),
            Route(
                .post, "/api/accounts", "Open an account", fields: AccountRoutes.newFields,
                answer: accounts.create),
            Route(
                .put, "/api/accounts/{id}", "Change an account", fields: AccountRoutes.changeFields,
                answer: accounts.update),
            Route(
                .delete, "/api/accounts/{id}", "Delete an account with its positions", answer: accounts.delete
            ),
            Route(.delete, "/api/reset-accounts", "Delete all accounts", answer: accounts.reset),
            Route(
                .post, "/api/populate-test-data", "Add the demo accounts, once",
                answer: accounts.populate),

            Route(
                .get, "/api/accounts/{id}/positions", "The positions of an account", answer: positions.list),
            Route(
                .post, "/api/positions", "Add or replace a position", fields: PositionRoutes.newFields,
                answer: positions.set),
            Route(
                .put, "/api/positions/{id}", "Change a position", fields: PositionRoutes.changeFields,
                answer: positions.update),
            Route(.delete, "/api/positions/{id}", "Delete a position", answer: positions.delete),

            Route(
                .get, "/api/instruments", "Known instruments by symbol", query: ["after", "limit"],
                answer: instruments.list),

            Route(
                .post, "/api/analyze", "Start an analysis", fields: AnalysisRoutes.fields,
                answer: analyses.start),
            Route(
                .get, "/api/jobs", "Analyses, newest first, without their results",
                query: ["before", "limit"],
                answer: analyses.list),
            Route(.get, "/api/jobs/{id}", "An analysis with its results", answer: analyses.show),
            Route(
                .get, "/api/jobs/{id}/events", "What has happened in an analysis so far", query: ["after"],
                answer: analyses.events),
        ]
    }
}
