"""Writes <service>/requests.json: what botocore puts on the wire for the calls our one-call clients make.

    python3 Tests/Fixtures/aws/make_requests.py
"""

import base64
import contextlib
import json
import pathlib
import zlib

import botocore
import botocore.awsrequest
import botocore.config
import botocore.exceptions
import botocore.parsers
import botocore.session

QUEUE = "https://sqs.us-east-1.amazonaws.com/123456789012/analysis"
RESEARCH = dict(vectorBucketName="alex-vectors-123456789012", indexName="financial-research")
FIFO = "https://sqs.us-east-1.amazonaws.com/123456789012/jobs.fifo"
FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:planner:live"
ROLE = "arn:aws:iam::123456789012:role/alex-scheduler"


def crc32(data):
    return base64.b64encode(zlib.crc32(data).to_bytes(4, "big")).decode()


CALLS = {
    "sqs": {
        "send": ("send_message", dict(QueueUrl=QUEUE, MessageBody='{"job_id":"ä\n"}')),
        "sendBatch": ("send_message_batch", dict(QueueUrl=QUEUE, Entries=[
            {"Id": "0", "MessageBody": "first"}, {"Id": "1", "MessageBody": "second"}])),
        "sendWithAll": ("send_message", dict(
            QueueUrl=FIFO, MessageBody="one", MessageGroupId="job-1", MessageDeduplicationId="job-1-a",
            MessageAttributes={
                "kind": dict(DataType="String", StringValue="ä"), "count": dict(DataType="Number.int", StringValue="7"),
                "bytes": dict(DataType="Binary", BinaryValue=b"\x00\xff")},
            MessageSystemAttributes={"AWSTraceHeader": dict(DataType="String", StringValue="Root=1-5-a")})),
        "sendBatchWithAll": ("send_message_batch", dict(QueueUrl=FIFO, Entries=[
            dict(Id="0", MessageBody="first", MessageGroupId="a", MessageDeduplicationId="1"),
            dict(Id="1", MessageBody="second", MessageGroupId="b", MessageDeduplicationId="2",
                 MessageAttributes={"kind": dict(DataType="String", StringValue="x")})])),
        "sendLater": ("send_message", dict(QueueUrl=QUEUE, MessageBody="later", DelaySeconds=900)),
        "receive": ("receive_message", dict(
            QueueUrl=QUEUE, MaxNumberOfMessages=5, WaitTimeSeconds=20, VisibilityTimeout=90,
            MessageSystemAttributeNames=["All"])),
        "receiveWithAll": ("receive_message", dict(
            QueueUrl=FIFO, MaxNumberOfMessages=10, WaitTimeSeconds=0,
            MessageSystemAttributeNames=["MessageGroupId", "ApproximateReceiveCount"],
            MessageAttributeNames=["kind", "trace.*"], ReceiveRequestAttemptId="attempt-1")),
        "deleteBatch": ("delete_message_batch", dict(QueueUrl=QUEUE, Entries=[
            dict(Id="0", ReceiptHandle="one"), dict(Id="1", ReceiptHandle="two")])),
        "changeVisibilityBatch": ("change_message_visibility_batch", dict(QueueUrl=QUEUE, Entries=[
            dict(Id="0", ReceiptHandle="one", VisibilityTimeout=0),
            dict(Id="1", ReceiptHandle="two", VisibilityTimeout=43200)])),
        "delete": ("delete_message", dict(QueueUrl=QUEUE, ReceiptHandle="handle")),
        "changeVisibility": ("change_message_visibility", dict(
            QueueUrl=QUEUE, ReceiptHandle="handle", VisibilityTimeout=0)),
        "attributes": ("get_queue_attributes", dict(QueueUrl=QUEUE, AttributeNames=["ApproximateNumberOfMessages"])),
    },
    "lambda": {
        "invoke": ("invoke", dict(FunctionName="planner", InvocationType="RequestResponse", Payload=b'{"a":1}')),
        "invokeWithLog": ("invoke", dict(
            FunctionName=FUNCTION, InvocationType="RequestResponse", LogType="Tail", Payload=b"{}")),
        "invokeWithAll": ("invoke", dict(
            FunctionName="planner", Qualifier="$LATEST", InvocationType="RequestResponse", LogType="Tail", Payload=b"{}",
            TenantId="tenant a", ClientContext=base64.b64encode(b'{"custom":{"key":"\xc3\xa4"}}').decode())),
        "check": ("invoke", dict(FunctionName="planner", Qualifier="live", InvocationType="DryRun", Payload=b"{}")),
        "stream": ("invoke_with_response_stream", dict(
            FunctionName="planner", Qualifier="live", InvocationType="RequestResponse", LogType="Tail", Payload=b"{}",
            TenantId="t")),
        "invokeAsynchronously": ("invoke", dict(FunctionName="planner", InvocationType="Event", Payload=b"{}")),
    },
    "logs": {
        "filter": ("filter_log_events", dict(logGroupName="/aws/lambda/alex-planner")),
        "filterWithAll": ("filter_log_events", dict(
            logGroupName="/aws/lambda/alex-planner", logStreamNames=["2026/11/27/[$LATEST]a", "2026/11/27/[$LATEST]b"],
            startTime=1795770000123, endTime=1795773600000, filterPattern='"job ended" -ä', limit=7)),
        "groups": ("describe_log_groups", dict(logGroupNamePrefix="/aws/lambda/alex-", limit=50)),
        "createGroup": ("create_log_group", dict(logGroupName="/alex/batch")),
        "createStream": ("create_log_stream", dict(logGroupName="/alex/batch", logStreamName="2026/11/27/[1]a")),
        "putEvents": ("put_log_events", dict(
            logGroupName="/alex/batch", logStreamName="2026/11/27/[1]a", logEvents=[
                dict(timestamp=1795770000123, message="one ä"), dict(timestamp=1795770000124, message="two")])),
    },
    "secretsmanager": {
        "secret": ("get_secret_value", dict(SecretId="alex/database")),
        "secretOfStage": ("get_secret_value", dict(
            SecretId="arn:aws:secretsmanager:us-east-1:123456789012:secret:alex-AbCdEf", VersionStage="AWSPREVIOUS",
            VersionId="00000000-0000-4000-8000-000000000000")),
        "put": ("put_secret_value", dict(
            SecretId="alex/ingest", SecretString="value", ClientRequestToken="00000000-0000-4000-8000-000000000000")),
    },
    "sts": {
        "callerIdentity": ("get_caller_identity", {}),
        "assumeRole": ("assume_role", dict(
            RoleArn="arn:aws:iam::123456789012:role/a/Reader", RoleSessionName="alex@planner", DurationSeconds=900,
            ExternalId="id/1+2=3")),
        "assumeRoleWithWebIdentity": ("assume_role_with_web_identity", dict(
            RoleArn="arn:aws:iam::123456789012:role/Reader", RoleSessionName="alex", WebIdentityToken="a.b-c_d.e")),
    },
    "s3": {
        "objects": ("list_objects_v2", dict(Bucket="alex-site", Prefix="assets/ü")),
        "put": ("put_object", dict(
            Bucket="alex-site", Key="assets/a b.js", Body=b"let a", ContentType="text/javascript; charset=utf-8",
            CacheControl="no-cache", ContentMD5="/i2Gy5ve3gTita5JAViFew==")),
        "object": ("get_object", dict(Bucket="alex-site", Key="assets/a b.js")),
        "delete": ("delete_object", dict(Bucket="alex-site", Key="assets/a b.js")),
        "putWithAll": ("put_object", dict(
            Bucket="alex-site", Key="assets/a+b ü.json", Body=b"{}", ContentType="application/json",
            CacheControl="no-cache", ContentEncoding="identity", Metadata={"job": "one", "kind": "report"},
            ChecksumCRC32=crc32(b"{}"), IfNoneMatch="*")),
        "putUnchanged": ("put_object", dict(
            Bucket="alex-site", Key="a", Body=b"{}", ChecksumCRC32=crc32(b"{}"), IfMatch='"abc"')),
        "range": ("get_object", dict(
            Bucket="alex-site", Key="a", Range="bytes=10-19", IfNoneMatch='"abc"', ChecksumMode="ENABLED")),
        "head": ("head_object", dict(Bucket="alex-site", Key="assets/a b.js")),
        "begin": ("create_multipart_upload", dict(
            Bucket="alex-site", Key="large file", ContentType="application/zip", ChecksumAlgorithm="CRC32",
            Metadata={"job": "one"})),
        "part": ("upload_part", dict(
            Bucket="alex-site", Key="large file", PartNumber=2, UploadId="id+/=", Body=b"x" * 7,
            ChecksumCRC32=crc32(b"x" * 7))),
        "complete": ("complete_multipart_upload", dict(
            Bucket="alex-site", Key="large file", UploadId="id+/=", MultipartUpload=dict(Parts=[
                dict(ETag='"tag"', ChecksumCRC32=crc32(b"x" * 5 * 2**20), PartNumber=1),
                dict(ETag='"tag"', ChecksumCRC32=crc32(b"x" * 7), PartNumber=2)]))),
        "abort": ("abort_multipart_upload", dict(Bucket="alex-site", Key="large file", UploadId="id+/=")),
    },
    "cloudfront": {
        "invalidateAll": ("create_invalidation", dict(DistributionId="E123", InvalidationBatch=dict(
            Paths=dict(Quantity=1, Items=["/*"]), CallerReference="one"))),
    },
    "apigateway": {
        "keys": ("get_api_keys", dict(nameQuery="alex-ingest", limit=500)),
        "createKey": ("create_api_key", dict(name="alex-ingest", value="0123456789abcdef0123", enabled=True)),
        "attach": ("create_usage_plan_key", dict(usagePlanId="plan", keyId="key", keyType="API_KEY")),
        "delete": ("delete_api_key", dict(apiKey="key")),
    },
    "s3vectors": {
        "createBucket": ("create_vector_bucket", dict(vectorBucketName="alex-vectors-123456789012")),
        "createIndex": ("create_index", dict(
            vectorBucketName="alex-vectors-123456789012", indexName="financial-research", dataType="float32", dimension=384,
            distanceMetric="cosine", metadataConfiguration=dict(nonFilterableMetadataKeys=["text"]))),
        "index": ("get_index", dict(vectorBucketName="alex-vectors-123456789012", indexName="financial-research")),
        "deleteIndex": ("delete_index", dict(
            vectorBucketName="alex-vectors-123456789012", indexName="financial-research")),
        "deleteBucket": ("delete_vector_bucket", dict(vectorBucketName="alex-vectors-123456789012")),
        "put": ("put_vectors", dict(**RESEARCH, vectors=[
            dict(key="a-0001", data=dict(float32=[0.5, -0.25]), metadata={"text": "ä", "symbols": ["VTI"]})])),
        "get": ("get_vectors", dict(**RESEARCH, keys=["a-0001"], returnData=False, returnMetadata=True)),
        "deleteVectors": ("delete_vectors", dict(**RESEARCH, keys=["a-0001", "a-0002"])),
        "list": ("list_vectors", dict(**RESEARCH, maxResults=1000, returnMetadata=True, nextToken="next")),
        "query": ("query_vectors", dict(
            **RESEARCH, topK=5, queryVector=dict(float32=[0.5, -0.25]), filter={"symbols": "VTI"}, returnMetadata=True,
            returnDistance=True)),
    },
    "scheduler": {
        "create": ("create_schedule", dict(
            Name="alex-research", ScheduleExpression="rate(2 hours)", State="ENABLED", FlexibleTimeWindow=dict(Mode="OFF"),
            ActionAfterCompletion="NONE", ClientToken="token-1", Target=dict(Arn=FUNCTION, RoleArn=ROLE))),
        "createWithAll": ("create_schedule", dict(
            Name="alex.once", GroupName="jobs", ScheduleExpression="at(2026-12-24T18:00:00)",
            ScheduleExpressionTimezone="Europe/Berlin", StartDate=1795770000, EndDate=1798770000, Description="once ä",
            State="DISABLED", FlexibleTimeWindow=dict(Mode="FLEXIBLE", MaximumWindowInMinutes=15),
            ActionAfterCompletion="DELETE", ClientToken="token-2", Target=dict(
                Arn="arn:aws:sqs:us-east-1:123456789012:jobs.fifo", RoleArn=ROLE, Input='{"job":"ä"}',
                SqsParameters=dict(MessageGroupId="g"), DeadLetterConfig=dict(Arn="arn:aws:sqs:us-east-1:123456789012:dead"),
                RetryPolicy=dict(MaximumEventAgeInSeconds=3600, MaximumRetryAttempts=0)))),
        "update": ("update_schedule", dict(
            Name="alex-research", ScheduleExpression="rate(1 hour)", State="ENABLED", FlexibleTimeWindow=dict(Mode="OFF"),
            ActionAfterCompletion="NONE", ClientToken="token-1", Target=dict(Arn=FUNCTION, RoleArn=ROLE))),
        "schedule": ("get_schedule", dict(Name="alex-research", GroupName="jobs")),
        "delete": ("delete_schedule", dict(Name="alex-research", GroupName="jobs", ClientToken="token-1")),
        "list": ("list_schedules", dict(GroupName="jobs", NamePrefix="alex-", MaxResults=100)),
    },
    "apigatewaymanagementapi": {
        "post": ("post_to_connection", dict(ConnectionId="L0SM9cOFvHcCIhw=", Data='{"ä":1}'.encode())),
        "connection": ("get_connection", dict(ConnectionId="L0SM9cOFvHcCIhw=")),
        "disconnect": ("delete_connection", dict(ConnectionId="L0SM9cOFvHcCIhw=")),
    },
    "cloudwatch": {
        "put": ("put_metric_data", dict(Namespace="Alex", MetricData=[
            dict(MetricName="Jobs", Unit="Count", Value=1, Timestamp=1795770000,
                 Dimensions=[dict(Name="function", Value="planner")]),
            dict(MetricName="Latency", Unit="Milliseconds", Values=[12.5, 20], Counts=[1, 3], StorageResolution=1),
        ])),
    },
    "sesv2": {
        "simple": ("send_email", dict(
            FromEmailAddress="Alex <alex@example.com>", ReplyToAddresses=["help@example.com"],
            Destination=dict(ToAddresses=["a@example.com"], CcAddresses=["b@example.com"], BccAddresses=["c@example.com"]),
            ConfigurationSetName="alex", EmailTags=[dict(Name="kind", Value="report")], Content=dict(Simple=dict(
                Subject=dict(Data="Grüße", Charset="UTF-8"), Headers=[dict(Name="List-Unsubscribe", Value="<x>")],
                Body=dict(Text=dict(Data="ä", Charset="UTF-8"), Html=dict(Data="<p>ä</p>", Charset="UTF-8")))))),
        "raw": ("send_email", dict(Content=dict(Raw=dict(Data=b"From: a@example.com\r\n\r\nHello\r\n")))),
        "template": ("send_email", dict(
            FromEmailAddress="alex@example.com", Destination=dict(ToAddresses=["a@example.com"]),
            Content=dict(Template=dict(TemplateName="welcome", TemplateData='{"name":"ä"}')))),
    },
    "sagemaker-runtime": {
        "invoke": ("invoke_endpoint", dict(
            EndpointName="alex-embedding-endpoint", ContentType="application/json", Accept="application/json",
            Body=b'{"inputs": ["text"]}')),
    },
}
# Of the SDK alone, or of the signature, which has its own tests.
LEFT_OUT = {"user-agent", "authorization", "x-amz-date", "content-length", "x-amzn-query-mode"}


# Where a service speaks several protocols: the one our client speaks.
PROTOCOLS = {"cloudwatch": "json"}
ENDPOINTS = {"apigatewaymanagementapi": "https://abc123.execute-api.us-east-1.amazonaws.com/production"}


def request_of(service, operation, parameters):
    session = botocore.session.Session()
    if service in PROTOCOLS:
        loader = session.get_component("data_loader")
        loader.load_service_model(service, "service-2")["metadata"].update(
            protocol=PROTOCOLS[service], protocols=[PROTOCOLS[service]])
    session.set_credentials("AKIDEXAMPLE", "secret")
    # Buckets in the path, as our client names them; no checksum beyond the one that is given.
    config = botocore.config.Config(
        s3={"addressing_style": "path", "us_east_1_regional_endpoint": "regional"}, request_checksum_calculation="when_required",
        retries={"total_max_attempts": 1})
    client = session.create_client(
        service, region_name="us-east-1", config=config, endpoint_url=ENDPOINTS.get(service))
    seen = []

    def answer(request, **_):
        seen.append(request)
        return botocore.awsrequest.AWSResponse(request.url, 200, {}, Raw())

    client.meta.events.register("before-send", answer)
    # The answer is no XML, and an error to some; nobody reads it.
    with contextlib.suppress(botocore.parsers.ResponseParserError, botocore.exceptions.ClientError):
        getattr(client, operation)(**parameters)
    request = seen[0]
    body = request.body.read() if hasattr(request.body, "read") else request.body
    text = lambda value: value.decode() if isinstance(value, bytes) else value
    return {
        "method": request.method,
        "url": request.url,
        "headers": {
            name.lower(): text(value) for name, value in sorted(request.headers.items())
            if name.lower() not in LEFT_OUT and not name.lower().startswith("amz-sdk-")
        },
        "body": text(body),
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
