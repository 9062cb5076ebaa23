"""Writes <service>/requests.json: what botocore puts on the wire for the calls our one-call clients make.

    python3 Tests/Fixtures/aws/make_requests.py
"""

import json
import pathlib

import botocore
import botocore.awsrequest
import botocore.session

QUEUE = "https://sqs.us-east-1.amazonaws.com/123456789012/analysis"
FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:planner:live"

CALLS = {
    "sqs": {
        "send": ("send_message", dict(QueueUrl=QUEUE, MessageBody='{"job_id":"ä\n"}')),
        "sendBatch": ("send_message_batch", dict(QueueUrl=QUEUE, Entries=[
            {"Id": "0", "MessageBody": "first"}, {"Id": "1", "MessageBody": "second"}])),
        "receive": ("receive_message", dict(
            QueueUrl=QUEUE, MaxNumberOfMessages=5, WaitTimeSeconds=20, VisibilityTimeout=90, AttributeNames=["All"])),
        "delete": ("delete_message", dict(QueueUrl=QUEUE, ReceiptHandle="handle")),
        "changeVisibility": ("change_message_visibility", dict(
            QueueUrl=QUEUE, ReceiptHandle="handle", VisibilityTimeout=0)),
        "attributes": ("get_queue_attributes", dict(QueueUrl=QUEUE, AttributeNames=["ApproximateNumberOfMessages"])),
    },
    "lambda": {
        "invoke": ("invoke", dict(FunctionName="planner", InvocationType="RequestResponse", Payload=b'{"a":1}')),
        "invokeWithLog": ("invoke", dict(
            FunctionName=FUNCTION, InvocationType="RequestResponse", LogType="Tail", Payload=b"{}")),
        "invokeAsynchronously": ("invoke", dict(FunctionName="planner", InvocationType="Event", Payload=b"{}")),
    },
    "logs": {
        "filter": ("filter_log_events", dict(logGroupName="/aws/lambda/alex-planner")),
        "filterWithAll": ("filter_log_events", dict(
            logGroupName="/aws/lambda/alex-planner", logStreamNames=["2026/11/27/[$LATEST]a", "2026/11/27/[$LATEST]b"],
            startTime=1795770000123, endTime=1795773600000, filterPattern='"job ended" -ä', limit=7)),
        "groups": ("describe_log_groups", dict(logGroupNamePrefix="/aws/lambda/alex-", limit=50)),
    },
    "secretsmanager": {
        "secret": ("get_secret_value", dict(SecretId="alex/database")),
    },
}
# Of the SDK alone, or of the signature, which has its own tests.
LEFT_OUT = {"user-agent", "authorization", "x-amz-date", "content-length", "x-amzn-query-mode"}


def request_of(service, operation, parameters):
    session = botocore.session.Session()
    session.set_credentials("AKIDEXAMPLE", "secret")
    client = session.create_client(service, region_name="us-east-1")
    seen = []

    def answer(request, **_):
        seen.append(request)
        return botocore.awsrequest.AWSResponse(request.url, 200, {}, Raw())

    client.meta.events.register("before-send", answer)
    getattr(client, operation)(**parameters)
    request = seen[0]
    text = lambda value: value.decode() if isinstance(value, bytes) else value
    return {
        "method": request.method,
        "url": request.url,
        "headers": {
            name.lower(): text(value) for name, value in sorted(request.headers.items())
            if name.lower() not in LEFT_OUT and not name.lower().startswith("amz-sdk-")
        },
        "body": text(request.body),
    }


class Raw:
    def stream(self, **_):
        yield b"{}"


here = pathlib.Path(__file__).parent
for service, calls in CALLS.items():
    document = {"source": f"make_requests.py, botocore {botocore.__version__}"}
    document |= {name: request_of(service, *call) for name, call in calls.items()}
    path = here / service / "requests.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n")
