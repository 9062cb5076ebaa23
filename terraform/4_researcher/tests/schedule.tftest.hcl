mock_provider "aws" {
  source = "../modules/mocks"
}

variables {
  lambda_runtime     = "provided.al2023"
  aurora_cluster_arn = "arn:aws:rds:us-east-1:123456789012:cluster:alex-aurora-cluster"
  aurora_secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:rds!cluster-example"
}

run "nothing_runs_unless_it_is_switched_on" {
  command = plan

  assert {
    condition     = output.schedule_state == "DISABLED"
    error_message = "Research is done, and paid for, although nobody asked for it."
  }
}

run "two_hours_when_it_is" {
  command = plan

  variables {
    schedule_enabled = true
  }

  assert {
    condition     = output.schedule_state == "ENABLED" && aws_scheduler_schedule.research.schedule_expression == "rate(2 hours)"
    error_message = "Research is not done every two hours."
  }

  assert {
    condition     = aws_scheduler_schedule.research.target[0].retry_policy[0].maximum_retry_attempts == 1
    error_message = "A failing schedule is repeated more than once."
  }
}

run "a_browser_without_encryption_is_refused" {
  command = plan

  variables {
    researcher_mcp_url = "http://example.com"
  }

  expect_failures = [var.researcher_mcp_url]
}
