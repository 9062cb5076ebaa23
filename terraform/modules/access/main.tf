# Rights that several functions need, written once: a list of statements each, to be handed to modules/function.

data "aws_caller_identity" "current" {}

locals {
  account = data.aws_caller_identity.current.account_id
  region  = var.aws_region

  bedrock_region = var.bedrock_region == "" ? local.region : var.bedrock_region
  first_word     = split(".", var.bedrock_model_id)[0]
  is_profile     = contains(keys(var.bedrock_profile_regions), local.first_word)
  model          = local.is_profile ? trimprefix(var.bedrock_model_id, "${local.first_word}.") : var.bedrock_model_id
  profile_arn    = "arn:aws:bedrock:${local.bedrock_region}:${local.account}:inference-profile/${var.bedrock_model_id}"
  model_regions  = local.is_profile ? distinct(concat([local.bedrock_region], var.bedrock_profile_regions[local.first_word])) : [local.bedrock_region]
  model_arns     = [for region in local.model_regions : "arn:aws:bedrock:${region}::foundation-model/${local.model}"]

  # Converse and ConverseStream are allowed by these two.
  model_actions = ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"]

  index_arn    = "arn:aws:s3vectors:${local.region}:${local.account}:bucket/${var.vector_bucket}/index/${var.vector_index}"
  endpoint_arn = "arn:aws:sagemaker:${local.region}:${local.account}:endpoint/${var.sagemaker_endpoint}"
  secret_arns  = compact(var.secret_arns)
}
