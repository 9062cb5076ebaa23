mock_provider "aws" {
  source = "../modules/mocks"
}

variables {
  lambda_runtime = "provided.al2023"
}

run "every_route_asks_for_a_key" {
  assert {
    condition     = alltrue([for method in aws_api_gateway_method.route : method.api_key_required && method.http_method == "POST"])
    error_message = "A route is open."
  }

  assert {
    condition     = aws_api_gateway_usage_plan.research.quota_settings[0].limit == 10000 && aws_api_gateway_usage_plan.research.throttle_settings[0].rate_limit == 100
    error_message = "A key has no quota or no limit."
  }

  assert {
    condition     = output.vector_bucket == "alex-vectors-123456789012"
    error_message = "The vector bucket is named after the account."
  }
}

run "the_accounts_log_role_may_belong_to_somebody_else" {
  command = plan

  variables {
    owns_api_gateway_account = false
  }

  assert {
    condition     = length(aws_api_gateway_account.logs) == 0 && length(aws_iam_role.api_gateway) == 0
    error_message = "Settings of the account are touched that are not ours."
  }
}
