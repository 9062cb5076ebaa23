data "aws_caller_identity" "current" {}

module "access" {
  source = "../modules/access"

  aws_region              = var.aws_region
  bedrock_model_id        = var.bedrock_model_id
  bedrock_region          = var.bedrock_region
  bedrock_profile_regions = var.bedrock_profile_regions
  aurora_cluster_arn      = var.aurora_cluster_arn
  aurora_secret_arn       = var.aurora_secret_arn
  secret_arns             = aws_secretsmanager_secret.traces[*].arn
}

locals {
  environment = {
    AURORA_CLUSTER_ARN    = var.aurora_cluster_arn
    AURORA_SECRET_ARN     = var.aurora_secret_arn
    AURORA_DATABASE       = var.aurora_database
    BEDROCK_MODEL_ID      = var.bedrock_model_id
    BEDROCK_REGION        = var.bedrock_region
    PLANNER_LEASE_SECONDS = tostring(local.planner_lease)
    SECTION_LEASE_SECONDS = tostring(local.section_lease)
    TRACES_SECRET_ARN     = one(aws_secretsmanager_secret.traces[*].arn)
  }
  research_environment = { SEARCH_FUNCTION = var.search_function }

  base = concat(module.access.model, module.access.database, module.access.secrets)
  # Questions to the knowledge base are embedded in one place: the function of part 3.
  research = [
    for name in compact([var.search_function]) : {
      sid        = "Search"
      actions    = ["lambda:InvokeFunction"]
      resources  = ["arn:aws:lambda:${var.aws_region}:${data.aws_caller_identity.current.account_id}:function:${name}"]
      conditions = []
    }
  ]

  # The functions the planner calls. What each may do beyond the model and the database is its own.
  sections = {
    tagger = {
      package     = "Tagger"
      description = "Classifies instruments that nobody has classified yet"
      environment = {}, statements = []
    }
    reporter = {
      package     = "Reporter"
      description = "Writes the report of an analysis"
      environment = local.research_environment, statements = local.research
    }
    charter = {
      package     = "Charter"
      description = "Chooses and words the charts of an analysis"
      environment = {}, statements = []
    }
    retirement = {
      package     = "Retirement"
      description = "Projects a household's retirement"
      environment = {}, statements = []
    }
  }
}

module "section" {
  source   = "../modules/function"
  for_each = local.sections

  name        = "alex-${each.key}"
  description = each.value.description
  package     = "${var.packages}/${each.value.package}.zip"
  memory      = var.section_memory
  timeout     = local.section_timeout
  environment = merge(local.environment, each.value.environment)
  statements  = concat(local.base, each.value.statements)

  lambda_runtime     = var.lambda_runtime
  architecture       = var.architecture
  log_retention_days = var.log_retention_days
}

module "planner" {
  source = "../modules/function"

  name        = "alex-planner"
  description = "Runs an analysis: prepares it, calls the agents at once, says what came of it"
  package     = "${var.packages}/Planner.zip"
  memory      = var.planner_memory
  timeout     = local.planner_timeout

  environment = merge(local.environment, local.research_environment, {
    SQS_QUEUE_URL       = aws_sqs_queue.jobs.url
    TAGGER_FUNCTION     = module.section["tagger"].name
    REPORTER_FUNCTION   = module.section["reporter"].name
    CHARTER_FUNCTION    = module.section["charter"].name
    RETIREMENT_FUNCTION = module.section["retirement"].name
    MARKET_SECRET_ARN   = one(aws_secretsmanager_secret.market[*].arn)
    POLYGON_PLAN        = var.polygon_plan
  })

  statements = concat(local.base, local.research, [
    {
      sid        = "Sections"
      actions    = ["lambda:InvokeFunction"]
      resources  = [for section in module.section : section.arn]
      conditions = []
    },
    {
      sid        = "TakeJobs"
      actions    = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes"]
      resources  = [aws_sqs_queue.jobs.arn, aws_sqs_queue.dead_letters.arn]
      conditions = []
    },
    {
      # The sweep sends what was never sent.
      sid        = "SendJobs"
      actions    = ["sqs:SendMessage"]
      resources  = [aws_sqs_queue.jobs.arn]
      conditions = []
    },
    ], [
    for arn in aws_secretsmanager_secret.market[*].arn : {
      sid = "Market", actions = ["secretsmanager:GetSecretValue"], resources = [arn], conditions = []
    }
  ])

  # Without waiting it is started by the sweep only, and the next one comes anyway.
  asynchronous = { retries = 0, maximum_age_seconds = 300 }

  lambda_runtime     = var.lambda_runtime
  architecture       = var.architecture
  log_retention_days = var.log_retention_days
}
