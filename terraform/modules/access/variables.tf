variable "aws_region" {
  description = "Where the function runs."
  type        = string
}

variable "bedrock_model_id" {
  description = "A model such as amazon.nova-pro-v1:0, or an inference profile such as us.amazon.nova-pro-v1:0; empty where no model is used."
  type        = string
  default     = ""

  validation {
    condition     = !startswith(var.bedrock_model_id, "arn:")
    error_message = "bedrock_model_id is an id, no ARN."
  }
}

variable "bedrock_region" {
  description = "Where Bedrock is called; empty: where the function runs."
  type        = string
  default     = ""
}

variable "bedrock_profile_regions" {
  description = "Beginning of an inference profile's id -> the regions it may route to. Bedrock checks the right to the model in the region that answers, so all have to be named. An empty region is Bedrock's way to write \"any region\" for global profiles."
  type        = map(list(string))
  default = {
    us     = ["us-east-1", "us-east-2", "us-west-1", "us-west-2"]
    eu     = ["eu-central-1", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-3"]
    apac   = ["ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-south-2", "ap-southeast-1", "ap-southeast-2", "ap-southeast-4"]
    global = [""]
  }
  nullable = false
}

variable "aurora_cluster_arn" {
  description = "The database's cluster; empty where no database is used."
  type        = string
  default     = ""
}

variable "aurora_secret_arn" {
  description = "The secret with which the Data API signs in to the database."
  type        = string
  default     = ""
}

variable "vector_bucket" {
  description = "The S3 vector bucket of the knowledge base; empty where there is none."
  type        = string
  default     = ""
}

variable "vector_index" {
  description = "The index of the knowledge base."
  type        = string
  default     = ""
}

variable "sagemaker_endpoint" {
  description = "The endpoint that embeds texts; empty where functions embed texts themselves."
  type        = string
  default     = ""
}

variable "secret_arns" {
  description = "Further secrets that may be read; empty ones are left out."
  type        = list(string)
  default     = []
}
