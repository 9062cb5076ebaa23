/// The documented limits of the Data API. Source: Aurora User Guide, "Limitations" and "Timeouts" of the Data
/// API.
package struct DataAPILimits: Sendable, Hashable {
    package var requestBytes = 4 << 20
    package var sqlCharacters = 65_536
    package var answerBytes = 1 << 20
    /// Of one row.
    package var rowBytes = 64 << 10
    /// With `formatRecordsAs: JSON`.
    package var formattedBytes = 10_000_000
    package var statementTimeout = Duration.seconds(45)
    package var transactionIdle = Duration.seconds(3 * 60)
    package var transactionAge = Duration.seconds(24 * 60 * 60)

    package init() {}
}
