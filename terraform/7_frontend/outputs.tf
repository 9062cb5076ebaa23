output "site_url" {
  description = "Where Alex is; CLOUDFRONT_URL in .env."
  value       = local.site_url
}

output "site_bucket" {
  description = "The bucket that alex deploy uploads the site to."
  value       = aws_s3_bucket.site.id
}

output "distribution_id" {
  description = "The distribution that alex deploy invalidates."
  value       = aws_cloudfront_distribution.site.id
}

output "api_url" {
  description = "The API without CloudFront, for programs."
  value       = aws_apigatewayv2_api.api.api_endpoint
}

output "api_function" {
  description = "The API's function."
  value       = module.api.name
}

output "api_id" {
  description = "The HTTP API's id."
  value       = aws_apigatewayv2_api.api.id
}
