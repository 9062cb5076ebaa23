# The whole account's: a budget for Alex's tags alone would say nothing until the tags are activated for billing.
resource "aws_budgets_budget" "month" {
  count = var.budget_usd > 0 ? 1 : 0

  name         = "alex-month"
  budget_type  = "COST"
  limit_amount = tostring(var.budget_usd)
  limit_unit   = "USD"
  time_unit    = "MONTHLY"

  dynamic "notification" {
    for_each = {
      half     = { percent = 50, type = "ACTUAL" }
      most     = { percent = 80, type = "ACTUAL" }
      all      = { percent = 100, type = "ACTUAL" }
      foreseen = { percent = 100, type = "FORECASTED" }
    }

    content {
      comparison_operator        = "GREATER_THAN"
      notification_type          = notification.value.type
      threshold                  = notification.value.percent
      threshold_type             = "PERCENTAGE"
      subscriber_sns_topic_arns  = [module.alarms.arn]
      subscriber_email_addresses = compact([var.alarm_email])
    }
  }
}
