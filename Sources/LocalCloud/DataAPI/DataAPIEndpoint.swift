import Quantities
import Wire

/// The RDS Data API, version 2018-08-01, over PostgreSQL.
package struct DataAPIEndpoint: Endpoint {
    package let service = "rds-data"
    package let dialect = AWSDialect.restJSON

    private let state: DataAPIState
    private let cluster: String
    private let secret: String
    private let database: String
    private let limits: DataAPILimits

    /// - Parameters:
    ///   - cluster: The ARN of the one cluster there is; any other is refused.
    ///   - secret: The ARN of the secret with its password.
    ///   - database: For calls that name none.
    package init(
        state: DataAPIState, cluster: String = LocalAccount.clusterARN,
        secret: String = LocalAccount.databaseSecretARN,
        database: String = LocalAccount.database, limits: DataAPILimits = DataAPILimits()
    ) {
        self.state = state
        self.cluster = cluster
        self.secret = secret
        self.database = database
        self.limits = limits
    }

    package func answer(_ request: HTTPRequest) async -> Reply {
        do {
            return .json(try await perform(request))
        } catch let failure as ServiceFailure {
            return failure.reply(dialect)
        } catch let failure as PostgresFailure {
            return ServiceFailure(failure).reply(dialect)
        } catch {
            return ServiceFailure("InternalServerErrorException", String(describing: error), status: 500)
                .reply(dialect)
        }
    }

    /// `POST /_alex/database/sleep` with `{"until": "2026-11-21T08:00:00Z"}`.
    package var sleepRoute: OpenRoute {
        OpenRoute(.post, "/_alex/database/sleep") { request in
            guard let body = try? JSONValue(reading: request.body), let text = body["until"]?.string,
                let moment = Timestamp(text)
            else {
                return .json(
                    ["message": "The body must be {\"until\": \"2026-11-21T08:00:00Z\"}."], status: 400)
            }
            await state.sleep(until: moment)
            return .json(["asleepUntil": .string(moment.description)])
        }
    }

    private func perform(_ request: HTTPRequest) async throws -> JSONValue {
        let operations = [
            "/Execute", "/BatchExecute", "/BeginTransaction", "/CommitTransaction", "/RollbackTransaction",
        ]
        guard request.method == .post, operations.contains(request.url.path) else {
            throw ServiceFailure.unknownOperation("\(request.method.rawValue) \(request.url.path)")
        }
        let headerBytes = request.headers.fields.reduce(0) {
            $0 + $1.name.utf8.count + $1.value.utf8.count + 4
        }
        guard request.body.count + headerBytes <= limits.requestBytes else {
            throw ServiceFailure("RequestEntityTooLargeException", "The request exceeds 4 MiB.", status: 413)
        }
        let body = try members(of: request)
        try checkResources(body)
        let database = body["database"]?.string ?? database
        let transaction = body["transactionId"]?.string
        switch request.url.path {
        case "/Execute":
            let call = try StatementCall(body, limits: limits)
            return try await state.execute(call, in: database, transaction: transaction)
        case "/BatchExecute":
            let calls = try StatementCall.batch(body, limits: limits)
            return try await state.executeBatch(calls, in: database, transaction: transaction)
        case "/BeginTransaction":
            return ["transactionId": .string(try await state.begin(in: database))]
        case "/CommitTransaction":
            try await state.commit(try required(transaction, "transactionId"))
            return ["transactionStatus": "Transaction Committed"]
        default:
            try await state.rollBack(try required(transaction, "transactionId"))
            return ["transactionStatus": "Rollback Complete"]
        }
    }

    private func members(of request: HTTPRequest) throws(ServiceFailure) -> JSONValue {
        let body: JSONValue
        do {
            body = try JSONValue(reading: request.body)
        } catch {
            throw ServiceFailure("SerializationException", error.description)
        }
        guard body.object != nil else {
            throw ServiceFailure("SerializationException", "The body is not an object.")
        }
        return body
    }

    private func checkResources(_ body: JSONValue) throws(ServiceFailure) {
        let resource = try required(body["resourceArn"]?.string, "resourceArn")
        let credentials = try required(body["secretArn"]?.string, "secretArn")
        guard body["schema"] == nil else { throw .validation("The schema parameter isn't supported") }
        guard resource == cluster else { throw .badRequest("The DB cluster is not found: \(resource)") }
        guard credentials == secret else { throw .badRequest("The secret is not found: \(credentials)") }
        if let name = body["database"]?.string, name.utf8.count > 64 {
            throw .validation(
                "1 validation error detected: Value at 'database' failed to satisfy constraint: "
                    + "Member must have length less than or equal to 64")
        }
    }

    private func required(_ text: String?, _ member: String) throws(ServiceFailure) -> String {
        guard let text, !text.isEmpty else {
            throw .missingMember(member)
        }
        return text
    }
}

extension ServiceFailure {
    fileprivate init(_ failure: PostgresFailure) {
        switch failure {
        case .notConnected(let reason) where reason.contains("does not exist"):
            self = ServiceFailure("DatabaseNotFoundException", reason.trimmed, status: 404)
        case .notConnected(let reason), .interrupted(let reason):
            self = ServiceFailure("DatabaseUnavailableException", reason.trimmed, status: 504)
        case .copyNotSupported: self = .badRequest("COPY is not supported by the Data API.")
        case .statement("42601", let message) where message.contains("multiple commands"):
            self = .severalStatements
        case .statement("57014", let message) where message.contains("statement timeout"):
            self = ServiceFailure(
                "StatementTimeoutException", "Request timed out", members: ["dbConnectionId": 0])
        case .statement(_, let message): self = ServiceFailure("DatabaseErrorException", message)
        }
    }
}

extension String {
    /// libpq ends its messages with a line break.
    fileprivate var trimmed: String { String(reversed().drop(while: \.isNewline).reversed()) }
}
