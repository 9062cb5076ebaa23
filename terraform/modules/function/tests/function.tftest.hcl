mock_provider "aws" {
  source = "../mocks"
}

variables {
  name           = "alex-planner"
  description    = "Plans"
  package        = "../../../packages/Planner.zip"
  memory         = 512
  timeout        = 30
  lambda_runtime = "provided.al2023"
  environment    = { GIVEN = "yes", EMPTY = "" }
  asynchronous   = { retries = 1, maximum_age_seconds = 3600, failures_queue_arn = "arn:aws:sqs:us-east-1:123456789012:alex-mock" }
}

run "what_is_empty_is_left_out" {
  command = plan

  assert {
    condition     = keys(aws_lambda_function.this.environment[0].variables) == tolist(["GIVEN"])
    error_message = "An empty variable is set: the function would take it for a value."
  }

  assert {
    condition     = aws_cloudwatch_log_group.this.retention_in_days == 30
    error_message = "A log is kept too long."
  }

  assert {
    condition     = aws_lambda_function_event_invoke_config.this[0].destination_config[0].on_failure[0].destination == var.asynchronous.failures_queue_arn
    error_message = "Nobody is told of failures."
  }
}

run "the_deprecated_runtime_is_warned_of" {
  command = plan

  variables {
    lambda_runtime = "provided.al2"
  }

  expect_failures = [check.runtime]
}

run "another_runtime_is_refused" {
  command = plan

  variables {
    lambda_runtime = "python3.12"
  }

  expect_failures = [var.lambda_runtime]
}
