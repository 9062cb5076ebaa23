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

variable "aurora_cluster_arn" {
  description = "The database's cluster: output of part 5."
  type        = string

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:rds:[a-z0-9-]+:[0-9]{12}:cluster:.+$", var.aurora_cluster_arn))
    error_message = "aurora_cluster_arn begins with arn:aws:rds: and names a cluster; `terraform output` in part 5 prints it."
  }
}

variable "aurora_secret_arn" {
  description = "The secret with which the Data API signs in: output of part 5."
  type        = string

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:.+$", var.aurora_secret_arn))
    error_message = "aurora_secret_arn begins with arn:aws:secretsmanager:; `terraform output` in part 5 prints it."
  }
}

variable "aurora_database" {
  description = "The database in the cluster: output of part 5."
  type        = string
  default     = "alex"
}

variable "queue_url" {
  description = "The queue of analyses: output of part 6."
  type        = string

  validation {
    condition     = startswith(var.queue_url, "https://")
    error_message = "queue_url begins with https://; `terraform output` in part 6 prints it."
  }
}

variable "queue_arn" {
  description = "The same queue's ARN: output of part 6."
  type        = string

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:sqs:[a-z0-9-]+:[0-9]{12}:.+$", var.queue_arn))
    error_message = "queue_arn begins with arn:aws:sqs:; `terraform output` in part 6 prints it."
  }
}

variable "researcher_function" {
  description = "The function that does research when a user asks for it: output of part 4; empty: the site does not offer it."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{0,64}$", var.researcher_function))
    error_message = "researcher_function is the name of a function, no ARN."
  }
}

variable "clerk_jwks_url" {
  description = "Where Clerk publishes the keys of its tokens, such as https://<instance>.clerk.accounts.dev/.well-known/jwks.json."
  type        = string

  validation {
    condition     = can(regex("^https://[^/]+/.+$", var.clerk_jwks_url))
    error_message = "clerk_jwks_url is an https address with a path."
  }
}

variable "clerk_issuer" {
  description = "Whose tokens are accepted, such as https://<instance>.clerk.accounts.dev, as it stands in the token: without a slash at the end."
  type        = string

  validation {
    condition     = can(regex("^https://[^/]+$", var.clerk_issuer))
    error_message = "clerk_issuer is https:// and a host, without a slash at the end."
  }
}

variable "cors_origins" {
  description = "Further sites whose pages may call the API, such as http://localhost:8000; the site itself always may."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for origin in var.cors_origins : can(regex("^https?://[^/*]+$", origin))])
    error_message = "An origin is http:// or https://, a host and perhaps a port; no path and no *."
  }
}

variable "edge" {
  description = "The folder the build of the web app writes beside the site: site.json with its rules and headers, and the CloudFront functions."
  type        = string
  default     = "../../frontend/edge"
}

variable "domain_name" {
  description = "A name of your own for the site; null: CloudFront's. Its DNS record is yours to make."
  type        = string
  default     = null
}

variable "certificate_arn" {
  description = "A certificate for domain_name, in us-east-1, where CloudFront looks for it."
  type        = string
  default     = null

  validation {
    condition     = (var.certificate_arn == null) == (var.domain_name == null)
    error_message = "domain_name and certificate_arn go together."
  }
}

variable "web_acl_arn" {
  description = "A firewall before the site: output of part 8; empty: none."
  type        = string
  default     = ""
}

variable "price_class" {
  description = "Where CloudFront answers: PriceClass_100 (Europe and North America), PriceClass_200 or PriceClass_All."
  type        = string
  default     = "PriceClass_100"

  validation {
    condition     = contains(["PriceClass_100", "PriceClass_200", "PriceClass_All"], var.price_class)
    error_message = "price_class is PriceClass_100, PriceClass_200 or PriceClass_All."
  }
}

variable "rate_per_second" {
  description = "How many requests a second the API takes over time, from everybody together."
  type        = number
  default     = 100
}

variable "burst" {
  description = "How many requests the API takes at once."
  type        = number
  default     = 200
}
