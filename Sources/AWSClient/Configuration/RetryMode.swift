/// How a client behaves when calls fail, as `AWS_RETRY_MODE` and `retry_mode` name it.
package enum RetryMode: String, Sendable, CaseIterable {
    /// What the oldest tools did; taken for ``standard``.
    case legacy
    case standard
    /// As standard, and slower while a service throttles.
    case adaptive
}
