data "aws_caller_identity" "current" {}

locals {
  # S3 Vectors has no resource in this provider; `alex vectors create` makes bucket and index by these names.
  vector_bucket = coalesce(var.vector_bucket, "alex-vectors-${data.aws_caller_identity.current.account_id}")

  environment = {
    VECTOR_BUCKET      = local.vector_bucket
    VECTOR_INDEX       = var.vector_index
    SAGEMAKER_ENDPOINT = var.sagemaker_endpoint
    MODEL_WEIGHTS      = var.model_weights
  }

  # Reading the weights, where the functions embed texts themselves.
  weights = [
    for object in compact([trimprefix(var.model_weights, "s3://")]) : {
      sid = "Weights", actions = ["s3:GetObject"], resources = ["arn:aws:s3:::${object}"], conditions = []
    }
  ]
}

module "access" {
  source = "../modules/access"

  aws_region         = var.aws_region
  vector_bucket      = local.vector_bucket
  vector_index       = var.vector_index
  sagemaker_endpoint = var.sagemaker_endpoint
}

module "ingest" {
  source = "../modules/function"

  name        = "alex-ingest"
  description = "Splits documents into passages, embeds them and writes them into the knowledge base"
  package     = "${var.packages}/Ingest.zip"
  memory      = var.memory
  timeout     = 60
  environment = local.environment
  statements  = concat(module.access.embedding, module.access.ingest, local.weights)

  lambda_runtime     = var.lambda_runtime
  architecture       = var.architecture
  log_retention_days = var.log_retention_days
}

module "search" {
  source = "../modules/function"

  name        = "alex-search"
  description = "Finds the passages of the knowledge base that are nearest to a question"
  package     = "${var.packages}/Search.zip"
  memory      = var.memory
  timeout     = 29
  environment = local.environment
  statements  = concat(module.access.embedding, module.access.search, local.weights)

  lambda_runtime     = var.lambda_runtime
  architecture       = var.architecture
  log_retention_days = var.log_retention_days
}
