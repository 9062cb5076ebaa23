"""The policies of guides/policies: readable, narrow, small enough, and about what the parts are made of."""

import json
import re

import pytest

from facts import AWS
from pages import ROOT

POLICIES = sorted((ROOT / "guides/policies").glob("*.json"))
every_policy = pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)

# Of a managed policy, without blanks. Source: IAM's quotas.
MOST_CHARACTERS = 6144

# Operations that know no resource, or whose resource has no name yet; with a condition where there is one.
WITHOUT_RESOURCE = {
    "bedrock:GetInferenceProfile", "bedrock:ListFoundationModels", "bedrock:ListInferenceProfiles",
    "budgets:ViewBudget", "ce:GetCostAndUsage", "ce:GetCostForecast", "cloudwatch:DescribeAlarms",
    "cloudwatch:GetMetricData", "cloudwatch:GetMetricStatistics", "cloudwatch:ListDashboards",
    "cloudwatch:ListMetrics", "ec2:DescribeAvailabilityZones", "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeRouteTables", "ec2:DescribeSecurityGroupRules", "ec2:DescribeSecurityGroups",
    "ec2:DescribeSubnets", "ec2:DescribeVpcAttribute", "ec2:DescribeVpcs", "kms:CreateKey",
    "kms:TagResource", "lambda:CreateEventSourceMapping", "lambda:DeleteEventSourceMapping",
    "lambda:GetEventSourceMapping", "lambda:ListEventSourceMappings", "lambda:UpdateEventSourceMapping",
    "logs:CreateLogDelivery", "logs:DeleteLogDelivery", "logs:DescribeLogGroups",
    "logs:DescribeResourcePolicies", "logs:GetLogDelivery", "logs:ListLogDeliveries",
    "logs:PutResourcePolicy", "logs:UpdateLogDelivery", "rds:DescribeDBEngineVersions",
    "rds:DescribeDBInstances", "rds:DescribeGlobalClusters", "sagemaker:ListEndpoints",
    "servicequotas:GetServiceQuota", "servicequotas:ListServiceQuotas", "tag:GetResources",
    "xray:BatchGetTraces", "xray:GetServiceGraph", "xray:GetTraceSummaries",
}
# These change something, so a condition has to narrow them.
WITH_CONDITION = {
    "kms:CreateKey", "kms:TagResource", "lambda:CreateEventSourceMapping",
    "lambda:DeleteEventSourceMapping", "lambda:UpdateEventSourceMapping",
}
# IAM's prefix -> the service's models.
SERVICES = {
    "apigateway": [], "bedrock": ["bedrock", "bedrock-runtime"], "budgets": ["budgets"], "ce": ["ce"],
    "sagemaker": ["sagemaker", "sagemaker-runtime"], "servicequotas": ["service-quotas"],
    "tag": ["resourcegroupstaggingapi"],
}
# Rights that are no operations of a service.
OWN_NAMES = {
    "budgets:ModifyBudget", "budgets:ViewBudget", "iam:PassRole", "lambda:InvokeFunction",
    "logs:CreateLogDelivery", "logs:GetLogDelivery", "logs:ListLogDeliveries", "logs:UpdateLogDelivery",
    "logs:DeleteLogDelivery", "s3:DeleteObjectVersion", "s3:GetAccelerateConfiguration",
    "s3:GetBucket*", "s3:GetEncryptionConfiguration", "s3:GetLifecycleConfiguration",
    "s3:GetReplicationConfiguration", "s3:ListBucket", "s3:ListBucketVersions",
    "s3:PutBucketPublicAccessBlock", "s3:PutEncryptionConfiguration", "s3:PutLifecycleConfiguration",
}
# Beginning of a resource's type -> IAM's prefix; the first that fits.
RESOURCES = {
    "aws_api": "apigateway", "aws_budgets": "budgets", "aws_cloudfront": "cloudfront",
    "aws_cloudwatch_log": "logs", "aws_cloudwatch": "cloudwatch", "aws_db": "rds", "aws_iam": "iam",
    "aws_kms": "kms", "aws_lambda": "lambda", "aws_rds": "rds", "aws_s3": "s3", "aws_sagemaker": "sagemaker",
    "aws_scheduler": "scheduler", "aws_secretsmanager": "secretsmanager", "aws_security_group": "ec2",
    "aws_sns": "sns", "aws_sqs": "sqs", "aws_wafv2": "wafv2",
}


def statements(path):
    return json.loads(path.read_text())["Statement"]


def actions(path):
    return [action for statement in statements(path) for action in statement["Action"]]


@every_policy
def test_it_is_a_policy(path):
    policy = json.loads(path.read_text())
    assert set(policy) == {"Version", "Statement"} and policy["Version"] == "2012-10-17"
    assert len(json.dumps(policy, separators=(",", ":"))) <= MOST_CHARACTERS
    names = [statement["Sid"] for statement in policy["Statement"]]
    assert len(names) == len(set(names)) and all(re.fullmatch("[A-Za-z0-9]+", name) for name in names)
    for statement in policy["Statement"]:
        assert statement["Effect"] == "Allow"
        assert set(statement) <= {"Sid", "Effect", "Action", "Resource", "Condition"}


@every_policy
def test_it_names_what_may_be_done(path):
    for action in actions(path):
        service, name = action.split(":")
        is_verb = service == "apigateway" and name in ("GET", "POST", "PUT", "PATCH", "DELETE")
        if is_verb or action in OWN_NAMES:
            continue
        assert "*" not in action, f"{action} is no single operation"
        models = SERVICES.get(service, [service])
        known = {operation for model in models for operation in AWS.model(model).operation_names}
        assert name in known, f"{action}: {', '.join(models)} has no such operation"


@every_policy
def test_it_names_to_what(path):
    for statement in statements(path):
        for resource in statement["Resource"]:
            if resource == "*":
                for action in statement["Action"]:
                    assert action in WITHOUT_RESOURCE, f"{action} on everything, without a reason"
                    is_narrow = action not in WITH_CONDITION or "Condition" in statement
                    assert is_narrow, f"{action} without a condition"
            else:
                assert resource.startswith("arn:aws:") and len(resource.split(":")) >= 6, resource


@every_policy
def test_it_is_about_what_the_part_is_made_of(path, facts):
    if path.stem == "1_permissions":
        pytest.skip("it is about the person, not about a part")
    part = facts.parts[path.stem]
    types = {type for type, _ in part.resources}
    for module in part.modules:
        text = "\n".join(file.read_text() for file in (ROOT / f"terraform/modules/{module}").glob("*.tf"))
        types |= set(re.findall(r'^resource "(\w+)"', text, re.M))
    allowed = {action.split(":")[0] for action in actions(path)}
    for type in sorted(types):
        service = next((service for start, service in RESOURCES.items() if type.startswith(start)), None)
        assert service, f"{type} belongs to no service that is known here"
        assert service in allowed, f"{path.stem} makes {type}, and its policy allows nothing of {service}"


@every_policy
def test_roles_are_handed_to_known_services_only(path):
    for statement in statements(path):
        if "iam:PassRole" in statement["Action"]:
            assert "iam:PassedToService" in statement["Condition"]["StringEquals"]
            assert all(":role/alex-" in resource for resource in statement["Resource"])


def test_every_part_has_one(facts):
    assert {path.stem for path in POLICIES} == set(facts.parts) | {"1_permissions"}
