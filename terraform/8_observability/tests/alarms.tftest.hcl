mock_provider "aws" {
  source = "../modules/mocks"
}

mock_provider "aws" {
  alias  = "bedrock"
  source = "../modules/mocks"
}

mock_provider "aws" {
  alias  = "cloudfront"
  source = "../modules/mocks"
}

# One run for all that can be seen at once: each run starts the provider anew.
run "alarms_widgets_and_budget" {
  assert {
    condition     = length(aws_cloudwatch_metric_alarm.function) == 4 * length(var.functions)
    error_message = "A function is not watched."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.function["planner-duration"].threshold == 810000 && aws_cloudwatch_metric_alarm.function["api-errors"].threshold == 5
    error_message = "The thresholds are not the functions'."
  }

  assert {
    condition     = sum([for board in aws_cloudwatch_dashboard.alex : length(jsondecode(board.dashboard_body).widgets)]) == 10
    error_message = "There are ten widgets."
  }

  assert {
    condition     = length(module.bedrock_alarms) == 1
    error_message = "The alarm about Bedrock tells nobody."
  }

  assert {
    condition     = aws_budgets_budget.month[0].limit_amount == "50" && length(aws_budgets_budget.month[0].notification) == 4
    error_message = "Nobody hears of the costs."
  }

  assert {
    condition     = output.web_acl_arn == "" && length(aws_wafv2_web_acl.site) == 0
    error_message = "A firewall is paid for that nobody asked for."
  }
}

run "in_one_region_one_topic_does" {
  command = plan

  variables {
    bedrock_region = "us-east-1"
  }

  assert {
    condition     = length(module.bedrock_alarms) == 0
    error_message = "Two topics in one region."
  }
}

run "a_firewall_when_asked_for" {
  command = plan

  variables {
    waf_enabled = true
  }

  assert {
    condition     = aws_wafv2_web_acl.site[0].scope == "CLOUDFRONT" && length(aws_wafv2_web_acl.site[0].rule) == 5
    error_message = "The firewall has a rate and four sets of rules, and is CloudFront's."
  }
}
