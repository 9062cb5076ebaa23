# The database: Aurora PostgreSQL, serverless, reached over the Data API only.

resource "aws_rds_cluster" "aurora" {
  #checkov:skip=CKV_AWS_327:RDS's own key encrypts the storage; a customer key would add a cost and a way to lose the data
  #checkov:skip=CKV_AWS_162:The Data API signs in with the managed secret; a second way in is not wanted
  #checkov:skip=CKV2_AWS_27:Logging every statement would put households' figures into a log; errors and slow starts are logged
  #checkov:skip=CKV2_AWS_8:Aurora's own continuous backups restore to any second of backup_retention_days; a backup plan would keep copies of the same
  #checkov:skip=CKV_AWS_139:deletion_protection is a variable, true unless said otherwise, because a course has to be cleaned up
  cluster_identifier = "alex-aurora-cluster"
  engine             = "aurora-postgresql"
  engine_mode        = "provisioned"
  engine_version     = var.engine_version
  database_name      = var.aurora_database

  # RDS makes the password, keeps it in Secrets Manager and changes it every week; Terraform never sees it.
  master_username             = "alexadmin"
  manage_master_user_password = true

  enable_http_endpoint   = true
  db_subnet_group_name   = aws_db_subnet_group.aurora.name
  vpc_security_group_ids = [aws_security_group.aurora.id]

  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.aurora.name
  enabled_cloudwatch_logs_exports = ["postgresql"]

  storage_encrypted     = true
  deletion_protection   = var.deletion_protection
  copy_tags_to_snapshot = true

  backup_retention_period      = var.backup_retention_days
  preferred_backup_window      = "03:00-04:00"
  preferred_maintenance_window = "sun:04:00-sun:05:00"
  skip_final_snapshot          = var.skip_final_snapshot
  # Unique for each cluster, so that a second destroy does not meet the snapshot of the first.
  final_snapshot_identifier = "alex-aurora-final-${formatdate("YYYYMMDD-hhmmss", plantimestamp())}"

  apply_immediately = true

  serverlessv2_scaling_configuration {
    min_capacity             = var.min_capacity
    max_capacity             = var.max_capacity
    seconds_until_auto_pause = var.min_capacity == 0 ? var.seconds_until_auto_pause : null
  }

  # RDS would make it itself, to be kept for ever.
  depends_on = [aws_cloudwatch_log_group.postgresql]

  lifecycle {
    ignore_changes = [final_snapshot_identifier]
  }
}

resource "aws_rds_cluster_instance" "aurora" {
  #checkov:skip=CKV_AWS_118:Enhanced monitoring wants a role and writes a log all day; Performance Insights says what matters
  #checkov:skip=CKV_AWS_226:Minor versions move when engine_version does: after an upgrade behind Terraform's back the next plan would be a downgrade, which RDS refuses; patches of the version are applied anyway
  #checkov:skip=CKV_AWS_354:RDS's own key encrypts Performance Insights; they hold statements without their values
  identifier           = "alex-aurora-instance-1"
  cluster_identifier   = aws_rds_cluster.aurora.id
  engine               = aws_rds_cluster.aurora.engine
  engine_version       = aws_rds_cluster.aurora.engine_version
  instance_class       = "db.serverless"
  db_subnet_group_name = aws_db_subnet_group.aurora.name
  publicly_accessible  = false

  auto_minor_version_upgrade = false
  copy_tags_to_snapshot      = true

  # Seven days of them are free.
  performance_insights_enabled          = true
  performance_insights_retention_period = 7
}

resource "aws_rds_cluster_parameter_group" "aurora" {
  name_prefix = "alex-aurora-"
  family      = "aurora-postgresql${split(".", var.engine_version)[0]}"
  description = "Alex: encrypted connections only"

  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_cloudwatch_log_group" "postgresql" {
  #checkov:skip=CKV_AWS_158:PostgreSQL logs no values; CloudWatch encrypts with its own key
  #checkov:skip=CKV_AWS_338:A year of logs is a cost without a reader; log_retention_days lengthens it
  name              = "/aws/rds/cluster/alex-aurora-cluster/postgresql"
  retention_in_days = var.log_retention_days
}
