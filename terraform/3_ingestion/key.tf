# The plan a key belongs to, and the place where the key is kept. The key itself is made by `alex deploy`: whatever
# Terraform makes, it writes into its state in plain.

resource "aws_api_gateway_usage_plan" "research" {
  name        = "alex-usage-plan"
  description = "What a key for the knowledge base may ask for"

  api_stages {
    api_id = aws_api_gateway_rest_api.research.id
    stage  = aws_api_gateway_stage.prod.stage_name
  }

  quota_settings {
    limit  = var.quota_per_month
    period = "MONTH"
  }

  throttle_settings {
    rate_limit  = var.rate_per_second
    burst_limit = var.burst
  }
}

resource "aws_secretsmanager_secret" "ingest_key" {
  #checkov:skip=CKV_AWS_149:A customer key costs more a month than the secret and would be readable by the same people
  #checkov:skip=CKV2_AWS_57:The key is replaced by running alex deploy again with a new one; a rotation function would be one more thing that may read it
  # A prefix: the name of a destroyed secret is taken for as long as the secret can be brought back.
  name_prefix             = "alex/ingest-key-"
  description             = "JSON with ALEX_API_KEY, the key of the knowledge base's API; alex deploy writes it"
  recovery_window_in_days = var.secret_recovery_days
}
