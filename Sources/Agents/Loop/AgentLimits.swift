/// What an agent may use up before it is stopped.
package struct AgentLimits: Sendable {
    /// Replies of the model, repairs included.
    package var turns = 10
    /// Times an answer is sent back with a list of what is wrong with it.
    package var repairRounds = 1
    package var toolCallsPerTurn = 8
    package var toolResultBytes = 32 * 1024
    /// Of all replies and of all that is sent for them, together; `nil` when nobody counts. A turn that would
    /// probably go beyond, because the one before was that large, is not begun.
    package var tokens: Int?
    /// Of one reply.
    package var outputTokens = 4096
    /// Of a text answer; what is longer is cut off and marked.
    package var answerCharacters = 50_000
    /// A turn is not begun with less time than this.
    package var turnReserve = Duration.seconds(3)

    package init() {}
}
