output "model" {
  description = "Calling the model, by itself or through the inference profile."
  value = var.bedrock_model_id == "" ? [] : concat(
    local.is_profile ? [{
      sid = "Profile", actions = local.model_actions, resources = [local.profile_arn], conditions = []
    }] : [],
    [{
      sid       = "Model"
      actions   = local.model_actions
      resources = local.model_arns
      # The models behind a profile are for calls through the profile only.
      conditions = local.is_profile ? [{
        test = "StringEquals", variable = "bedrock:InferenceProfileArn", values = [local.profile_arn]
      }] : []
    }]
  )
}

output "database" {
  description = "SQL over the Data API, in transactions too, signed in with the secret."
  value = var.aurora_cluster_arn == "" ? [] : [
    {
      sid = "Database"
      actions = [
        "rds-data:BatchExecuteStatement", "rds-data:BeginTransaction", "rds-data:CommitTransaction",
        "rds-data:ExecuteStatement", "rds-data:RollbackTransaction",
      ]
      resources = [var.aurora_cluster_arn], conditions = []
    },
    {
      sid = "DatabaseLogin", actions = ["secretsmanager:GetSecretValue"], resources = [var.aurora_secret_arn], conditions = []
    },
  ]
}

output "embedding" {
  description = "Turning texts into vectors at the endpoint."
  value = var.sagemaker_endpoint == "" ? [] : [{
    sid = "Embedding", actions = ["sagemaker:InvokeEndpoint"], resources = [local.endpoint_arn], conditions = []
  }]
}

output "search" {
  description = "Searching the knowledge base. S3 Vectors wants GetVectors too as soon as metadata is asked for."
  value = var.vector_bucket == "" ? [] : [{
    sid = "Search", actions = ["s3vectors:QueryVectors", "s3vectors:GetVectors"], resources = [local.index_arn], conditions = []
  }]
}

output "ingest" {
  description = "Writing into the knowledge base, and looking whether a document is there already."
  value = var.vector_bucket == "" ? [] : [{
    sid = "Ingest", actions = ["s3vectors:PutVectors", "s3vectors:GetVectors"], resources = [local.index_arn], conditions = []
  }]
}

output "secrets" {
  description = "Reading the further secrets."
  value = length(local.secret_arns) == 0 ? [] : [{
    sid = "Secrets", actions = ["secretsmanager:GetSecretValue"], resources = local.secret_arns, conditions = []
  }]
}
