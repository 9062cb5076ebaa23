variable "name" {
  description = "The topic's name."
  type        = string
}

variable "email" {
  description = "Who is told; empty: nobody yet."
  type        = string
  default     = ""
}
