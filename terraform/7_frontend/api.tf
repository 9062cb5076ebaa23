# The web API: one function behind an HTTP API. Tokens are checked in the function, which answers in words a page can
# show and knows which routes are for everybody.

data "aws_caller_identity" "current" {}

module "access" {
  source = "../modules/access"

  aws_region         = var.aws_region
  aurora_cluster_arn = var.aurora_cluster_arn
  aurora_secret_arn  = var.aurora_secret_arn
}

module "api" {
  source = "../modules/function"

  name        = "alex-api"
  description = "The web API"
  package     = "${var.packages}/API.zip"
  memory      = 512
  timeout     = 30

  environment = {
    AURORA_CLUSTER_ARN  = var.aurora_cluster_arn
    AURORA_SECRET_ARN   = var.aurora_secret_arn
    AURORA_DATABASE     = var.aurora_database
    SQS_QUEUE_URL       = var.queue_url
    CLERK_JWKS_URL      = var.clerk_jwks_url
    CLERK_ISSUER        = var.clerk_issuer
    CORS_ORIGINS        = join(",", concat([local.site_url], var.cors_origins))
    RESEARCHER_FUNCTION = var.researcher_function
  }

  statements = concat(module.access.database, [{
    sid = "SendJobs", actions = ["sqs:SendMessage"], resources = [var.queue_arn], conditions = []
    }], [
    for name in compact([var.researcher_function]) : {
      sid        = "StartResearch"
      actions    = ["lambda:InvokeFunction"]
      resources  = ["arn:aws:lambda:${var.aws_region}:${data.aws_caller_identity.current.account_id}:function:${name}"]
      conditions = []
    }
  ])

  lambda_runtime     = var.lambda_runtime
  architecture       = var.architecture
  log_retention_days = var.log_retention_days
}

# No CORS settings here: with them API Gateway would replace the function's own answer about origins.
resource "aws_apigatewayv2_api" "api" {
  name          = "alex-api"
  description   = "The web API"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_integration" "api" {
  api_id                 = aws_apigatewayv2_api.api.id
  integration_type       = "AWS_PROXY"
  integration_uri        = module.api.invoke_arn
  payload_format_version = "2.0"
}

resource "aws_apigatewayv2_route" "api" {
  #checkov:skip=CKV_AWS_309:The function verifies Clerk's token itself (signature, issuer, party, time), as some routes are open and its refusals tell a page what to do
  for_each = toset(local.site.api)

  api_id    = aws_apigatewayv2_api.api.id
  route_key = "ANY ${replace(each.key, "/*", "/{proxy+}")}"
  target    = "integrations/${aws_apigatewayv2_integration.api.id}"
}

resource "aws_apigatewayv2_stage" "api" {
  api_id      = aws_apigatewayv2_api.api.id
  name        = "$default"
  auto_deploy = true

  default_route_settings {
    throttling_rate_limit    = var.rate_per_second
    throttling_burst_limit   = var.burst
    detailed_metrics_enabled = true
  }

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.access.arn
    # No addresses and no tokens; whose request it was is known to the function's log by the request id.
    format = jsonencode({
      requestId = "$context.requestId", time = "$context.requestTime", method = "$context.httpMethod"
      route     = "$context.routeKey", status = "$context.status", milliseconds = "$context.responseLatency"
      error     = "$context.error.message", integrationError = "$context.integrationErrorMessage"
    })
  }
}

resource "aws_cloudwatch_log_group" "access" {
  #checkov:skip=CKV_AWS_158:Access lines hold neither addresses nor bodies; CloudWatch encrypts them with its own key
  #checkov:skip=CKV_AWS_338:A year of access lines is a cost without a reader; log_retention_days lengthens it
  name              = "/aws/apigateway/alex-web-api"
  retention_in_days = var.log_retention_days
}

resource "aws_lambda_permission" "api" {
  statement_id  = "api-gateway"
  action        = "lambda:InvokeFunction"
  function_name = module.api.name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.api.execution_arn}/*/*"
}
