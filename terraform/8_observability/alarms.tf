# What somebody should hear of. An alarm for each function and each kind of trouble.

locals {
  kinds = {
    errors      = { metric = "Errors", statistic = "Sum", says = "fails" }
    duration    = { metric = "Duration", statistic = "Maximum", says = "takes nearly as long as it may" }
    throttles   = { metric = "Throttles", statistic = "Sum", says = "is refused: too many at once" }
    concurrency = { metric = "ConcurrentExecutions", statistic = "Maximum", says = "runs unusually often at once" }
  }

  function_alarms = merge([
    for name, function in var.functions : {
      for kind, alarm in local.kinds : "${name}-${kind}" => merge(alarm, {
        function = "alex-${name}"
        threshold = {
          errors      = function.errors
          duration    = function.timeout * 1000 * var.duration_warning
          throttles   = 0
          concurrency = var.concurrency_warning
        }[kind]
      })
    }
  ]...)
}

resource "aws_cloudwatch_metric_alarm" "function" {
  for_each = local.function_alarms

  alarm_name          = "alex-${each.key}"
  alarm_description   = "${each.value.function} ${each.value.says}"
  namespace           = "AWS/Lambda"
  metric_name         = each.value.metric
  dimensions          = { FunctionName = each.value.function }
  statistic           = each.value.statistic
  period              = 300
  evaluation_periods  = 1
  threshold           = each.value.threshold
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [module.alarms.arn]
}

resource "aws_cloudwatch_metric_alarm" "dead_letters" {
  for_each = var.dead_letter_queues

  alarm_name          = "alex-dead-letters-${each.key}"
  alarm_description   = "Something was given up and lies in ${each.key}"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = each.key }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [module.alarms.arn]
}

resource "aws_cloudwatch_metric_alarm" "capacity" {
  alarm_name          = "alex-aurora-capacity"
  alarm_description   = "The database has been near its max_capacity for a quarter of an hour"
  namespace           = "AWS/RDS"
  metric_name         = "ACUUtilization"
  dimensions          = { DBClusterIdentifier = var.aurora_cluster_id }
  statistic           = "Average"
  period              = 300
  evaluation_periods  = 3
  threshold           = var.capacity_warning
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [module.alarms.arn]
}

resource "aws_cloudwatch_metric_alarm" "bedrock_throttles" {
  provider = aws.bedrock

  alarm_name          = "alex-bedrock-throttles"
  alarm_description   = "Bedrock refuses calls of the agents: ask for a larger quota, or lower maximum_concurrency in part 6"
  namespace           = "AWS/Bedrock"
  metric_name         = "InvocationThrottles"
  dimensions          = { ModelId = var.bedrock_model_id }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [local.bedrock_topic_arn]
}
