# Every five minutes the planner looks for jobs that nobody works on: messages that were never sent, leases that ran out.

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
  name               = "alex-sweep-schedule"
  description        = "Lets the schedule start the planner's sweep"
  assume_role_policy = data.aws_iam_policy_document.scheduler_trust.json
}

data "aws_iam_policy_document" "scheduler" {
  statement {
    sid       = "Start"
    actions   = ["lambda:InvokeFunction"]
    resources = [module.planner.arn]
  }
}

resource "aws_iam_role_policy" "scheduler" {
  name   = "alex-sweep-schedule"
  role   = aws_iam_role.scheduler.id
  policy = data.aws_iam_policy_document.scheduler.json
}

resource "aws_scheduler_schedule" "sweep" {
  #checkov:skip=CKV_AWS_297:The schedule's input holds no data, so a customer key would protect nothing
  name                = "alex-sweep"
  description         = "Sends what was never sent, ends what nobody works on"
  schedule_expression = var.sweep_schedule

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = module.planner.arn
    role_arn = aws_iam_role.scheduler.arn
    input    = jsonencode({ sweep = true })

    retry_policy {
      maximum_retry_attempts       = 0
      maximum_event_age_in_seconds = 300
    }
  }
}
