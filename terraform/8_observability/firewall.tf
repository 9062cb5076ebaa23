# An optional firewall for the site: an address that asks too often, and rules that AWS keeps up to date.

locals {
  managed_rules = {
    AWSManagedRulesAmazonIpReputationList = { priority = 1, counted = [] }
    AWSManagedRulesKnownBadInputsRuleSet  = { priority = 2, counted = [] }
    AWSManagedRulesSQLiRuleSet            = { priority = 3, counted = [] }
    # An imported list of holdings is larger than the 8 KB this one rule allows; the API has a limit of its own.
    AWSManagedRulesCommonRuleSet = { priority = 4, counted = ["SizeRestrictions_BODY"] }
  }
}

resource "aws_wafv2_web_acl" "site" {
  count    = var.waf_enabled ? 1 : 0
  provider = aws.cloudfront

  name        = "alex-site"
  description = "Before the site and its API"
  scope       = "CLOUDFRONT"

  default_action {
    allow {}
  }

  rule {
    name     = "rate"
    priority = 0

    action {
      block {}
    }

    statement {
      rate_based_statement {
        limit              = var.waf_requests_per_address
        aggregate_key_type = "IP"
      }
    }

    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "alex-rate"
      sampled_requests_enabled   = true
    }
  }

  dynamic "rule" {
    for_each = local.managed_rules

    content {
      name     = rule.key
      priority = rule.value.priority

      override_action {
        none {}
      }

      statement {
        managed_rule_group_statement {
          vendor_name = "AWS"
          name        = rule.key

          dynamic "rule_action_override" {
            for_each = rule.value.counted

            content {
              name = rule_action_override.value

              action_to_use {
                count {}
              }
            }
          }
        }
      }

      visibility_config {
        cloudwatch_metrics_enabled = true
        metric_name                = rule.key
        sampled_requests_enabled   = true
      }
    }
  }

  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "alex-site"
    sampled_requests_enabled   = true
  }
}

resource "aws_cloudwatch_log_group" "firewall" {
  #checkov:skip=CKV_AWS_158:Blocked requests only, tokens left out; CloudWatch encrypts them with its own key
  #checkov:skip=CKV_AWS_338:Blocked requests hold addresses; they are kept for a month and no longer
  count    = var.waf_enabled ? 1 : 0
  provider = aws.cloudfront

  # The firewall writes to groups with this beginning only.
  name              = "aws-waf-logs-alex"
  retention_in_days = 30
}

resource "aws_wafv2_web_acl_logging_configuration" "site" {
  count    = var.waf_enabled ? 1 : 0
  provider = aws.cloudfront

  resource_arn            = aws_wafv2_web_acl.site[0].arn
  log_destination_configs = [aws_cloudwatch_log_group.firewall[0].arn]

  redacted_fields {
    single_header {
      name = "authorization"
    }
  }

  # Whoever passed is nobody's business.
  logging_filter {
    default_behavior = "DROP"

    filter {
      behavior    = "KEEP"
      requirement = "MEETS_ANY"

      condition {
        action_condition {
          action = "BLOCK"
        }
      }

      condition {
        action_condition {
          action = "COUNT"
        }
      }
    }
  }
}
