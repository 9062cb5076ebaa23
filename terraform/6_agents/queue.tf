# Analyses wait here. AWS's rule of thumb, six timeouts of visibility, is for functions that do harm when they run twice;
# here a lease prevents that, and a short one brings a killed analysis back sooner.

resource "aws_sqs_queue" "jobs" {
  name                       = "alex-analysis-jobs"
  visibility_timeout_seconds = local.visibility
  message_retention_seconds  = 24 * 3600
  receive_wait_time_seconds  = 10
  sqs_managed_sse_enabled    = true

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead_letters.arn
    maxReceiveCount     = 3
  })
}

# The planner reads this one too: it ends the jobs, so that nobody waits for ever.
resource "aws_sqs_queue" "dead_letters" {
  name                       = "alex-analysis-jobs-dlq"
  visibility_timeout_seconds = local.visibility
  message_retention_seconds  = 14 * 24 * 3600
  receive_wait_time_seconds  = 10
  sqs_managed_sse_enabled    = true
}

# A resource of its own, because the queues would otherwise need each other.
resource "aws_sqs_queue_redrive_allow_policy" "dead_letters" {
  queue_url = aws_sqs_queue.dead_letters.id

  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = [aws_sqs_queue.jobs.arn]
  })
}

resource "aws_lambda_event_source_mapping" "queue" {
  for_each = {
    jobs         = aws_sqs_queue.jobs.arn
    dead_letters = aws_sqs_queue.dead_letters.arn
  }

  event_source_arn        = each.value
  function_name           = module.planner.arn
  batch_size              = 1
  function_response_types = ["ReportBatchItemFailures"]

  scaling_config {
    maximum_concurrency = each.key == "jobs" ? var.maximum_concurrency : 2
  }
}

resource "aws_cloudwatch_metric_alarm" "dead_letters" {
  for_each = {
    # A message that was here, even if the planner has ended its job by now: an analysis failed three times.
    given-up = { metric = "NumberOfMessagesReceived", statistic = "Sum", periods = 1 }
    # Messages that stay: the planner cannot even end their jobs.
    stuck = { metric = "ApproximateNumberOfMessagesVisible", statistic = "Minimum", periods = 3 }
  }

  alarm_name          = "alex-analysis-jobs-dlq-${each.key}"
  alarm_description   = each.key == "stuck" ? "Dead letters stay in the queue: the planner cannot end their jobs; see its log" : "An analysis was given up after three attempts; see the planner's log for its job"
  namespace           = "AWS/SQS"
  metric_name         = each.value.metric
  dimensions          = { QueueName = aws_sqs_queue.dead_letters.name }
  statistic           = each.value.statistic
  period              = 300
  evaluation_periods  = each.value.periods
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = compact([var.alarm_topic_arn])
}
