variable "aws_region" {
  description = "The region of this part; the same for all parts."
  type        = string
  default     = "us-east-1"

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.aws_region))
    error_message = "aws_region is a region such as us-east-1."
  }
}

variable "packages" {
  description = "Where the functions' zips are; scripts/package.swift writes them."
  type        = string
  default     = "../../packages"
}

variable "lambda_runtime" {
  description = "provided.al2 (deprecated by AWS on 2026-07-31; new functions are refused from 2027-02-01) or provided.al2023; the same zip runs on both."
  type        = string
  default     = "provided.al2"
}

variable "architecture" {
  description = "The processor the zips were built for: x86_64 or arm64."
  type        = string
  default     = "x86_64"
}

variable "log_retention_days" {
  description = "How long CloudWatch keeps the logs of this part."
  type        = number
  default     = 30
}

variable "vector_bucket" {
  description = "The S3 vector bucket that `alex vectors create` makes; null: alex-vectors-<account>."
  type        = string
  default     = null

  validation {
    condition     = var.vector_bucket == null ? true : can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.vector_bucket))
    error_message = "A vector bucket has 3 to 63 small letters, digits and hyphens."
  }
}

variable "vector_index" {
  description = "The index that `alex vectors create` makes in the bucket."
  type        = string
  default     = "financial-research"
}

variable "sagemaker_endpoint" {
  description = "The endpoint that embeds texts: output of part 2; empty: the functions embed texts themselves, with model_weights."
  type        = string
  default     = ""
}

variable "model_weights" {
  description = "Where the functions read the embedding model's weights when there is no endpoint: s3://bucket/key, from `make model`."
  type        = string
  default     = ""

  validation {
    condition     = var.model_weights == "" || can(regex("^s3://[a-z0-9.-]{3,63}/.+$", var.model_weights))
    error_message = "model_weights is an address such as s3://bucket/minilm-f16.safetensors."
  }
}

variable "memory" {
  description = "Memory of both functions in megabytes."
  type        = number
  default     = 1024
}

variable "quota_per_month" {
  description = "How many requests a key may send in a month."
  type        = number
  default     = 10000
}

variable "rate_per_second" {
  description = "How many requests a second a key may send over time."
  type        = number
  default     = 100
}

variable "burst" {
  description = "How many requests a key may send at once."
  type        = number
  default     = 200
}

variable "secret_recovery_days" {
  description = "How long a destroyed secret can be brought back; 0: not at all."
  type        = number
  default     = 7

  validation {
    condition     = var.secret_recovery_days == 0 || (var.secret_recovery_days >= 7 && var.secret_recovery_days <= 30)
    error_message = "Secrets Manager keeps a destroyed secret for 7 to 30 days, or 0."
  }
}

variable "owns_api_gateway_account" {
  description = "Whether this part sets API Gateway's log role of the region. There is one for each account and region: false where it is set already."
  type        = bool
  default     = true
}
