output "alarm_topic_arn" {
  description = "Where alarms go, for part 6."
  value       = module.alarms.arn
}

output "web_acl_arn" {
  description = "The firewall, for part 7; empty without one."
  value       = try(aws_wafv2_web_acl.site[0].arn, "")
}

output "dashboard_urls" {
  description = "The dashboards in the console."
  value = {
    for name in keys(local.dashboards) :
    name => "https://${var.aws_region}.console.aws.amazon.com/cloudwatch/home?region=${var.aws_region}#dashboards:name=${name}"
  }
}
