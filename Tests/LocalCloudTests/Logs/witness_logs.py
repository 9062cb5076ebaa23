"""boto3 as a witness: AWS's own client reads the local cloud's logs of a function.

Called with the endpoint; the function `echo` has answered three times and then exited with status 7. Exits with a
sentence on the first disagreement.
"""
import sys

try:
    import boto3
    from botocore.config import Config
    from botocore.exceptions import ClientError
except ImportError as reason:
    sys.exit(f"boto3 is needed as a witness and cannot be imported ({reason}): pip install boto3, or set ALEX_PYTHON")

logs = boto3.client(
    "logs", endpoint_url=sys.argv[1], region_name="us-east-1", aws_access_key_id="local", aws_secret_access_key="local",
    config=Config(retries={"total_max_attempts": 1}))
GROUP = "/aws/lambda/echo"


def expect(condition, what):
    if not condition:
        sys.exit(f"boto3 disagrees: {what}")


def expect_error(code, what, call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        return expect(error.response["Error"]["Code"] == code, f"{what}: {error.response['Error']} instead of {code}")
    sys.exit(f"boto3 disagrees: {what} succeeds instead of {code}")


groups = logs.describe_log_groups(logGroupNamePrefix="/aws/lambda/")["logGroups"]
expect([group["logGroupName"] for group in groups] == [GROUP], f"groups: {groups}")
expect(groups[0]["arn"] == f"arn:aws:logs:us-east-1:123456789012:log-group:{GROUP}:*", groups[0]["arn"])
expect(groups[0]["storedBytes"] > 0, "stored bytes")

streams = logs.describe_log_streams(logGroupName=GROUP, orderBy="LastEventTime", descending=True)["logStreams"]
expect(len(streams) == 1, f"one sandbox, one stream: {streams}")
stream = streams[0]["logStreamName"]
day, name = stream.rsplit("/", 1)
expect(len(day.split("/")) == 3 and name.startswith("[$LATEST]") and len(name) == 41, stream)

pages = list(logs.get_paginator("filter_log_events").paginate(logGroupName=GROUP, PaginationConfig={"PageSize": 4}))
events = [event for page in pages for event in page["events"]]
expect(len(pages) > 2 and all(len(page["events"]) <= 4 for page in pages), "pages")
expect(all(event["logStreamName"] == stream for event in events), "streams of events")
expect(len({event["eventId"] for event in events}) == len(events), "event ids")
words = [event["message"].split()[0] for event in events]
expect(words == ["START", "event", "END", "REPORT"] * 3 + ["START", "RequestId:", "END", "REPORT"], f"lines: {words}")
expect(events[0]["message"].endswith(" Version: $LATEST\n"), events[0]["message"])
expect("Error: Runtime exited with error: exit status 7\nRuntime.ExitError" in events[-3]["message"], events[-3]["message"])
expect("\tDuration: " in events[3]["message"] and "\tInit Duration: " in events[3]["message"], events[3]["message"])
expect("Init Duration" not in events[7]["message"], "only the first invocation is cold")

found = logs.filter_log_events(logGroupName=GROUP, filterPattern='"Init Duration" -START')["events"]
expect([event["eventId"] for event in found] == [events[3]["eventId"]], f"the filter: {found}")
later = logs.filter_log_events(logGroupName=GROUP, startTime=events[-1]["timestamp"] + 1)["events"]
expect(later == [], "nothing is later than the last")
by_arn = logs.filter_log_events(logGroupIdentifier=groups[0]["logGroupArn"], limit=1)["events"]
expect(by_arn == events[:1], "a group by its ARN")

backwards, token = [], None
while True:
    arguments = {"nextToken": token} if token else {}
    page = logs.get_log_events(logGroupName=GROUP, logStreamName=stream, limit=3, **arguments)
    backwards = page["events"] + backwards
    if page["nextBackwardToken"] == token:
        break
    token = page["nextBackwardToken"]
messages = [event["message"] for event in events]
expect([event["message"] for event in backwards] == messages, "backwards to the first")
forwards, token = [], None
while True:
    arguments = {"nextToken": token} if token else {}
    page = logs.get_log_events(logGroupName=GROUP, logStreamName=stream, limit=3, startFromHead=True, **arguments)
    forwards += page["events"]
    if page["nextForwardToken"] == token:
        break
    token = page["nextForwardToken"]
expect([event["message"] for event in forwards] == messages, "forwards to the last")
head = logs.get_log_events(
    logGroupName=GROUP, logStreamName=stream, startFromHead=True, endTime=events[0]["timestamp"])["events"]
expect(head == [], "the end of GetLogEvents is left out")

expect_error("ResourceNotFoundException", "a group that is not there", logs.filter_log_events, logGroupName="absent")
expect_error(
    "ResourceNotFoundException", "a stream that is not there", logs.get_log_events, logGroupName=GROUP,
    logStreamName="absent")
expect_error(
    "InvalidParameterException", "a pattern for JSON", logs.filter_log_events, logGroupName=GROUP,
    filterPattern="{ $.level = \"ERROR\" }")
expect_error("UnknownOperationException", "another operation", logs.delete_log_group, logGroupName=GROUP)
print("boto3 agrees")
