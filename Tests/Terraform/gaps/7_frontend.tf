# moto cannot publish CloudFront functions, only keep them; terraform test covers the publishing.
resource "aws_cloudfront_function" "edge" {
  publish = false
}

# moto has no response headers policies; terraform test covers it, and a test reads it from a plan with a mocked provider.
resource "aws_cloudfront_response_headers_policy" "site" {
  count = 0
}

# So the distribution does without one here. A block of an override stands for all blocks of its kind.
resource "aws_cloudfront_distribution" "site" {
  default_cache_behavior {
    target_origin_id       = "site"
    viewer_protocol_policy = "redirect-to-https"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    compress               = true
    cache_policy_id        = local.caching_optimized
  }
}
