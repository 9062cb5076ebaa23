# EventBridge Scheduler starts the function itself; no function in between that waits for it and is billed meanwhile.

data "aws_iam_policy_document" "scheduler_trust" {
  statement {
    sid     = "SchedulerStartsIt"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["scheduler.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }
  }
}

resource "aws_iam_role" "scheduler" {
  name               = "alex-researcher-schedule"
  description        = "Lets the schedule start the researcher"
  assume_role_policy = data.aws_iam_policy_document.scheduler_trust.json
}

data "aws_iam_policy_document" "scheduler" {
  statement {
    sid       = "Start"
    actions   = ["lambda:InvokeFunction"]
    resources = [module.researcher.arn]
  }

  statement {
    sid       = "TellOfFailures"
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.failures.arn]
  }
}

resource "aws_iam_role_policy" "scheduler" {
  name   = "alex-researcher-schedule"
  role   = aws_iam_role.scheduler.id
  policy = data.aws_iam_policy_document.scheduler.json
}

resource "aws_scheduler_schedule" "research" {
  #checkov:skip=CKV_AWS_297:The schedule's input holds no data, so a customer key would protect nothing
  name                = "alex-research-schedule"
  description         = "Research about a topic of the researcher's own choice"
  schedule_expression = var.schedule
  state               = var.schedule_enabled ? "ENABLED" : "DISABLED"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = module.researcher.arn
    role_arn = aws_iam_role.scheduler.arn
    input    = jsonencode({ scheduled = true })

    retry_policy {
      maximum_retry_attempts       = 1
      maximum_event_age_in_seconds = 3600
    }

    dead_letter_config {
      arn = aws_sqs_queue.failures.arn
    }
  }
}
