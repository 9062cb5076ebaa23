variable "aws_region" {
  description = "The region of this part; the same for all parts."
  type        = string
  default     = "us-east-1"

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.aws_region))
    error_message = "aws_region is a region such as us-east-1."
  }
}

variable "embedding_model_name" {
  description = "The model on Hugging Face. The index of part 3 has 384 dimensions; another model needs another index."
  type        = string
  default     = "sentence-transformers/all-MiniLM-L6-v2"
}

variable "sagemaker_image_uri" {
  description = "The container that serves the model; null: AWS's Hugging Face inference image for processors, in this region."
  type        = string
  default     = null

  validation {
    condition     = var.sagemaker_image_uri == null ? true : can(regex("^[0-9]{12}\\.dkr\\.ecr\\.[a-z0-9-]+\\.amazonaws\\.com/.+:.+$", var.sagemaker_image_uri))
    error_message = "sagemaker_image_uri is an image in ECR with its tag, such as <account>.dkr.ecr.us-east-1.amazonaws.com/name:tag."
  }
}

variable "model_data_url" {
  description = "s3://bucket/model.tar.gz, where the container shall not fetch the model from Hugging Face; null: it does."
  type        = string
  default     = null

  validation {
    condition     = var.model_data_url == null ? true : can(regex("^s3://[^/]+/.+$", var.model_data_url))
    error_message = "model_data_url is s3://bucket/path/model.tar.gz."
  }
}

variable "endpoint_name" {
  description = "What the endpoint is called."
  type        = string
  default     = "alex-embedding-endpoint"
}

variable "memory" {
  description = "Memory of the serverless endpoint in megabytes."
  type        = number
  default     = 3072

  validation {
    condition     = contains([1024, 2048, 3072, 4096, 5120, 6144], var.memory)
    error_message = "A serverless endpoint has 1024, 2048, 3072, 4096, 5120 or 6144 MB."
  }
}

variable "max_concurrency" {
  description = "How many requests are answered at once. New accounts have a quota of few."
  type        = number
  default     = 2

  validation {
    condition     = var.max_concurrency >= 1 && var.max_concurrency <= 200
    error_message = "A serverless endpoint answers 1 to 200 requests at once."
  }
}
