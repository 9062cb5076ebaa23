# A serverless endpoint that turns texts into token vectors. It costs nothing while nobody asks; the first answer after a
# pause takes some ten seconds longer. Mean pooling and normalisation are done by our client.

locals {
  # AWS keeps its deep learning containers in this account, in nearly all regions.
  image = coalesce(
    var.sagemaker_image_uri,
    "763104351884.dkr.ecr.${var.aws_region}.amazonaws.com/huggingface-pytorch-inference:1.13.1-transformers4.26.0-cpu-py39-ubuntu20.04"
  )
}

resource "aws_sagemaker_model" "embedding" {
  #checkov:skip=CKV_AWS_370:Without a model_data_url the container fetches the model from Hugging Face and needs the network for it
  # A model cannot be changed; its name says what it is made of, so that the next one can stand beside it.
  name                     = "alex-embedding-${substr(sha1(jsonencode([local.image, var.embedding_model_name, var.model_data_url])), 0, 8)}"
  execution_role_arn       = aws_iam_role.sagemaker.arn
  enable_network_isolation = var.model_data_url != null

  primary_container {
    image          = local.image
    model_data_url = var.model_data_url

    environment = merge(
      { HF_TASK = "feature-extraction" },
      var.model_data_url == null ? { HF_MODEL_ID = var.embedding_model_name } : {}
    )
  }

  # SageMaker tries the role when the model is made.
  depends_on = [aws_iam_role_policy.sagemaker]

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_sagemaker_endpoint_configuration" "embedding" {
  #checkov:skip=CKV_AWS_98:The key is for the volumes of instances; a serverless endpoint has none
  # A configuration cannot be changed: a new one is made first, then the endpoint moves to it without a gap.
  name_prefix = "alex-embedding-"

  production_variants {
    variant_name = "AllTraffic"
    model_name   = aws_sagemaker_model.embedding.name

    serverless_config {
      memory_size_in_mb = var.memory
      max_concurrency   = var.max_concurrency
    }
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_sagemaker_endpoint" "embedding" {
  name                 = var.endpoint_name
  endpoint_config_name = aws_sagemaker_endpoint_configuration.embedding.name
}
