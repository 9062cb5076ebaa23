output "researcher_function" {
  description = "The function that does research, for part 7."
  value       = module.researcher.name
}

output "researcher_dead_letter_queue" {
  description = "The queue with the runs that failed twice, for part 8."
  value       = aws_sqs_queue.failures.name
}

output "schedule_state" {
  description = "Whether research is done on a schedule: ENABLED or DISABLED."
  value       = aws_scheduler_schedule.research.state
}
