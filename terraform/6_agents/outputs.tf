output "queue_url" {
  description = "The queue of analyses, for part 7; SQS_QUEUE_URL in .env."
  value       = aws_sqs_queue.jobs.url
}

output "queue_arn" {
  description = "The queue of analyses, for part 7."
  value       = aws_sqs_queue.jobs.arn
}

output "queue_name" {
  description = "The queue of analyses, for part 8."
  value       = aws_sqs_queue.jobs.name
}

output "dead_letter_queue_name" {
  description = "The queue of analyses that were given up, for part 8."
  value       = aws_sqs_queue.dead_letters.name
}

output "dead_letter_queue_url" {
  description = "The queue of analyses that were given up."
  value       = aws_sqs_queue.dead_letters.url
}

output "agent_functions" {
  description = "The agents' functions."
  value       = merge({ planner = module.planner.name }, { for name, section in module.section : name => section.name })
}

output "market_secret_arn" {
  description = "The secret with Polygon's key; empty without one."
  value       = try(aws_secretsmanager_secret.market[0].arn, "")
}

output "traces_secret_arn" {
  description = "The secret with LangFuse's keys, for part 4; empty without them."
  value       = try(aws_secretsmanager_secret.traces[0].arn, "")
}
