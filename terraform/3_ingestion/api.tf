# POST /ingest and POST /search, for programs: a key each, a quota each. A REST API, because HTTP APIs know no keys.

locals {
  routes = {
    ingest = module.ingest
    search = module.search
  }
}

resource "aws_api_gateway_rest_api" "research" {
  #checkov:skip=CKV_AWS_237:Set: the deployment is what has to exist before the old one goes; two APIs of one name would only confuse
  name        = "alex-api"
  description = "The knowledge base, for programs with a key"

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_resource" "route" {
  for_each = local.routes

  rest_api_id = aws_api_gateway_rest_api.research.id
  parent_id   = aws_api_gateway_rest_api.research.root_resource_id
  path_part   = each.key
}

resource "aws_api_gateway_method" "route" {
  #checkov:skip=CKV_AWS_59:Every method asks for a key of the usage plan
  #checkov:skip=CKV2_AWS_53:The function reads the body anyway and says what is wrong with it in more words than a validator
  #checkov:skip=CKV2_AWS_70:Every method asks for a key of the usage plan
  for_each = local.routes

  rest_api_id      = aws_api_gateway_rest_api.research.id
  resource_id      = aws_api_gateway_resource.route[each.key].id
  http_method      = "POST"
  authorization    = "NONE"
  api_key_required = true
}

resource "aws_api_gateway_integration" "route" {
  for_each = local.routes

  rest_api_id             = aws_api_gateway_rest_api.research.id
  resource_id             = aws_api_gateway_resource.route[each.key].id
  http_method             = aws_api_gateway_method.route[each.key].http_method
  integration_http_method = "POST"
  type                    = "AWS_PROXY"
  uri                     = each.value.invoke_arn
}

resource "aws_lambda_permission" "route" {
  for_each = local.routes

  statement_id  = "api-gateway"
  action        = "lambda:InvokeFunction"
  function_name = each.value.name
  principal     = "apigateway.amazonaws.com"
  # This route of this API, not whatever API the account has.
  source_arn = "${aws_api_gateway_rest_api.research.execution_arn}/*/POST/${each.key}"
}

resource "aws_api_gateway_deployment" "research" {
  rest_api_id = aws_api_gateway_rest_api.research.id

  # A deployment is a photograph: it has to be taken again whenever a route changes. Only what is said here counts, not
  # what AWS adds to it later.
  triggers = {
    routes = sha1(jsonencode([
      for name in keys(local.routes) : [
        aws_api_gateway_resource.route[name].id, aws_api_gateway_method.route[name].api_key_required,
        aws_api_gateway_integration.route[name].id, local.routes[name].invoke_arn,
      ]
    ]))
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "prod" {
  #checkov:skip=CKV2_AWS_51:Programs show a key; certificates for each of them would have to be issued and renewed
  #checkov:skip=CKV_AWS_120:Nothing here may be cached: one route writes, the other answers what has just been written
  #checkov:skip=CKV2_AWS_29:A key, a quota and throttling stand in front of two routes; the firewall of part 8 is for the site
  rest_api_id   = aws_api_gateway_rest_api.research.id
  deployment_id = aws_api_gateway_deployment.research.id
  stage_name    = "prod"

  xray_tracing_enabled = true

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.access.arn
    # No address, no key: who may call is known by the key's id, what was sent stays unsaid.
    format = jsonencode({
      requestId    = "$context.requestId", time = "$context.requestTime", keyId = "$context.identity.apiKeyId"
      method       = "$context.httpMethod", path = "$context.resourcePath", status = "$context.status"
      milliseconds = "$context.responseLatency", error = "$context.error.message"
    })
  }

  depends_on = [aws_api_gateway_account.logs]
}

resource "aws_api_gateway_method_settings" "all" {
  #checkov:skip=CKV_AWS_225:Nothing here may be cached: one route writes, the other answers what has just been written
  #checkov:skip=CKV_AWS_308:Nothing is cached, so there is no cache to encrypt
  rest_api_id = aws_api_gateway_rest_api.research.id
  stage_name  = aws_api_gateway_stage.prod.stage_name
  method_path = "*/*"

  settings {
    metrics_enabled = true
    logging_level   = "ERROR"
    # Bodies are documents; they do not belong in a log.
    data_trace_enabled     = false
    throttling_rate_limit  = var.rate_per_second
    throttling_burst_limit = var.burst
  }
}

resource "aws_cloudwatch_log_group" "access" {
  #checkov:skip=CKV_AWS_158:Access lines hold neither addresses nor bodies; CloudWatch encrypts them with its own key
  #checkov:skip=CKV_AWS_338:A year of access lines is a cost without a reader; log_retention_days lengthens it
  name              = "/aws/apigateway/alex-api"
  retention_in_days = var.log_retention_days
}
