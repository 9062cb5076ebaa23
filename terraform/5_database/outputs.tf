output "aurora_cluster_arn" {
  description = "The database's cluster, for parts 4, 6 and 7."
  value       = aws_rds_cluster.aurora.arn
}

output "aurora_secret_arn" {
  description = "The secret with which the Data API signs in, for parts 4, 6 and 7. RDS made it and changes it."
  value       = aws_rds_cluster.aurora.master_user_secret[0].secret_arn
}

output "aurora_database" {
  description = "The database in the cluster."
  value       = aws_rds_cluster.aurora.database_name
}

output "aurora_cluster_id" {
  description = "The cluster's name, for part 8."
  value       = aws_rds_cluster.aurora.cluster_identifier
}
