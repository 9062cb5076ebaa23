# API Gateway writes the logs of all REST APIs of an account and region with one role.

data "aws_iam_policy_document" "api_gateway_trust" {
  statement {
    sid     = "ApiGatewayWritesLogs"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["apigateway.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "api_gateway" {
  count = var.owns_api_gateway_account ? 1 : 0

  name               = "alex-api-gateway-logs"
  description        = "Lets API Gateway write the logs of REST APIs"
  assume_role_policy = data.aws_iam_policy_document.api_gateway_trust.json
}

# AWS's own policy: API Gateway refuses a role that may write to some groups only.
resource "aws_iam_role_policy_attachment" "api_gateway" {
  count = var.owns_api_gateway_account ? 1 : 0

  role       = aws_iam_role.api_gateway[0].name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs"
}

resource "aws_api_gateway_account" "logs" {
  count = var.owns_api_gateway_account ? 1 : 0

  cloudwatch_role_arn = aws_iam_role.api_gateway[0].arn

  depends_on = [aws_iam_role_policy_attachment.api_gateway]
}
