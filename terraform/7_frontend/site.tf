# CloudFront in front of site and API, by the rules the web app's build has written: the same ones the local cloud serves
# by, so that a deep link that works there works here (guides/decisions/008-the-site-on-this-machine.md).

locals {
  site     = jsondecode(file("${var.edge}/site.json"))
  site_url = "https://${coalesce(var.domain_name, aws_cloudfront_distribution.site.domain_name)}"

  # Headers that CloudFront wants in a form of its own; the others are passed on as they are.
  known_headers = [
    "Content-Security-Policy", "Strict-Transport-Security", "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy",
  ]
  transport_security = local.site.headers["Strict-Transport-Security"]

  # CloudFront's managed policies have the same ids in every account.
  caching_optimized             = "658327ea-f89d-4fab-a63d-7e88639e58f6"
  caching_disabled              = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
  all_viewer_except_host_header = "b689b0a8-53d0-40ab-baf2-68738e2966ac"
}

resource "aws_cloudfront_origin_access_control" "site" {
  name                              = "alex-site"
  description                       = "CloudFront signs what it asks the site's bucket"
  origin_access_control_origin_type = "s3"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}

resource "aws_cloudfront_function" "edge" {
  for_each = toset(["viewer-request", "viewer-response"])

  name    = "alex-${each.key}"
  comment = each.key == "viewer-request" ? "From the address of a page to its file" : "The page that says not found says so by its status"
  runtime = "cloudfront-js-2.0"
  code    = file("${var.edge}/${each.key}.js")
  publish = true
}

resource "aws_cloudfront_response_headers_policy" "site" {
  #checkov:skip=CKV_AWS_259:The value is read from site.json, where checkov does not look; a test reads it from the plan
  name    = "alex-site"
  comment = "The headers of every answer of the site"

  security_headers_config {
    content_security_policy {
      content_security_policy = local.site.headers["Content-Security-Policy"]
      override                = true
    }

    strict_transport_security {
      access_control_max_age_sec = tonumber(regex("max-age=([0-9]+)", local.transport_security)[0])
      include_subdomains         = strcontains(local.transport_security, "includeSubDomains")
      preload                    = strcontains(local.transport_security, "preload")
      override                   = true
    }

    frame_options {
      frame_option = local.site.headers["X-Frame-Options"]
      override     = true
    }

    content_type_options {
      override = true
    }

    referrer_policy {
      referrer_policy = local.site.headers["Referrer-Policy"]
      override        = true
    }
  }

  custom_headers_config {
    dynamic "items" {
      for_each = { for name, value in local.site.headers : name => value if !contains(local.known_headers, name) }

      content {
        header   = items.key
        value    = items.value
        override = true
      }
    }
  }
}

resource "aws_cloudfront_distribution" "site" {
  #checkov:skip=CKV_AWS_68:The firewall costs some 10 $ a month; web_acl_arn sets it
  #checkov:skip=CKV2_AWS_47:The firewall of part 8 has the rule against Log4j; web_acl_arn sets it
  #checkov:skip=CKV_AWS_86:The API has an access log; a log of static files would keep visitors' addresses for no purpose
  #checkov:skip=CKV_AWS_174:CloudFront's own certificate comes with its own minimum; with domain_name it is TLSv1.2_2021
  #checkov:skip=CKV2_AWS_42:CloudFront's own certificate serves the course; certificate_arn sets another
  #checkov:skip=CKV_AWS_305:The viewer-request function answers for /; a root object would reach it as /index.html and be redirected to / again
  #checkov:skip=CKV_AWS_310:There is one site and one API; there is nothing to fail over to
  #checkov:skip=CKV_AWS_374:Households travel, and look at their money from wherever they are
  enabled         = true
  comment         = "Alex"
  is_ipv6_enabled = true
  http_version    = "http2and3"
  price_class     = var.price_class
  aliases         = compact([var.domain_name])
  web_acl_id      = var.web_acl_arn == "" ? null : var.web_acl_arn

  origin {
    origin_id                = "site"
    domain_name              = aws_s3_bucket.site.bucket_regional_domain_name
    origin_access_control_id = aws_cloudfront_origin_access_control.site.id
  }

  origin {
    origin_id   = "api"
    domain_name = trimprefix(aws_apigatewayv2_api.api.api_endpoint, "https://")

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
      # As long as API Gateway waits for the function.
      origin_read_timeout = 30
    }
  }

  default_cache_behavior {
    target_origin_id           = "site"
    viewer_protocol_policy     = "redirect-to-https"
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    compress                   = true
    cache_policy_id            = local.caching_optimized
    response_headers_policy_id = aws_cloudfront_response_headers_policy.site.id

    dynamic "function_association" {
      for_each = aws_cloudfront_function.edge

      content {
        event_type   = function_association.key
        function_arn = function_association.value.arn
      }
    }
  }

  # No error pages of the distribution: they would turn the API's 403 and 404 into pages.
  dynamic "ordered_cache_behavior" {
    for_each = local.site.api

    content {
      path_pattern             = ordered_cache_behavior.value
      target_origin_id         = "api"
      viewer_protocol_policy   = "https-only"
      allowed_methods          = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"]
      cached_methods           = ["GET", "HEAD"]
      cache_policy_id          = local.caching_disabled
      origin_request_policy_id = local.all_viewer_except_host_header
    }
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    cloudfront_default_certificate = var.certificate_arn == null
    acm_certificate_arn            = var.certificate_arn
    minimum_protocol_version       = var.certificate_arn == null ? "TLSv1" : "TLSv1.2_2021"
    ssl_support_method             = var.certificate_arn == null ? null : "sni-only"
  }
}

check "sign_in" {
  assert {
    condition     = strcontains(local.site.headers["Content-Security-Policy"], var.clerk_issuer)
    error_message = "The site was built for another sign-in than ${var.clerk_issuer}: set CLERK_PUBLISHABLE_KEY and run scripts/web.sh, else nobody can sign in."
  }
}
