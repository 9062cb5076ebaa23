mock_provider "aws" {
  source = "../mocks"
}

variables {
  aws_region       = "us-east-1"
  bedrock_region   = "us-west-2"
  bedrock_model_id = "us.amazon.nova-pro-v1:0"
}

run "a_profile_and_its_regions" {
  command = plan

  assert {
    condition     = tolist(output.model[0].resources) == tolist(["arn:aws:bedrock:us-west-2:123456789012:inference-profile/us.amazon.nova-pro-v1:0"])
    error_message = "The profile is named where it is called."
  }

  assert {
    condition     = toset(output.model[1].resources) == toset([for region in ["us-east-1", "us-east-2", "us-west-1", "us-west-2"] : "arn:aws:bedrock:${region}::foundation-model/amazon.nova-pro-v1:0"])
    error_message = "The model is named in each region the profile routes to."
  }

  assert {
    condition     = output.model[1].conditions[0].variable == "bedrock:InferenceProfileArn"
    error_message = "The models are for calls through the profile only."
  }

  assert {
    condition     = length(output.database) == 0 && length(output.search) == 0 && length(output.secrets) == 0
    error_message = "What is not named gives no rights."
  }
}

run "a_model_without_a_profile_is_in_one_region" {
  command = plan

  variables {
    bedrock_model_id = "amazon.nova-pro-v1:0"
  }

  assert {
    condition     = length(output.model) == 1 && tolist(output.model[0].resources) == tolist(["arn:aws:bedrock:us-west-2::foundation-model/amazon.nova-pro-v1:0"])
    error_message = "One model, one region, no condition."
  }
}

run "regions_can_be_added" {
  command = plan

  variables {
    bedrock_model_id        = "eu.amazon.nova-pro-v1:0"
    bedrock_region          = "eu-west-1"
    bedrock_profile_regions = { eu = ["eu-west-1", "eu-north-1"] }
  }

  assert {
    condition     = length(output.model[1].resources) == 2
    error_message = "The regions given are the regions used."
  }
}

run "a_global_profile_may_answer_anywhere" {
  command = plan

  variables {
    bedrock_model_id = "global.anthropic.claude-sonnet-4-5-20250929-v1:0"
  }

  assert {
    condition     = contains(output.model[1].resources, "arn:aws:bedrock:::foundation-model/anthropic.claude-sonnet-4-5-20250929-v1:0")
    error_message = "A global profile's model has no region."
  }
}
