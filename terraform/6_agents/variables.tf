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

variable "search_function" {
  description = "The function that searches the knowledge base: output of part 3; empty: none yet, and agents are told so."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{0,64}$", var.search_function))
    error_message = "search_function is the name of a function, no ARN."
  }
}

variable "planner_memory" {
  description = "Memory of the planner in megabytes. It waits most of the time."
  type        = number
  default     = 2048
}

variable "section_memory" {
  description = "Memory of the other agents in megabytes. The retirement study uses all the processor it gets."
  type        = number
  default     = 1024
}

variable "maximum_concurrency" {
  description = "How many analyses run at once; the others wait in the queue. Each may call the model three times at once, so this is what keeps within Bedrock's quota and the budget."
  type        = number
  default     = 5

  validation {
    condition     = var.maximum_concurrency >= 2 && var.maximum_concurrency <= 1000
    error_message = "Lambda takes a maximum_concurrency of 2 to 1000."
  }
}

variable "sweep_schedule" {
  description = "How often the planner looks for jobs that were forgotten. Each look wakes a sleeping database, which then stays awake for its seconds_until_auto_pause: rate(5 minutes) would never let it sleep."
  type        = string
  default     = "rate(1 hour)"
}

variable "alarm_topic_arn" {
  description = "Where the alarms of the dead-letter queue go: output of part 8; empty: they are only shown in the console."
  type        = string
  default     = ""
}

variable "polygon_api_key" {
  description = "Polygon's key. It goes to Secrets Manager and nowhere else; set it as TF_VAR_polygon_api_key rather than in a file."
  type        = string
  default     = null
  sensitive   = true
  ephemeral   = true
}

variable "polygon_key_version" {
  description = "0: no market prices. Otherwise count it up to have polygon_api_key written: Terraform does not keep the key, so it cannot see by itself that it changed."
  type        = number
  default     = 0

  validation {
    condition     = var.polygon_key_version >= 0 && floor(var.polygon_key_version) == var.polygon_key_version
    error_message = "polygon_key_version is 0, 1, 2, ..."
  }
}

variable "polygon_plan" {
  description = "The plan of the key: free (prices of the last close, five calls a minute) or paid."
  type        = string
  default     = "free"

  validation {
    condition     = contains(["free", "paid"], var.polygon_plan)
    error_message = "polygon_plan is free or paid."
  }
}

variable "langfuse_public_key" {
  description = "LangFuse's public key; as polygon_api_key."
  type        = string
  default     = null
  sensitive   = true
  ephemeral   = true
}

variable "langfuse_secret_key" {
  description = "LangFuse's secret key; as polygon_api_key."
  type        = string
  default     = null
  sensitive   = true
  ephemeral   = true
}

variable "langfuse_host" {
  description = "Where LangFuse answers."
  type        = string
  default     = "https://us.cloud.langfuse.com"

  validation {
    condition     = startswith(var.langfuse_host, "https://")
    error_message = "langfuse_host begins with https://."
  }
}

variable "langfuse_key_version" {
  description = "0: no traces. Otherwise count it up to have LangFuse's keys written."
  type        = number
  default     = 0

  validation {
    condition     = var.langfuse_key_version >= 0 && floor(var.langfuse_key_version) == var.langfuse_key_version
    error_message = "langfuse_key_version is 0, 1, 2, ..."
  }
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
