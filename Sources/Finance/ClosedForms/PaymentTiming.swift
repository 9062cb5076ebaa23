/// When in a year money is paid, in or out: the same choice as for the withdrawals of a plan.
package typealias PaymentTiming = RetirementPlan.WithdrawalTiming
