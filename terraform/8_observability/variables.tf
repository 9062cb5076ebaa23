variable "aws_region" {
  description = "The region of this part; the same for all parts."
  type        = string
  default     = "us-east-1"

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.aws_region))
    error_message = "aws_region is a region such as us-east-1."
  }
}

variable "bedrock_region" {
  description = "Where the agents call Bedrock: as in part 6."
  type        = string
  default     = "us-west-2"
}

variable "bedrock_model_id" {
  description = "The model or profile the agents call: as in part 6. Metrics carry the id that was called."
  type        = string
  default     = "us.amazon.nova-pro-v1:0"
}

variable "sagemaker_endpoint" {
  description = "The endpoint that embeds texts: output of part 2."
  type        = string
  default     = "alex-embedding-endpoint"
}

variable "aurora_cluster_id" {
  description = "The database's cluster: output of part 5."
  type        = string
  default     = "alex-aurora-cluster"
}

variable "dead_letter_queues" {
  description = "Queues in which nothing should lie."
  type        = set(string)
  default     = ["alex-analysis-jobs-dlq", "alex-researcher-dlq"]
}

variable "functions" {
  description = "The functions that are watched: timeout in seconds, and how many errors in five minutes are borne. One that is not deployed raises no alarm."
  type = map(object({
    timeout = number
    errors  = optional(number, 0)
  }))
  default = {
    planner    = { timeout = 900 }
    tagger     = { timeout = 300 }
    reporter   = { timeout = 300 }
    charter    = { timeout = 300 }
    retirement = { timeout = 300 }
    api        = { timeout = 30, errors = 5 }
    ingest     = { timeout = 60 }
    search     = { timeout = 29 }
    researcher = { timeout = 900 }
  }
}

variable "duration_warning" {
  description = "The part of its timeout that a function may take before there is an alarm."
  type        = number
  default     = 0.9

  validation {
    condition     = var.duration_warning > 0 && var.duration_warning <= 1
    error_message = "duration_warning is above 0 and at most 1."
  }
}

variable "concurrency_warning" {
  description = "How many invocations of a function at once raise an alarm. New accounts have ten for all functions together."
  type        = number
  default     = 50
}

variable "capacity_warning" {
  description = "The percentage of the database's max_capacity that raises an alarm when it lasts a quarter of an hour."
  type        = number
  default     = 90
}

variable "alarm_email" {
  description = "Who is told of alarms and of the budget; AWS asks the address first. Empty: nobody, alarms are only shown."
  type        = string
  default     = ""

  validation {
    condition     = var.alarm_email == "" || can(regex("^[^@ ]+@[^@ ]+\\.[^@ ]+$", var.alarm_email))
    error_message = "alarm_email is an e-mail address."
  }
}

variable "budget_usd" {
  description = "What the account should cost a month, in dollars; there is an alarm at half of it, at 80 % and at all of it. 0: no budget."
  type        = number
  default     = 50

  validation {
    condition     = var.budget_usd >= 0
    error_message = "budget_usd is not negative."
  }
}

variable "waf_enabled" {
  description = "Whether there is a firewall for the site. It costs some 10 $ a month; give its web_acl_arn to part 7."
  type        = bool
  default     = false
}

variable "waf_requests_per_address" {
  description = "How many requests in five minutes one address may send."
  type        = number
  default     = 2000

  validation {
    condition     = var.waf_requests_per_address >= 10
    error_message = "AWS takes 10 or more."
  }
}
