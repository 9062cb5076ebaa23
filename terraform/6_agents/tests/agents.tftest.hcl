mock_provider "aws" {
  source = "../modules/mocks"
}

variables {
  lambda_runtime     = "provided.al2023"
  aurora_cluster_arn = "arn:aws:rds:us-east-1:123456789012:cluster:alex-aurora-cluster"
  aurora_secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:rds!cluster-example"
}

run "without_keys_there_are_no_secrets" {
  command = plan

  assert {
    condition     = length(aws_secretsmanager_secret.market) == 0 && length(aws_secretsmanager_secret.traces) == 0
    error_message = "A secret is paid for that holds nothing."
  }

  assert {
    condition     = output.market_secret_arn == "" && output.traces_secret_arn == ""
    error_message = "A function would look for a secret that is not there."
  }
}

run "keys_make_secrets_and_queues_are_tied_together" {
  variables {
    polygon_key_version  = 1
    polygon_api_key      = "key"
    langfuse_key_version = 1
    langfuse_public_key  = "public"
    langfuse_secret_key  = "secret"
  }

  assert {
    condition     = output.market_secret_arn != "" && output.traces_secret_arn != ""
    error_message = "The keys have no secret."
  }

  assert {
    condition     = jsondecode(aws_sqs_queue_redrive_allow_policy.dead_letters.redrive_allow_policy).redrivePermission == "byQueue"
    error_message = "Any queue may fill the dead-letter queue."
  }

  assert {
    condition     = jsondecode(aws_sqs_queue.jobs.redrive_policy).maxReceiveCount == 3
    error_message = "An analysis is tried three times."
  }

  assert {
    condition     = alltrue([for mapping in aws_lambda_event_source_mapping.queue : mapping.function_response_types == toset(["ReportBatchItemFailures"]) && mapping.batch_size == 1])
    error_message = "One failure would bring a whole batch back."
  }
}

run "one_at_a_time_is_refused" {
  command = plan

  variables {
    maximum_concurrency = 1
  }

  expect_failures = [var.maximum_concurrency]
}
