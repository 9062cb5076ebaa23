/// When in a year money is paid.
package enum PaymentTiming: String, Sendable, Hashable, CaseIterable {
    case startOfYear = "start_of_year"
    case endOfYear = "end_of_year"
}
