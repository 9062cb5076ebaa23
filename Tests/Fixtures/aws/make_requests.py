"""Writes <service>/requests.json: what botocore puts on the wire for the calls our one-call clients make.

    python3 Tests/Fixtures/aws/make_requests.py
"""

import contextlib
import json
import pathlib

import botocore
import botocore.awsrequest
import botocore.config
import botocore.exceptions
import botocore.parsers
import botocore.session

QUEUE = "https://sqs.us-east-1.amazonaws.com/123456789012/analysis"
RESEARCH = dict(vectorBucketName="alex-vectors-123456789012", indexName="financial-research")
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
    "sagemaker-runtime": {
        "invoke": ("invoke_endpoint", dict(
            EndpointName="alex-embedding-endpoint", ContentType="application/json", Accept="application/json",
            Body=b'{"inputs": ["text"]}')),
    },
}
# Of the SDK alone, or of the signature, which has its own tests.
LEFT_OUT = {"user-agent", "authorization", "x-amz-date", "content-length", "x-amzn-query-mode"}


def request_of(service, operation, parameters):
    session = botocore.session.Session()
    session.set_credentials("AKIDEXAMPLE", "secret")
    # Buckets in the path, as our client names them; no checksum beyond the one that is given.
    config = botocore.config.Config(
        s3={"addressing_style": "path", "us_east_1_regional_endpoint": "regional"}, request_checksum_calculation="when_required",
        retries={"total_max_attempts": 1})
    client = session.create_client(service, region_name="us-east-1", config=config)
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
