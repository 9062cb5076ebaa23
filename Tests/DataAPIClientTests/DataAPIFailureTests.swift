import AWSClient
import DataAPIClient
import Fakes
import Testing
import Wire

@Suite struct DataAPIFailureTests {
    @Test(arguments: [
        (
            "23505", #"duplicate key value violates unique constraint "users_pkey""#, Optional("users_pkey"),
            ConstraintViolation.Kind.unique
        ),
        (
            "23503", #"insert or update on table "a" violates foreign key constraint "a_user_fkey""#,
            "a_user_fkey",
            .foreignKey
        ),
        (
            "23514", #"new row for relation "a" violates check constraint "a_cash_check""#, "a_cash_check",
            .check
        ),
        (
            "23502", #"null value in column "name" of relation "a" violates not-null constraint"#, nil,
            .notNull
        ),
    ])
    func `a broken rule of the schema is named`(
        sqlState: String, words: String, constraint: String?, kind: ConstraintViolation.Kind
    ) async {
        let failure = await failure("DatabaseErrorException", "ERROR: \(words); SQLState: \(sqlState)")
        guard case .constraint(let violation) = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(violation.constraint == constraint)
        #expect(violation.kind == kind)
        #expect(failure?.sqlState == sqlState)
        #expect(failure?.isRetryable == false)
    }

    @Test func `quoted values cannot pose as state or constraint`() async {
        let message = """
            ERROR: duplicate key value violates unique constraint "users_pkey"
              Detail: Key (name)=(x constraint "fake" SQLState: 40001) already exists.; SQLState: 23505
            """
        let failure = await failure("DatabaseErrorException", message)
        #expect(
            failure
                == .constraint(
                    ConstraintViolation(kind: .unique, constraint: "users_pkey", message: message)))
        #expect(failure?.description == "the database refused the change (users_pkey)")
    }

    @Test(arguments: [
        (
            "DatabaseErrorException", "ERROR: could not serialize access; SQLState: 40001",
            DataAPIFailure.conflict(sqlState: "40001"), true
        ),
        (
            "DatabaseErrorException", "ERROR: deadlock detected; SQLState: 40P01",
            .conflict(sqlState: "40P01"), true
        ),
        ("DatabaseErrorException", "Transaction is still running a query", .transactionBusy, false),
        (
            "DatabaseErrorException", "Database returned more than the allowed response size limit",
            .answerTooLarge, false
        ),
        (
            "BadRequestException", "Database returned more than the allowed response size limit",
            .answerTooLarge,
            false
        ),
        (
            "BadRequestException", "Database returned a row of more than the allowed size limit of 64 KB",
            .rowTooLarge, false
        ),
        (
            "UnsupportedResultException", "The result contains the unsupported data type point",
            .unsupportedResult(message: "The result contains the unsupported data type point"), false
        ),
        ("BadRequestException", "Communications link failure", .resuming, true),
        ("DatabaseResumingException", "The database is resuming after being auto-paused", .resuming, true),
        ("StatementTimeoutException", "Request timed out", .statementTimeout, false),
        ("TransactionNotFoundException", "Transaction AQC5 is not found", .transactionNotFound, true),
    ])
    func `codes and messages become cases`(
        code: String, message: String, expected: DataAPIFailure, isRetryable: Bool
    ) async {
        let failure = await failure(code, message)
        #expect(failure == expected)
        #expect(failure?.isRetryable == isRetryable)
    }

    @Test func `an error of PostgreSQL tells logs the statement and users nothing of it`() async {
        let failure = await failure(
            "DatabaseErrorException", #"ERROR: relation "x" does not exist; Position: 15; SQLState: 42P01"#)
        #expect(failure?.description == "the database refused the statement (42P01)")
        #expect(failure?.debugDescription.hasSuffix("SQLState: 42P01 in: SELECT \(":p1")") == true)
        #expect(failure?.isRetryable == false)
    }

    @Test(arguments: [("57P01", true), ("08006", true), ("53300", true), ("42601", false), ("57014", false)])
    func `a database that is in trouble may be asked later`(sqlState: String, isRetryable: Bool) async {
        let failure = await failure("DatabaseErrorException", "ERROR: x; SQLState: \(sqlState)")
        #expect(failure?.isRetryable == isRetryable)
    }

    @Test(arguments: [
        ("HttpEndpointNotEnabledException", 400, SetUpFault.endpointNotEnabled),
        ("InvalidSecretException", 400, .secretNotAccepted),
        ("SecretsErrorException", 400, .secretNotReadable),
        ("DatabaseNotFoundException", 404, .databaseNotFound), ("NotFoundException", 404, .clusterNotFound),
        ("InvalidResourceStateException", 400, .clusterNotAvailable),
    ])
    func `what has to be set right is said, and not asked again`(
        code: String, status: Int, fault: SetUpFault
    ) async {
        let failure = await failure(code, "arn:aws:rds:us-east-1:123456789012:cluster:alex", status: status)
        #expect(
            failure == .notSetUp(fault, message: "arn:aws:rds:us-east-1:123456789012:cluster:alex"))
        #expect(failure?.isRetryable == false)
        #expect(failure?.description == "the database is not set up: \(fault)")
        #expect(failure?.debugDescription.hasSuffix("cluster:alex") == true)
    }

    @Test(arguments: [
        ("DatabaseUnavailableException", 504, true), ("InternalServerErrorException", 500, true),
        ("ServiceUnavailableError", 503, true), ("ThrottlingException", 400, true),
        ("AccessDeniedException", 403, false), ("ForbiddenException", 403, false),
    ])
    func `trouble of the service may pass, a refusal does not`(
        code: String, status: Int, isRetryable: Bool
    ) async {
        let failure = await failure(code, "no", status: status)
        #expect(failure?.isRetryable == isRetryable)
    }

    @Test(arguments: ["ValidationException", "SomethingNewException", "AccessDeniedException"])
    func `a code nobody knows is kept`(code: String) async {
        let failure = await failure(code, "Multistatements aren't supported.")
        guard case .service(let service) = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(service.code == code)
        #expect(service.message == "Multistatements aren't supported.")
    }

    private func failure(_ code: String, _ message: String, status: Int = 400) async -> DataAPIFailure? {
        // Some are asked again, until attempts or patience end.
        let transport = ScriptedTransport(Array(repeating: .error(code, status, message), count: 20))
        return await #expect(throws: DataAPIFailure.self) {
            try await DataAPIClient.scripted(transport).query("SELECT \("secret")")
        }
    }
}
