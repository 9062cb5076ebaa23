output "vector_bucket" {
  description = "The S3 vector bucket of the knowledge base."
  value       = local.vector_bucket
}

output "vector_index" {
  description = "The index of the knowledge base."
  value       = var.vector_index
}

output "ingest_function" {
  description = "The function that ingests documents, for part 4."
  value       = module.ingest.name
}

output "search_function" {
  description = "The function that searches the knowledge base, for part 6."
  value       = module.search.name
}

output "ingest_url" {
  description = "Where documents are sent; ALEX_API_ENDPOINT in .env."
  value       = "${aws_api_gateway_stage.prod.invoke_url}/ingest"
}

output "search_url" {
  description = "Where questions are sent."
  value       = "${aws_api_gateway_stage.prod.invoke_url}/search"
}

output "usage_plan_id" {
  description = "The plan that alex deploy attaches the key to."
  value       = aws_api_gateway_usage_plan.research.id
}

output "ingest_key_secret_arn" {
  description = "The secret that alex deploy writes the key into."
  value       = aws_secretsmanager_secret.ingest_key.arn
}
