variable "name" {
  description = "The function's name on Lambda, such as alex-planner."
  type        = string

  validation {
    condition     = can(regex("^alex-[a-z]+$", var.name))
    error_message = "A function is called alex- and one word in small letters, as in the commands and guides."
  }
}

variable "description" {
  description = "What the function does, for whoever finds it in the console."
  type        = string
}

variable "package" {
  description = "The zip with the function's bootstrap; scripts/package.swift builds it."
  type        = string
}

variable "memory" {
  description = "Memory in megabytes; Lambda gives processor time in proportion."
  type        = number

  validation {
    condition     = var.memory >= 128 && var.memory <= 10240
    error_message = "Lambda takes 128 to 10240 MB."
  }
}

variable "timeout" {
  description = "Seconds after which Lambda ends an invocation."
  type        = number

  validation {
    condition     = var.timeout >= 1 && var.timeout <= 900
    error_message = "Lambda takes 1 to 900 seconds."
  }
}

variable "environment" {
  description = "The function's environment; empty values are left out. Never a secret: these are readable in the console."
  type        = map(string)
  default     = {}
}

variable "statements" {
  description = "What the function may do besides writing its own log and its traces."
  type = list(object({
    sid       = string
    actions   = list(string)
    resources = list(string)
    conditions = optional(list(object({
      test     = string
      variable = string
      values   = list(string)
    })), [])
  }))
  default = []
}

variable "lambda_runtime" {
  description = "provided.al2 or provided.al2023; the same zip runs on both."
  type        = string
  default     = "provided.al2"

  validation {
    condition     = contains(["provided.al2", "provided.al2023"], var.lambda_runtime)
    error_message = "lambda_runtime is provided.al2 or provided.al2023."
  }
}

variable "architecture" {
  description = "The processor the zip was built for: x86_64 or arm64."
  type        = string
  default     = "x86_64"

  validation {
    condition     = contains(["x86_64", "arm64"], var.architecture)
    error_message = "architecture is x86_64 or arm64."
  }
}

variable "log_retention_days" {
  description = "How long CloudWatch keeps the function's log."
  type        = number
  default     = 30

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731], var.log_retention_days)
    error_message = "CloudWatch Logs knows 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545 and 731 days."
  }
}

variable "reserved_concurrency" {
  description = "How many run at once at most; -1: no limit of its own."
  type        = number
  default     = -1
}

variable "asynchronous" {
  description = "For functions that are invoked without waiting: repetitions after a failure, age at which an event is dropped, and the queue that is told."
  type = object({
    retries             = number
    maximum_age_seconds = number
    failures_queue_arn  = optional(string)
  })
  default = null

  validation {
    condition     = var.asynchronous == null ? true : contains([0, 1, 2], var.asynchronous.retries)
    error_message = "Lambda repeats an asynchronous invocation 0, 1 or 2 times."
  }
}
