# A function: its role, its log, itself. Each function has a role of its own, so that a flaw in one of them opens
# nothing but what that one needs.

data "aws_iam_policy_document" "trust" {
  statement {
    sid     = "LambdaRunsIt"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "this" {
  name               = var.name
  description        = "What ${var.name} may do"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

data "aws_iam_policy_document" "this" {
  # No CreateLogGroup: the group is made below, with a retention. A function that could make it would make one that is
  # kept for ever.
  statement {
    sid       = "OwnLog"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.this.arn}:*"]
  }

  # X-Ray knows no ARN for segments.
  statement {
    sid       = "Traces"
    actions   = ["xray:PutTraceSegments", "xray:PutTelemetryRecords"]
    resources = ["*"]
  }

  dynamic "statement" {
    for_each = local.statements

    content {
      sid       = statement.value.sid
      actions   = statement.value.actions
      resources = statement.value.resources

      dynamic "condition" {
        for_each = statement.value.conditions

        content {
          test     = condition.value.test
          variable = condition.value.variable
          values   = condition.value.values
        }
      }
    }
  }
}

locals {
  tells_of_failures = try(var.asynchronous.failures_queue_arn, null) != null

  statements = concat(var.statements, [
    for arn in local.tells_of_failures ? [var.asynchronous.failures_queue_arn] : [] : {
      sid = "TellOfFailures", actions = ["sqs:SendMessage"], resources = [arn], conditions = []
    }
  ])

  environment = { for name, value in var.environment : name => value if value != null && value != "" }
}

resource "aws_iam_role_policy" "this" {
  name   = var.name
  role   = aws_iam_role.this.id
  policy = data.aws_iam_policy_document.this.json
}

resource "aws_cloudwatch_log_group" "this" {
  #checkov:skip=CKV_AWS_158:Logs hold no payloads, names or tokens by rule; CloudWatch encrypts them with its own key, and a customer key would cost more than the logs
  #checkov:skip=CKV_AWS_338:A year of logs of a planning tool is a cost without a reader; log_retention_days lengthens it
  name              = "/aws/lambda/${var.name}"
  retention_in_days = var.log_retention_days
}

resource "aws_lambda_function" "this" {
  #checkov:skip=CKV_AWS_117:Everything it talks to is an AWS API or a public site; in a VPC it would need a NAT gateway or endpoints, which cost more than the rest of Alex
  #checkov:skip=CKV_AWS_116:Failures are kept where they are useful: on the queue with its dead-letter queue, or at the destination of asynchronous invocations
  #checkov:skip=CKV_AWS_115:A reservation takes concurrency away from the rest of the account; reserved_concurrency sets it, and the queue's maximum_concurrency already limits the agents
  #checkov:skip=CKV_AWS_272:Packages are built and uploaded by the same person from this repository; their SHA-256 is printed and checked instead of signed
  #checkov:skip=CKV_AWS_173:The environment holds names and addresses, no secrets; Lambda encrypts it with its own key
  #checkov:skip=CKV_AWS_363:provided.al2 is deprecated and still the default that the customer asked for; the check block below warns, and provided.al2023 is one variable away
  function_name    = var.name
  description      = var.description
  role             = aws_iam_role.this.arn
  filename         = var.package
  source_code_hash = filebase64sha256(var.package)
  handler          = "bootstrap"
  runtime          = var.lambda_runtime
  architectures    = [var.architecture]
  memory_size      = var.memory
  timeout          = var.timeout

  reserved_concurrent_executions = var.reserved_concurrency

  dynamic "environment" {
    for_each = length(local.environment) > 0 ? [local.environment] : []

    content {
      variables = environment.value
    }
  }

  logging_config {
    log_format = "JSON"
    log_group  = aws_cloudwatch_log_group.this.name
  }

  tracing_config {
    mode = "Active"
  }

  # Without its rights the first invocation of a new function would fail.
  depends_on = [aws_iam_role_policy.this]
}

resource "aws_lambda_function_event_invoke_config" "this" {
  count = var.asynchronous == null ? 0 : 1

  function_name                = aws_lambda_function.this.function_name
  maximum_retry_attempts       = var.asynchronous.retries
  maximum_event_age_in_seconds = var.asynchronous.maximum_age_seconds

  dynamic "destination_config" {
    for_each = local.tells_of_failures ? [var.asynchronous.failures_queue_arn] : []

    content {
      on_failure {
        destination = destination_config.value
      }
    }
  }
}

check "runtime" {
  assert {
    condition     = var.lambda_runtime != "provided.al2"
    error_message = "${var.name} runs on provided.al2, which AWS deprecated on 2026-07-31: new functions on it are refused from 2027-02-01, updates from 2027-03-03. The same zip runs with lambda_runtime = \"provided.al2023\"."
  }
}
