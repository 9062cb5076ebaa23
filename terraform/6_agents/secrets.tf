# Keys of others. Their values are written past Terraform's state (write-only arguments), and functions are told where the
# secret is, not what it says. Each is JSON with the names of .env.example. Without a key there is no secret: each would
# cost 0.40 $ a month.

resource "aws_secretsmanager_secret" "market" {
  #checkov:skip=CKV_AWS_149:A customer key costs more a month than the secret and would be readable by the same people
  #checkov:skip=CKV2_AWS_57:Polygon has no way to rotate a key by program
  count = var.polygon_key_version > 0 ? 1 : 0

  # A prefix: the name of a destroyed secret is taken for as long as the secret can be brought back.
  name_prefix             = "alex/market-"
  description             = "JSON with POLYGON_API_KEY, for market prices"
  recovery_window_in_days = var.secret_recovery_days
}

resource "aws_secretsmanager_secret_version" "market" {
  count = var.polygon_key_version > 0 ? 1 : 0

  secret_id                = aws_secretsmanager_secret.market[0].id
  secret_string_wo         = jsonencode({ POLYGON_API_KEY = var.polygon_api_key })
  secret_string_wo_version = var.polygon_key_version
}

resource "aws_secretsmanager_secret" "traces" {
  #checkov:skip=CKV_AWS_149:A customer key costs more a month than the secret and would be readable by the same people
  #checkov:skip=CKV2_AWS_57:LangFuse has no way to rotate a key by program
  count = var.langfuse_key_version > 0 ? 1 : 0

  name_prefix             = "alex/traces-"
  description             = "JSON with LANGFUSE_PUBLIC_KEY, LANGFUSE_SECRET_KEY and LANGFUSE_HOST, for traces"
  recovery_window_in_days = var.secret_recovery_days
}

resource "aws_secretsmanager_secret_version" "traces" {
  count = var.langfuse_key_version > 0 ? 1 : 0

  secret_id = aws_secretsmanager_secret.traces[0].id
  secret_string_wo = jsonencode({
    LANGFUSE_PUBLIC_KEY = var.langfuse_public_key
    LANGFUSE_SECRET_KEY = var.langfuse_secret_key
    LANGFUSE_HOST       = var.langfuse_host
  })
  secret_string_wo_version = var.langfuse_key_version
}
