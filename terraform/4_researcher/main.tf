# The researcher reads public pages and hands what it finds to the ingest function. It has no address of its own: only
# roles of this account can start it, so nobody outside can spend its tokens or write to the knowledge base.

data "aws_caller_identity" "current" {}

module "access" {
  source = "../modules/access"

  aws_region              = var.aws_region
  bedrock_model_id        = var.bedrock_model_id
  bedrock_region          = var.bedrock_region
  bedrock_profile_regions = var.bedrock_profile_regions
  aurora_cluster_arn      = var.aurora_cluster_arn
  aurora_secret_arn       = var.aurora_secret_arn
  secret_arns             = [var.traces_secret_arn]
}

module "researcher" {
  source = "../modules/function"

  name        = "alex-researcher"
  description = "Reads about markets and hands what it finds to the knowledge base"
  package     = "${var.packages}/Researcher.zip"
  memory      = var.memory
  timeout     = 900

  environment = merge(var.environment, {
    BEDROCK_MODEL_ID   = var.bedrock_model_id
    BEDROCK_REGION     = var.bedrock_region
    INGEST_FUNCTION    = var.ingest_function
    RESEARCHER_MCP_URL = var.researcher_mcp_url
    RESEARCH_HOSTS     = join(",", var.research_hosts)
    AURORA_CLUSTER_ARN = var.aurora_cluster_arn
    AURORA_SECRET_ARN  = var.aurora_secret_arn
    AURORA_DATABASE    = var.aurora_database
    TRACES_SECRET_ARN  = var.traces_secret_arn
  })

  statements = concat(module.access.model, module.access.database, module.access.secrets, [{
    sid        = "Ingest"
    actions    = ["lambda:InvokeFunction"]
    resources  = ["arn:aws:lambda:${var.aws_region}:${data.aws_caller_identity.current.account_id}:function:${var.ingest_function}"]
    conditions = []
  }])

  # Once more after a failure, and no more: a run costs tokens. Within two hours, as then the next one is due.
  asynchronous = {
    retries             = 1
    maximum_age_seconds = 7200
    failures_queue_arn  = aws_sqs_queue.failures.arn
  }

  lambda_runtime     = var.lambda_runtime
  architecture       = var.architecture
  log_retention_days = var.log_retention_days
}

resource "aws_sqs_queue" "failures" {
  name                      = "alex-researcher-dlq"
  message_retention_seconds = 14 * 24 * 3600
  sqs_managed_sse_enabled   = true
}
