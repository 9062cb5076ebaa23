output "arn" {
  description = "The topic. Known only when it may be published to."
  value       = aws_sns_topic.alarms.arn

  depends_on = [aws_sns_topic_policy.alarms]
}
