"""Rights, read out of the plans: what every role may do, down to the regions of a model."""

import json

import pytest

# Actions for which AWS knows no name of what they act on.
nameless = {
    "xray:PutTraceSegments": "segments have no ARN",
    "xray:PutTelemetryRecords": "segments have no ARN",
    "ecr:GetAuthorizationToken": "the token is for the registry as a whole",
    "cloudwatch:PutMetricData": "metrics have no ARN; the namespace is a condition",
}


def many(value):
    return value if isinstance(value, list) else [value]


def statements(rehearsal):
    """@return (role, statement) of every role's policy."""
    for address, each in rehearsal.resources("aws_iam_role_policy").items():
        for statement in many(json.loads(each["policy"])["Statement"]):
            yield each["role"], statement


def actions_of(rehearsal, role):
    return {action for name, each in statements(rehearsal) if name == role for action in many(each["Action"])}


def resources_of(rehearsal, role, action):
    found = [each for name, each in statements(rehearsal) if name == role and action in many(each["Action"])]
    return {resource for each in found for resource in many(each["Resource"])}


def test_no_action_is_a_pattern(rehearsal):
    assert [(role, each) for role, each in statements(rehearsal) if any("*" in action for action in many(each["Action"]))] == []
    assert [(role, each) for role, each in statements(rehearsal) if "NotAction" in each or "NotResource" in each] == []


def test_only_what_has_no_name_is_allowed_everywhere(rehearsal):
    for role, each in statements(rehearsal):
        if "*" in many(each["Resource"]):
            assert set(many(each["Action"])) <= set(nameless), role


def test_a_pattern_names_all_but_its_end(rehearsal):
    for role, each in statements(rehearsal):
        for resource in many(each["Resource"]):
            # The streams of one log group; nothing else ends openly.
            assert resource == "*" or "*" not in resource or (":log-group:" in resource and resource.endswith(":*")), (role, resource)


def test_resource_policies_name_a_service_and_its_source(rehearsal):
    for kind in ("aws_s3_bucket_policy", "aws_sns_topic_policy"):
        for each in rehearsal.resources(kind).values():
            for statement in many(json.loads(each["policy"])["Statement"]):
                assert "Service" in statement["Principal"] and "Condition" in statement


def test_each_function_has_a_role_of_its_own(rehearsals):
    roles = [each["role"] for rehearsal in rehearsals.values() for each in rehearsal.resources("aws_lambda_function").values()]
    assert len(roles) == len(set(roles)) == 9


def test_a_function_writes_its_own_log_only(rehearsals):
    for rehearsal in rehearsals.values():
        for each in rehearsal.resources("aws_lambda_function").values():
            name = each["function_name"]
            logs = resources_of(rehearsal, name, "logs:PutLogEvents")
            assert len(logs) == 1 and logs.pop().endswith(f":log-group:/aws/lambda/{name}:*")


@pytest.mark.parametrize("function", ["planner", "tagger", "reporter", "charter", "retirement"])
def test_a_profile_may_answer_from_each_of_its_regions(rehearsals, function):
    allowed = resources_of(rehearsals["6_agents"], f"alex-{function}", "bedrock:InvokeModel")
    regions = {each.split(":")[3] for each in allowed if ":foundation-model/" in each}
    assert regions == {"us-east-1", "us-east-2", "us-west-1", "us-west-2"}
    assert {each.split("/")[-1] for each in allowed if ":foundation-model/" in each} == {"amazon.nova-pro-v1:0"}
    assert [each for each in allowed if each.endswith(":inference-profile/us.amazon.nova-pro-v1:0")]


def test_the_planner_calls_exactly_the_four_functions_and_the_search(rehearsals):
    called = resources_of(rehearsals["6_agents"], "alex-planner", "lambda:InvokeFunction")
    assert {each.split(":")[-1] for each in called} == {
        "alex-tagger", "alex-reporter", "alex-charter", "alex-retirement", "alex-search"}


def test_nobody_may_more_than_is_needed(rehearsals):
    agents = rehearsals["6_agents"]
    own = {"logs:CreateLogStream", "logs:PutLogEvents", "xray:PutTraceSegments", "xray:PutTelemetryRecords"}
    model = {"bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"}
    database = {
        "rds-data:BatchExecuteStatement", "rds-data:BeginTransaction", "rds-data:CommitTransaction",
        "rds-data:ExecuteStatement", "rds-data:RollbackTransaction", "secretsmanager:GetSecretValue",
    }
    search = {"sagemaker:InvokeEndpoint", "s3vectors:QueryVectors", "s3vectors:GetVectors"}
    queue = {
        "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes", "sqs:SendMessage",
    }
    for name in ("tagger", "charter", "retirement"):
        assert actions_of(agents, f"alex-{name}") == own | model | database
    assert actions_of(agents, "alex-reporter") == own | model | database | {"lambda:InvokeFunction"}
    assert actions_of(agents, "alex-planner") == own | model | database | queue | {"lambda:InvokeFunction"}
    assert actions_of(rehearsals["7_frontend"], "alex-api") == own | database | {"sqs:SendMessage", "lambda:InvokeFunction"}
    assert actions_of(rehearsals["3_ingestion"], "alex-search") == own | search | {"s3:GetObject"}
    assert actions_of(rehearsals["3_ingestion"], "alex-ingest") == own | {
        "sagemaker:InvokeEndpoint", "s3vectors:PutVectors", "s3vectors:GetVectors", "s3:GetObject"}
