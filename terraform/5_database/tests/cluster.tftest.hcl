mock_provider "aws" {
  source = "../modules/mocks"
}

# One run for all that can be seen at once: each run starts the provider anew.
run "safe_and_thrifty_unless_said_otherwise" {
  command = plan

  assert {
    condition     = aws_rds_cluster.aurora.storage_encrypted && aws_rds_cluster.aurora.deletion_protection && !aws_rds_cluster.aurora.skip_final_snapshot
    error_message = "Data can be lost or read."
  }

  assert {
    condition     = aws_rds_cluster.aurora.manage_master_user_password && aws_rds_cluster.aurora.enable_http_endpoint
    error_message = "The password is RDS's, the way in is the Data API."
  }

  assert {
    condition     = !aws_rds_cluster_instance.aurora.publicly_accessible
    error_message = "The database is reachable from the internet."
  }

  assert {
    condition     = aws_rds_cluster.aurora.serverlessv2_scaling_configuration[0].min_capacity == 0 && aws_rds_cluster.aurora.serverlessv2_scaling_configuration[0].seconds_until_auto_pause == 600
    error_message = "An idle cluster goes on costing."
  }
}

run "a_version_that_cannot_pause_is_refused" {
  command = plan

  variables {
    engine_version = "16.2"
  }

  expect_failures = [var.min_capacity]
}

run "less_than_the_least_is_refused" {
  command = plan

  variables {
    min_capacity = 4
    max_capacity = 2
  }

  expect_failures = [var.max_capacity]
}
