output "sagemaker_endpoint" {
  description = "The endpoint that embeds texts, for parts 3, 6 and 8."
  value       = aws_sagemaker_endpoint.embedding.name
}

output "sagemaker_endpoint_arn" {
  description = "The endpoint's ARN."
  value       = aws_sagemaker_endpoint.embedding.arn
}

output "sagemaker_image_uri" {
  description = "The container that serves the model."
  value       = local.image
}
