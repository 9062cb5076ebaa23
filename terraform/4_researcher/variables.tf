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

variable "bedrock_model_id" {
  description = "The model or inference profile that writes: from part 1, where access to it was asked for."
  type        = string
  default     = "us.amazon.nova-pro-v1:0"

  validation {
    condition     = can(regex("^[a-z0-9-]+\\.[A-Za-z0-9.:_-]+$", var.bedrock_model_id))
    error_message = "bedrock_model_id is an id such as us.amazon.nova-pro-v1:0, no ARN."
  }
}

variable "bedrock_region" {
  description = "Where Bedrock is called; a profile routes from there to its other regions."
  type        = string
  default     = "us-west-2"
}

variable "bedrock_profile_regions" {
  description = "Beginning of a profile's id -> regions it may route to, when AWS has added some; null: those known to modules/access."
  type        = map(list(string))
  default     = null
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

variable "ingest_function" {
  description = "The function that ingests what was found: output of part 3."
  type        = string
  default     = "alex-ingest"

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,64}$", var.ingest_function))
    error_message = "ingest_function is the name of a function, no ARN."
  }
}

variable "research_hosts" {
  description = "Hosts whose pages may be read, each with the hosts below it."
  type        = list(string)
  default     = ["finance.yahoo.com", "marketwatch.com", "sec.gov", "federalreserve.gov", "bls.gov", "ecb.europa.eu"]

  validation {
    condition     = length(var.research_hosts) > 0 && alltrue([for host in var.research_hosts : can(regex("^[a-z0-9-]+(\\.[a-z0-9-]+)+$", host))])
    error_message = "research_hosts are names with a dot, such as sec.gov."
  }
}

variable "researcher_mcp_url" {
  description = "An MCP server whose tools the researcher may use, such as a browser; empty: only its own tools."
  type        = string
  default     = ""

  validation {
    condition     = var.researcher_mcp_url == "" || startswith(var.researcher_mcp_url, "https://")
    error_message = "researcher_mcp_url begins with https://."
  }
}

variable "traces_secret_arn" {
  description = "The secret with LangFuse's keys: output of part 6; empty: no traces are sent."
  type        = string
  default     = ""
}

variable "environment" {
  description = "Further variables of the function, as in .env.example. No secrets."
  type        = map(string)
  default     = {}
}

variable "memory" {
  description = "Memory of the function in megabytes."
  type        = number
  default     = 1024
}

variable "schedule_enabled" {
  description = "Whether research is done on a schedule. Every run costs tokens."
  type        = bool
  default     = false
}

variable "schedule" {
  description = "How often research is done when the schedule is enabled."
  type        = string
  default     = "rate(2 hours)"

  validation {
    condition     = can(regex("^(rate|cron)\\(.+\\)$", var.schedule))
    error_message = "schedule is rate(...) or cron(...)."
  }
}
