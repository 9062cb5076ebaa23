variable "aws_region" {
  description = "The region of this part; the same for all parts."
  type        = string
  default     = "us-east-1"

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.aws_region))
    error_message = "aws_region is a region such as us-east-1."
  }
}

variable "engine_version" {
  description = "Aurora PostgreSQL's version. 17.7 and 16.8 have long-term support. min_capacity 0 needs 13.15, 14.12, 15.7, 16.3 or newer; the Data API 13.11, 14.8, 15.3, 16.1, 17.4 or newer."
  type        = string
  default     = "17.7"

  validation {
    condition     = can(regex("^[0-9]+\\.[0-9]+$", var.engine_version))
    error_message = "engine_version is a major and a minor version, such as 17.7."
  }
}

variable "min_capacity" {
  description = "Capacity units when idle. 0: the cluster pauses and costs only its storage; the first question after a pause waits some 15 seconds."
  type        = number
  default     = 0

  validation {
    condition     = var.min_capacity >= 0 && var.min_capacity <= 256 && floor(var.min_capacity * 2) == var.min_capacity * 2
    error_message = "min_capacity is 0 to 256 in steps of 0.5."
  }

  validation {
    condition = var.min_capacity > 0 || tonumber(split(".", var.engine_version)[1]) >= lookup(
      { "13" = 15, "14" = 12, "15" = 7, "16" = 3 }, split(".", var.engine_version)[0], 0
    )
    error_message = "min_capacity 0 needs Aurora PostgreSQL 13.15, 14.12, 15.7, 16.3 or newer; take a newer engine_version or min_capacity 0.5."
  }
}

variable "max_capacity" {
  description = "Capacity units under load; one is about 2 GiB of memory with its processor."
  type        = number
  default     = 2

  validation {
    condition     = var.max_capacity >= 1 && var.max_capacity <= 256 && var.max_capacity >= var.min_capacity
    error_message = "max_capacity is 1 to 256 and not below min_capacity."
  }
}

variable "seconds_until_auto_pause" {
  description = "How long nobody may ask before the cluster pauses, where min_capacity is 0."
  type        = number
  default     = 600

  validation {
    condition     = var.seconds_until_auto_pause >= 300 && var.seconds_until_auto_pause <= 86400
    error_message = "Aurora pauses after 300 to 86400 seconds."
  }
}

variable "aurora_database" {
  description = "The database in the cluster."
  type        = string
  default     = "alex"

  validation {
    condition     = can(regex("^[a-z][a-z0-9_]{0,62}$", var.aurora_database))
    error_message = "aurora_database begins with a letter and has small letters, digits and _."
  }
}

variable "deletion_protection" {
  description = "Whether AWS refuses to delete the cluster. Set it to false and apply before a destroy."
  type        = bool
  default     = true
}

variable "skip_final_snapshot" {
  description = "Whether a destroy leaves nothing behind. A snapshot costs a few cents a month and brings the data back."
  type        = bool
  default     = false
}

variable "backup_retention_days" {
  description = "How many days back the database can be restored to any second."
  type        = number
  default     = 7

  validation {
    condition     = var.backup_retention_days >= 1 && var.backup_retention_days <= 35
    error_message = "Aurora keeps backups for 1 to 35 days."
  }
}

variable "log_retention_days" {
  description = "How long CloudWatch keeps PostgreSQL's log."
  type        = number
  default     = 30
}
