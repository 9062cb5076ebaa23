"""Every golden request against AWS's own service models: `pytest Tests/Requests`.

The Swift tests make sure that our clients build exactly these requests; here the requests are read as the service reads
them. So a member that a service does not know, a value out of its range or a missing member is found without an account.
"""

import json
import pathlib
import re

import pytest

import model

tests = pathlib.Path(__file__).parent.parent
fixtures = tests / "Fixtures" / "aws"


def one_call_requests():
    for file in sorted(fixtures.glob("*/requests.json")):
        for name, case in json.loads(file.read_text()).items():
            if name != "source":
                yield file.parent.name, name, (case["method"], case["url"], case["headers"], case["body"])


def documents():
    """The requests of the services that have a room of their own."""
    for service in ("rds-data", "bedrock-runtime"):
        for index, case in enumerate(json.loads((fixtures / service / "golden.json").read_text())["cases"]):
            name = f"{index} {case.get('name') or case.get('operation')}"
            yield service, name, (case["method"], case["path"], {}, json.dumps(case["body"]))
            if "streamPath" in case:
                yield service, f"{name}, streamed", (case["method"], case["streamPath"], {}, json.dumps(case["streamBody"]))


requests = [*one_call_requests(), *documents()]


@pytest.mark.parametrize("service, request_parts", [
    pytest.param(service, parts, id=f"{service}: {name}") for service, name, parts in requests])
def test_a_golden_request_is_what_the_model_says(service, request_parts):
    assert model.Request(service, *request_parts).problems() == []


def test_there_are_requests_of_every_service():
    folders = {path.name for path in fixtures.iterdir() if path.is_dir()} - {"lambda-events", "sigv4"}
    assert {service for service, _, _ in requests} >= {
        folder for folder in folders if list((fixtures / folder).glob("*requests.json")) or folder in (
            "rds-data", "bedrock-runtime")}


def test_every_golden_request_is_compared_with_ours():
    sources = [path.read_text() for path in (tests / "AWSClientTests").rglob("*.swift")]

    def is_compared(service, name):
        return any(
            re.search(rf'"{service}",\s+"{name}"', source)
            or f'goldenRequest("{service}", ' in source and f'"{name}"' in source for source in sources)

    assert [f"{service}: {name}" for service, name, _ in one_call_requests() if not is_compared(service, name)] == []


SEND = ("POST", "https://sqs.us-east-1.amazonaws.com/", {"x-amz-target": "AmazonSQS.SendMessage"})
SCHEDULE = {
    "ScheduleExpression": "rate(1 hour)", "FlexibleTimeWindow": {"Mode": "OFF"},
    "Target": {"Arn": "arn:x", "RoleArn": "arn:aws:iam::123456789012:role/r"}}


def schedule(path="/schedules/name", **changes):
    return ("scheduler", "POST", f"https://scheduler{path}", {}, json.dumps(SCHEDULE | changes))


@pytest.mark.parametrize("request_parts, problem", [
    (("sqs", *SEND, '{"QueueUrl": "q"}'), "lacks MessageBody"),
    (("sqs", *SEND, '{"QueueUrl": "q", "MessageBody": "b", "Body": "b"}'), "unknown member Body"),
    (("sqs", *SEND, '{"QueueUrl": "q", "MessageBody": 7}'), "is no text"),
    (("sqs", *SEND, '{"QueueUrl": "q", "MessageBody": "b", "DelaySeconds": "7"}'), "is no whole number"),
    (("sqs", *SEND, '{"QueueUrl": "q", "MessageBody": "b", "DelaySeconds": true}'), "is no whole number"),
    (("sqs", *SEND, '{"QueueUrl"'), "is no JSON"),
    (("sqs", *SEND, json.dumps({"QueueUrl": "q", "MessageBody": "b", "MessageAttributes": {
        "a": {"DataType": "Binary", "BinaryValue": "?"}}})), "is no Base64"),
    (("sqs", "POST", "https://x/", {"x-amz-target": "AmazonSQS.Send"}, "{}"), "no operation"),
    (schedule(FlexibleTimeWindow={"Mode": "MAYBE"}), "is none of"),
    (schedule(FlexibleTimeWindow={"Mode": "FLEXIBLE", "MaximumWindowInMinutes": 1441}), "more than 1440"),
    (schedule(FlexibleTimeWindow={"Mode": "OFF", "mode": "OFF"}), "unknown member mode"),
    (schedule(path="/schedules/a%20name"), "does not match"),
    (schedule(path="/schedules/" + "x" * 65), "65 is more than 64"),
    (schedule(path="/schedules/name?Group=g"), "unknown query member Group"),
    (schedule(path="/schedule/name"), "0 operations"),
    (schedule(StartDate="tomorrow"), "is no moment"),
    (schedule(Target=[]), "is no structure"),
    (("s3", "PUT", "https://s3/bucket/key", {"x-amz-meta-a": "b", "x-amz-checksum-crc": "x"}, "b"),
     "unknown header x-amz-checksum-crc"),
    (("s3", "POST", "https://s3/bucket/key?uploadId=u", {}, "<Complete><Part/></Complete>"), "the document is Complete"),
    (("s3", "POST", "https://s3/bucket/key?uploadId=u", {},
      "<CompleteMultipartUpload><Part><Number>1</Number></Part></CompleteMultipartUpload>"), "unknown element Number"),
    (("s3", "GET", "https://s3/bucket/key", {}, "body"), "a body where none belongs"),
    (("apigatewaymanagementapi", "POST", "https://x/stage/@connections/id", {}, "x" * 131_073), "131073 is more than"),
    (("bedrock-runtime", "POST", "/model/m/converse", {}, json.dumps(
        {"messages": [{"role": "user", "content": [{"text": "a", "image": {}}]}]})), "2 members of one"),
    (("rds-data", "POST", "/Execute", {}, '{"resourceArn": "a", "sql": "s"}'), "lacks secretArn"),
    (("sts", "POST", "https://sts/", {}, "Action=GetCallerIdentity&Version=2010-01-01"), "no operation"),
])
def test_what_is_wrong_is_found(request_parts, problem):
    problems = model.Request(*request_parts).problems()
    assert any(problem in found for found in problems), problems


def test_every_pattern_can_be_read():
    for service, _, parts in requests:
        model.Request(service, *parts).problems()
    assert model.UNREADABLE == set()
