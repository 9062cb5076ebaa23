# What the endpoint needs, in place of AmazonSageMakerFullAccess: its image, its model, its log, its metrics.

data "aws_caller_identity" "current" {}

locals {
  image_parts    = regex("^(?P<account>[0-9]{12})\\.dkr\\.ecr\\.(?P<region>[a-z0-9-]+)\\.amazonaws\\.com/(?P<name>[^:@]+)", local.image)
  repository_arn = "arn:aws:ecr:${local.image_parts.region}:${local.image_parts.account}:repository/${local.image_parts.name}"
  log_group_arn  = "arn:aws:logs:${var.aws_region}:${data.aws_caller_identity.current.account_id}:log-group:/aws/sagemaker/Endpoints/${var.endpoint_name}"
}

data "aws_iam_policy_document" "trust" {
  statement {
    sid     = "SageMakerRunsIt"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["sagemaker.amazonaws.com"]
    }

    # SageMaker acts for this account only, so that nobody else's SageMaker can be made to use the role.
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }
  }
}

resource "aws_iam_role" "sagemaker" {
  name               = "alex-sagemaker"
  description        = "What the embedding endpoint may do"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

data "aws_iam_policy_document" "sagemaker" {
  # ECR's token is for the registry as a whole and knows no ARN.
  statement {
    sid       = "ImageToken"
    actions   = ["ecr:GetAuthorizationToken"]
    resources = ["*"]
  }

  statement {
    sid       = "Image"
    actions   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    resources = [local.repository_arn]
  }

  statement {
    sid       = "OwnLog"
    actions   = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]
    resources = ["${local.log_group_arn}:*"]
  }

  # CloudWatch knows no ARN for metrics; the namespaces are SageMaker's.
  statement {
    sid       = "Metrics"
    actions   = ["cloudwatch:PutMetricData"]
    resources = ["*"]

    condition {
      test     = "StringLike"
      variable = "cloudwatch:namespace"
      values   = ["AWS/SageMaker", "/aws/sagemaker/*"]
    }
  }

  dynamic "statement" {
    for_each = var.model_data_url == null ? [] : [trimprefix(var.model_data_url, "s3://")]

    content {
      sid       = "Model"
      actions   = ["s3:GetObject"]
      resources = ["arn:aws:s3:::${statement.value}"]
    }
  }
}

resource "aws_iam_role_policy" "sagemaker" {
  name   = "alex-sagemaker"
  role   = aws_iam_role.sagemaker.id
  policy = data.aws_iam_policy_document.sagemaker.json
}

# Made here, so that it has a retention: SageMaker's own would be kept for ever.
resource "aws_cloudwatch_log_group" "endpoint" {
  #checkov:skip=CKV_AWS_158:The container logs no texts; CloudWatch encrypts with its own key
  #checkov:skip=CKV_AWS_338:Nobody reads last year's log of an embedding container
  name              = "/aws/sagemaker/Endpoints/${var.endpoint_name}"
  retention_in_days = 30
}
