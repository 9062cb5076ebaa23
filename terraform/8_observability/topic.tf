module "alarms" {
  source = "../modules/alarm_topic"

  name  = "alex-alarms"
  email = var.alarm_email
}

# An alarm can only tell a topic of its own region.
module "bedrock_alarms" {
  source = "../modules/alarm_topic"
  count  = var.bedrock_region == var.aws_region ? 0 : 1

  providers = { aws = aws.bedrock }

  name  = "alex-bedrock-alarms"
  email = var.alarm_email
}

locals {
  bedrock_topic_arn = try(module.bedrock_alarms[0].arn, module.alarms.arn)
}
