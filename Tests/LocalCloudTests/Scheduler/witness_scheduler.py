"""boto3 as a witness: AWS's own client makes schedules in the local cloud's EventBridge Scheduler.

Called with the endpoint; there are a queue `calls` and a function `echo`. Exits with a sentence on the first
disagreement.
"""
import datetime
import json
import sys

try:
    import boto3
    from botocore.config import Config
    from botocore.exceptions import ClientError
except ImportError as reason:
    sys.exit(f"boto3 is needed as a witness and cannot be imported ({reason}): pip install boto3, or set ALEX_PYTHON")


def client(service):
    return boto3.client(
        service, endpoint_url=sys.argv[1], region_name="us-east-1", aws_access_key_id="local",
        aws_secret_access_key="local", config=Config(retries={"total_max_attempts": 1}, parameter_validation=False))


def expect(condition, what):
    if not condition:
        sys.exit(f"boto3 disagrees: {what}")


def expect_error(code, status, what, call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        found = (error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"])
        expect(found == (code, status), f"{what}: {error.response} instead of {code}")
        return expect(error.response["Error"]["Message"], f"{what}: the message is empty")
    sys.exit(f"boto3 disagrees: {what} was not refused")


scheduler, sqs = client("scheduler"), client("sqs")
ROLE = "arn:aws:iam::123456789012:role/alex-scheduler"
QUEUE = {"Arn": "arn:aws:sqs:us-east-1:123456789012:calls", "RoleArn": ROLE}
FUNCTION = {"Arn": "arn:aws:lambda:us-east-1:123456789012:function:echo", "RoleArn": ROLE, "Input": '{"say":"hello"}'}
OFF = {"Mode": "OFF"}
queue_url = sqs.get_queue_url(QueueName="calls")["QueueUrl"]


def received():
    messages = sqs.receive_message(QueueUrl=queue_url, WaitTimeSeconds=20).get("Messages", [])
    expect(len(messages) == 1, f"one call: {messages}")
    sqs.delete_message(QueueUrl=queue_url, ReceiptHandle=messages[0]["ReceiptHandle"])
    return messages[0]["Body"]


# Without a start, a rate calls at once.
arn = scheduler.create_schedule(
    Name="hourly", ScheduleExpression="rate(1 hour)", FlexibleTimeWindow=OFF,
    Target={**QUEUE, "Input": "it is <aws.scheduler.scheduled-time> for <aws.scheduler.schedule-arn>"})["ScheduleArn"]
expect(arn == "arn:aws:scheduler:us-east-1:123456789012:schedule/default/hourly", f"the ARN: {arn}")
body = received()
expect(arn in body and datetime.datetime.now(datetime.timezone.utc).strftime("%Y-") in body, f"the call: {body}")
scheduler.create_schedule(
    Name="plain", ScheduleExpression="rate(2 hours)", FlexibleTimeWindow=OFF, Target=QUEUE)
notification = json.loads(received())
expect(notification["detail-type"] == "Scheduled Event" and notification["source"] == "aws.scheduler", f"{notification}")
scheduler.create_schedule(Name="function", ScheduleExpression="rate(5 minutes)", FlexibleTimeWindow=OFF, Target=FUNCTION)

expect_error(
    "ConflictException", 409, "a name twice", scheduler.create_schedule, Name="hourly",
    ScheduleExpression="rate(1 hour)", FlexibleTimeWindow=OFF, Target=QUEUE)
token = dict(
    Name="once", ScheduleExpression="at(2099-01-02T03:04:05)", ScheduleExpressionTimezone="Europe/Berlin",
    FlexibleTimeWindow={"Mode": "FLEXIBLE", "MaximumWindowInMinutes": 15}, Target=FUNCTION, State="DISABLED",
    Description="some day", ActionAfterCompletion="DELETE", ClientToken="token-1")
first = scheduler.create_schedule(**token)
expect(scheduler.create_schedule(**token)["ScheduleArn"] == first["ScheduleArn"], "the same request again")
expect_error("ConflictException", 409, "a token for two requests", scheduler.create_schedule, **{**token, "Name": "twice"})

once = scheduler.get_schedule(Name="once")
for member, value in {
    "ScheduleExpression": "at(2099-01-02T03:04:05)", "ScheduleExpressionTimezone": "Europe/Berlin", "State": "DISABLED",
    "Description": "some day", "ActionAfterCompletion": "DELETE", "GroupName": "default", "Target": FUNCTION,
    "FlexibleTimeWindow": {"Mode": "FLEXIBLE", "MaximumWindowInMinutes": 15},
}.items():
    expect(once[member] == value, f"{member}: {once}")
start = datetime.datetime(2098, 1, 1, tzinfo=datetime.timezone.utc)
scheduler.update_schedule(
    Name="once", ScheduleExpression="cron(0 8 ? * MON-FRI *)", FlexibleTimeWindow=OFF, Target=FUNCTION, StartDate=start)
changed = scheduler.get_schedule(Name="once")
expect(changed["State"] == "ENABLED" and "Description" not in changed, f"what is not said is as by default: {changed}")
expect(changed["StartDate"] == start and changed["CreationDate"] == once["CreationDate"], f"its moments: {changed}")

scheduler.create_schedule_group(Name="desk")
scheduler.create_schedule(
    Name="once", GroupName="desk", ScheduleExpression="cron(0 0 1 1 ? 2199)", FlexibleTimeWindow=OFF, Target=FUNCTION)
names = [
    (entry["GroupName"], entry["Name"])
    for page in scheduler.get_paginator("list_schedules").paginate(PaginationConfig={"PageSize": 2})
    for entry in page["Schedules"]]
expect(
    names == [("default", "function"), ("default", "hourly"), ("default", "once"), ("default", "plain"), ("desk", "once")],
    f"all schedules: {names}")
expect(len(scheduler.list_schedules(GroupName="desk")["Schedules"]) == 1, "those of a group")
expect(len(scheduler.list_schedules(NamePrefix="h")["Schedules"]) == 1, "those of a prefix")
expect(len(scheduler.list_schedules(State="DISABLED")["Schedules"]) == 0, "those that are disabled")
expect([group["Name"] for group in scheduler.list_schedule_groups()["ScheduleGroups"]] == ["default", "desk"], "groups")
group = scheduler.get_schedule_group(Name="desk")
expect(group["State"] == "ACTIVE" and group["Arn"].endswith(":schedule-group/desk"), f"a group: {group}")
scheduler.delete_schedule_group(Name="desk")
expect_error("ResourceNotFoundException", 404, "a group that is gone", scheduler.list_schedules, GroupName="desk")

for name in ("hourly", "plain", "function", "once"):
    scheduler.delete_schedule(Name=name, ClientToken=f"delete-{name}")
    scheduler.delete_schedule(Name=name, ClientToken=f"delete-{name}")
    expect_error("ResourceNotFoundException", 404, "a schedule that is gone", scheduler.get_schedule, Name=name)

good = dict(Name="x", ScheduleExpression="rate(1 day)", FlexibleTimeWindow=OFF, Target=FUNCTION)
for what, change in {
    "a rate of nothing": {"ScheduleExpression": "rate(0 minutes)"},
    "five fields": {"ScheduleExpression": "cron(0 8 * * ?)"},
    "both kinds of days": {"ScheduleExpression": "cron(0 8 * * * *)"},
    "a zone nobody knows": {"ScheduleExpressionTimezone": "Mars/Olympus"},
    "no window": {"FlexibleTimeWindow": {"Mode": "SOMETIMES"}},
    "a name with a blank": {"Name": "a b"},
    "a state that is none": {"State": "ASLEEP"},
    "input that is no JSON": {"Target": {**FUNCTION, "Input": "{"}},
    "another kind of target": {"Target": {**FUNCTION, "Arn": "arn:aws:states:us-east-1:123456789012:stateMachine:a"}},
    "no role": {"Target": {"Arn": FUNCTION["Arn"]}},
    "too many retries": {"Target": {**FUNCTION, "RetryPolicy": {"MaximumRetryAttempts": 186}}},
}.items():
    expect_error("ValidationException", 400, what, scheduler.create_schedule, **{**good, **change})
expect_error(
    "ResourceNotFoundException", 404, "a group that is not there", scheduler.create_schedule, **{**good, "GroupName": "absent"})
expect_error(
    "UnknownOperationException", 400, "tags", scheduler.tag_resource,
    ResourceArn="arn:aws:scheduler:us-east-1:123456789012:schedule-group/default", Tags=[{"Key": "a", "Value": "b"}])
print("boto3 agrees")
