mock_provider "aws" {
  source = "../modules/mocks"
}

run "a_serverless_endpoint" {
  command = plan

  assert {
    condition     = aws_sagemaker_endpoint_configuration.embedding.production_variants[0].serverless_config[0].memory_size_in_mb == 3072
    error_message = "The endpoint has 3072 MB."
  }

  assert {
    condition     = aws_sagemaker_model.embedding.primary_container[0].environment["HF_TASK"] == "feature-extraction"
    error_message = "The container turns texts into vectors."
  }
}

run "a_model_of_ones_own_needs_no_network" {
  command = plan

  variables {
    model_data_url = "s3://models/model.tar.gz"
  }

  assert {
    condition     = aws_sagemaker_model.embedding.enable_network_isolation && !contains(keys(aws_sagemaker_model.embedding.primary_container[0].environment), "HF_MODEL_ID")
    error_message = "The container fetches a model although it has one."
  }
}

run "an_impossible_memory_is_refused" {
  command = plan

  variables {
    memory = 3000
  }

  expect_failures = [var.memory]
}
