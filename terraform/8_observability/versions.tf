terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7.0"
    }
  }
}

locals {
  tags = { Project = "alex", Part = "8", ManagedBy = "terraform" }
}

provider "aws" {
  region = var.aws_region

  default_tags {
    tags = local.tags
  }
}

# Bedrock's metrics are where Bedrock is called, and an alarm has to be where its metric is.
provider "aws" {
  alias  = "bedrock"
  region = var.bedrock_region

  default_tags {
    tags = local.tags
  }
}

# CloudFront takes firewalls from this region only.
provider "aws" {
  alias  = "cloudfront"
  region = "us-east-1"

  default_tags {
    tags = local.tags
  }
}
