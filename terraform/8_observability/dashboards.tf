# Two dashboards of five widgets each: what the models do, what the functions do.

locals {
  bedrock = { view = "timeSeries", stacked = false, region = var.bedrock_region, period = 300 }
  here    = { view = "timeSeries", stacked = false, region = var.aws_region, period = 300 }

  # A colour per agent, the same everywhere.
  colours = {
    planner    = "#1f77b4"
    reporter   = "#2ca02c"
    charter    = "#ff7f0e"
    retirement = "#d62728"
    tagger     = "#9467bd"
  }

  models = [
    merge(local.bedrock, {
      title = "Bedrock: calls and failures"
      stat  = "Sum"
      metrics = [
        for metric in ["Invocations", "InvocationClientErrors", "InvocationServerErrors"] :
        ["AWS/Bedrock", metric, "ModelId", var.bedrock_model_id]
      ]
    }),
    merge(local.bedrock, {
      title   = "Bedrock: tokens"
      stat    = "Sum"
      stacked = true
      metrics = [
        for metric in ["InputTokenCount", "OutputTokenCount"] :
        ["AWS/Bedrock", metric, "ModelId", var.bedrock_model_id]
      ]
    }),
    merge(local.bedrock, {
      title = "Bedrock: latency (ms)"
      stat  = "Average"
      metrics = [
        for statistic in ["Average", "Maximum", "Minimum"] :
        ["AWS/Bedrock", "InvocationLatency", "ModelId", var.bedrock_model_id, { stat = statistic, label = statistic }]
      ]
    }),
    merge(local.here, {
      title = "Embeddings: calls and failures"
      stat  = "Sum"
      # Searched for, because a serverless endpoint's metrics come with the name of its variant.
      metrics = [
        for id, metric in { calls = "Invocations", client = "Invocation4XXErrors", server = "Invocation5XXErrors" } :
        [{ id = id, label = metric, expression = "SEARCH('{AWS/SageMaker,EndpointName,VariantName} MetricName=\"${metric}\" EndpointName=\"${var.sagemaker_endpoint}\"', 'Sum', 300)" }]
      ]
    }),
    merge(local.here, {
      title = "Embeddings: latency (us)"
      stat  = "Average"
      metrics = [
        for statistic in ["Average", "Maximum", "Minimum"] :
        [{ id = lower(statistic), label = statistic, expression = "SEARCH('{AWS/SageMaker,EndpointName,VariantName} MetricName=\"ModelLatency\" EndpointName=\"${var.sagemaker_endpoint}\"', '${statistic}', 300)" }]
      ]
    }),
  ]

  agents = [
    for widget in [
      { title = "Agents: duration (ms)", metric = "Duration", stat = "Average" },
      { title = "Agents: errors", metric = "Errors", stat = "Sum" },
      { title = "Agents: invocations", metric = "Invocations", stat = "Sum" },
      { title = "Agents: at once", metric = "ConcurrentExecutions", stat = "Maximum" },
      { title = "Agents: throttles", metric = "Throttles", stat = "Sum" },
      ] : merge(local.here, {
        title = widget.title
        stat  = widget.stat
        metrics = [
          for agent, colour in local.colours :
          ["AWS/Lambda", widget.metric, "FunctionName", "alex-${agent}", { label = agent, color = colour }]
        ]
    })
  ]

  dashboards = { "alex-ai-model-usage" = local.models, "alex-agent-performance" = local.agents }
}

resource "aws_cloudwatch_dashboard" "alex" {
  for_each = local.dashboards

  dashboard_name = each.key
  dashboard_body = jsonencode({
    widgets = [
      for index, properties in each.value : {
        type = "metric", width = 12, height = 6, x = 12 * (index % 2), y = 6 * floor(index / 2), properties = properties
      }
    ]
  })
}
