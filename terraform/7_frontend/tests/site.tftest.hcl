mock_provider "aws" {
  source = "../modules/mocks"
}

variables {
  lambda_runtime     = "provided.al2023"
  clerk_jwks_url     = "https://example.clerk.accounts.dev/.well-known/jwks.json"
  clerk_issuer       = "https://example.clerk.accounts.dev"
  queue_url          = "https://sqs.us-east-1.amazonaws.com/123456789012/alex-analysis-jobs"
  queue_arn          = "arn:aws:sqs:us-east-1:123456789012:alex-analysis-jobs"
  aurora_cluster_arn = "arn:aws:rds:us-east-1:123456789012:cluster:alex-aurora-cluster"
  aurora_secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:rds!cluster-example"
  # A build for that issuer.
  edge = "tests/edge"
}

# One run for all that can be seen at once: each run starts the provider anew.
run "the_site_as_it_is_built" {
  assert {
    condition     = aws_cloudfront_response_headers_policy.site.security_headers_config[0].strict_transport_security[0].access_control_max_age_sec == 63072000 && aws_cloudfront_response_headers_policy.site.security_headers_config[0].strict_transport_security[0].include_subdomains
    error_message = "Strict-Transport-Security is not the build's."
  }

  assert {
    condition     = strcontains(aws_cloudfront_response_headers_policy.site.security_headers_config[0].content_security_policy[0].content_security_policy, "script-src 'self'") && !strcontains(aws_cloudfront_response_headers_policy.site.security_headers_config[0].content_security_policy[0].content_security_policy, "unsafe-inline")
    error_message = "The content security policy is not the build's."
  }

  assert {
    condition     = toset([for item in aws_cloudfront_response_headers_policy.site.custom_headers_config[0].items : item.header]) == toset(["Permissions-Policy", "Cross-Origin-Opener-Policy"])
    error_message = "The other headers are passed on."
  }

  assert {
    condition     = alltrue([for behaviour in aws_cloudfront_distribution.site.ordered_cache_behavior : behaviour.cache_policy_id == local.caching_disabled]) && length(aws_cloudfront_distribution.site.ordered_cache_behavior) == 2
    error_message = "Answers of the API are cached."
  }

  assert {
    condition     = length(aws_cloudfront_distribution.site.custom_error_response) == 0
    error_message = "The API's 403 and 404 would become pages."
  }

  assert {
    condition     = toset([for route in aws_apigatewayv2_route.api : route.route_key]) == toset(["ANY /api/{proxy+}", "ANY /openapi.json"])
    error_message = "The routes are not those of the build."
  }

  assert {
    condition     = alltrue([for function in aws_cloudfront_function.edge : function.publish && function.runtime == "cloudfront-js-2.0"]) && length(aws_cloudfront_distribution.site.default_cache_behavior[0].function_association) == 2
    error_message = "Deep links would not find their page."
  }

  assert {
    condition     = aws_s3_bucket_public_access_block.site.block_public_policy && aws_s3_bucket_public_access_block.site.restrict_public_buckets
    error_message = "The bucket can be opened."
  }
}

run "a_build_for_another_sign_in_is_warned_of" {
  command = plan

  variables {
    clerk_issuer = "https://other.clerk.accounts.dev"
  }

  expect_failures = [check.sign_in]
}

run "an_issuer_as_it_stands_in_no_token_is_refused" {
  command = plan

  variables {
    clerk_issuer = "https://example.clerk.accounts.dev/"
  }

  expect_failures = [var.clerk_issuer]
}
