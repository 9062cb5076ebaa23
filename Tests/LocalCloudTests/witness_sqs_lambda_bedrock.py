"""boto3 as a witness: AWS's own client agrees with the local cloud's SQS, Lambda and Bedrock.

Called with the endpoints of the three services; exits with a sentence on the first disagreement.
"""
import io
import json
import sys

try:
    import boto3
    from botocore.config import Config
    from botocore.exceptions import ClientError
except ImportError as reason:
    sys.exit(f"boto3 is needed as a witness and cannot be imported ({reason}): pip install boto3, or set ALEX_PYTHON")

sqs_url, lambda_url, bedrock_url = sys.argv[1:4]


def client(name, url):
    return boto3.client(
        name, endpoint_url=url, region_name="us-east-1", aws_access_key_id="local", aws_secret_access_key="local",
        config=Config(retries={"total_max_attempts": 1}))


def expect(condition, what):
    if not condition:
        sys.exit(f"boto3 disagrees: {what}")


def expect_error(code, what, call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        expect(error.response["Error"]["Code"] == code, f"{what}: {error.response['Error']} instead of {code}")
        return error.response
    sys.exit(f"boto3 disagrees: {what} succeeds instead of {code}")


def queues():
    sqs = client("sqs", sqs_url)
    dead = sqs.create_queue(QueueName="dead")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    policy = json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": 1})
    jobs = sqs.create_queue(QueueName="jobs", Attributes={"VisibilityTimeout": "0", "RedrivePolicy": policy})["QueueUrl"]
    expect(sqs.get_queue_url(QueueName="jobs")["QueueUrl"] == jobs, "GetQueueUrl")
    expect(sqs.list_queues(QueueNamePrefix="j")["QueueUrls"] == [jobs], "ListQueues")
    sqs.set_queue_attributes(QueueUrl=jobs, Attributes={"VisibilityTimeout": "30"})
    attributes = sqs.get_queue_attributes(QueueUrl=jobs, AttributeNames=["All"])["Attributes"]
    expect(attributes["VisibilityTimeout"] == "30" and attributes["RedrivePolicy"] == policy.replace(" ", ""), "attributes")

    message = {"a": {"DataType": "String", "StringValue": "ü"}, "b": {"DataType": "Binary", "BinaryValue": b"\x00\xff"}}
    sent = sqs.send_message(QueueUrl=jobs, MessageBody="one", MessageAttributes=message)
    expect(sent["MD5OfMessageBody"] == "f97c5d29941bfb1b2fdab0874906ab82", "MD5 of the body")
    received = sqs.receive_message(
        QueueUrl=jobs, WaitTimeSeconds=1, MessageSystemAttributeNames=["All"], MessageAttributeNames=["All"])["Messages"][0]
    expect(received["Body"] == "one" and received["MessageId"] == sent["MessageId"], "the message")
    expect(received["MessageAttributes"] == message, f"attributes: {received['MessageAttributes']}")
    expect(received["MD5OfMessageAttributes"] == sent["MD5OfMessageAttributes"], "MD5 of the attributes")
    expect(received["Attributes"]["ApproximateReceiveCount"] == "1", "receive count")
    expect("Messages" not in sqs.receive_message(QueueUrl=jobs), "the message is hidden")
    handle = received["ReceiptHandle"]
    sqs.change_message_visibility(QueueUrl=jobs, ReceiptHandle=handle, VisibilityTimeout=0)
    expect_error(
        "AWS.SimpleQueueService.MessageNotInflight", "visibility of a visible message", sqs.change_message_visibility,
        QueueUrl=jobs, ReceiptHandle=handle, VisibilityTimeout=1)
    expect("Messages" not in sqs.receive_message(QueueUrl=jobs), "the message is moved after one receipt")
    expect(sqs.receive_message(QueueUrl=dead)["Messages"][0]["Body"] == "one", "the dead letter")

    entries = [{"Id": str(number), "MessageBody": f"m{number}"} for number in range(10)]
    batch = sqs.send_message_batch(QueueUrl=jobs, Entries=entries)
    expect(len(batch["Successful"]) == 10 and not batch.get("Failed"), "batch")
    taken = sqs.receive_message(QueueUrl=jobs, MaxNumberOfMessages=10)["Messages"]
    expect(sorted(m["Body"] for m in taken) == sorted(e["MessageBody"] for e in entries), "all of the batch")
    hidden = [{"Id": str(i), "ReceiptHandle": m["ReceiptHandle"], "VisibilityTimeout": 60} for i, m in enumerate(taken[:9])]
    changed = sqs.change_message_visibility_batch(QueueUrl=jobs, Entries=hidden + [
        {"Id": "x", "ReceiptHandle": "nonsense", "VisibilityTimeout": 60}])
    expect(len(changed["Successful"]) == 9 and changed["Failed"][0]["Code"] == "ReceiptHandleIsInvalid", "batch of visibilities")
    deletions = [{"Id": str(i), "ReceiptHandle": m["ReceiptHandle"]} for i, m in enumerate(taken[:9])]
    deleted = sqs.delete_message_batch(QueueUrl=jobs, Entries=deletions + [{"Id": "x", "ReceiptHandle": "nonsense"}])
    expect(len(deleted["Successful"]) == 9 and deleted["Failed"][0]["Code"] == "ReceiptHandleIsInvalid", "batch deletion")
    sqs.delete_message(QueueUrl=jobs, ReceiptHandle=taken[9]["ReceiptHandle"])

    response = expect_error(
        "AWS.SimpleQueueService.NonExistentQueue", "a queue that is not there", sqs.get_queue_url, QueueName="none")
    expect(response["Error"]["QueryErrorCode"] == "QueueDoesNotExist", f"modelled error: {response['Error']}")
    try:
        sqs.get_queue_url(QueueName="none")
    except sqs.exceptions.QueueDoesNotExist:
        pass
    expect_error(
        "AWS.SimpleQueueService.TooManyEntriesInBatchRequest", "eleven entries", sqs.send_message_batch, QueueUrl=jobs,
        Entries=entries + [{"Id": "eleven", "MessageBody": "x"}])
    expect_error("InvalidParameterValue", "a long message", sqs.send_message, QueueUrl=jobs, MessageBody="x" * 1048577)
    sqs.purge_queue(QueueUrl=jobs)
    expect_error("AWS.SimpleQueueService.PurgeQueueInProgress", "a second purge", sqs.purge_queue, QueueUrl=jobs)
    sqs.delete_queue(QueueUrl=jobs)
    expect_error(
        "AWS.SimpleQueueService.NonExistentQueue", "a deleted queue", sqs.send_message, QueueUrl=jobs, MessageBody="x")


def functions():
    functions = client("lambda", lambda_url)
    reply = functions.invoke(FunctionName="echo", Payload=b'{"a":1}', LogType="Tail")
    expect(reply["StatusCode"] == 200 and reply["ExecutedVersion"] == "$LATEST", "Invoke")
    expect(json.load(reply["Payload"])["event"] == {"a": 1}, "the payload")
    import base64
    log = base64.b64decode(reply["LogResult"]).decode()
    expect(log.startswith("START RequestId: ") and "\nevent 1\n" in log and "\nREPORT " in log, f"log tail: {log}")
    failed = functions.invoke(FunctionName="echo", Payload=b'{"do":"fail"}')
    expect(failed["FunctionError"] == "Unhandled" and failed["StatusCode"] == 200, "a function error")
    expect(json.load(failed["Payload"])["errorMessage"] == 'bad "luck"', "the error document")
    expect(functions.invoke(FunctionName="echo", InvocationType="Event")["StatusCode"] == 202, "Event")
    expect(functions.invoke(FunctionName="echo", InvocationType="DryRun")["StatusCode"] == 204, "DryRun")
    arn = functions.get_function(FunctionName="echo")["Configuration"]["FunctionArn"]
    expect(functions.get_function_configuration(FunctionName="echo")["FunctionArn"] == arn, "GetFunctionConfiguration")
    expect(json.load(functions.invoke(FunctionName=arn)["Payload"])["event"] == {}, "Invoke by ARN, without a payload")
    expect([f["FunctionName"] for f in functions.list_functions()["Functions"]] == ["echo"], "ListFunctions")
    expect_error("ResourceNotFoundException", "an unknown function", functions.invoke, FunctionName="none")
    expect_error("InvalidRequestContentException", "no JSON", functions.invoke, FunctionName="echo", Payload=b"{")
    large = b'"' + b"x" * 6291456 + b'"'
    expect_error("RequestTooLargeException", "a large request", functions.invoke, FunctionName="echo", Payload=large)
    expect_error(
        "RequestTooLargeException", "a large event", functions.invoke, FunctionName="echo", InvocationType="Event",
        Payload=b'"' + b"x" * 1048576 + b'"')


def models():
    bedrock = client("bedrock-runtime", bedrock_url)
    data = {"agent": "reporter", "sections": ["Executive summary"], "symbols": ["VTI"],
            "facts": [{"id": "portfolio.total.usd", "value": "$1.00"}, {"id": "portfolio.holdings.count", "value": "1"}]}
    text = f"Write.\n\nDATA:\n```json\n{json.dumps(data)}\n```"
    messages = [{"role": "user", "content": [{"text": text}]}]
    model = "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.amazon.nova-pro-v1:0"
    schema = {"type": "object", "properties": {"symbols": {"type": "array", "items": {"type": "string"}}}, "required": ["symbols"]}
    tools = {"tools": [{"toolSpec": {"name": "look", "description": "looks", "inputSchema": {"json": schema}}}]}

    whole = bedrock.converse(modelId=model, messages=messages, system=[{"text": "Be kind."}])
    words = whole["output"]["message"]["content"][0]["text"]
    expect(whole["stopReason"] == "end_turn" and "no language model was used" in words, "Converse")
    expect(whole["usage"]["totalTokens"] > 0 and "latencyMs" in whole["metrics"], "usage")
    called = bedrock.converse(modelId=model, messages=messages, toolConfig=tools)
    expect(called["output"]["message"]["content"][0]["toolUse"]["input"] == {"symbols": ["VTI"]}, "a tool call")

    streamed, stop = io.StringIO(), None
    for event in bedrock.converse_stream(modelId=model, messages=messages)["stream"]:
        streamed.write(event.get("contentBlockDelta", {}).get("delta", {}).get("text", ""))
        stop = event.get("messageStop", {}).get("stopReason", stop)
    expect(streamed.getvalue() == words and stop == "end_turn", "ConverseStream says the same")
    arguments = ""
    for event in bedrock.converse_stream(modelId=model, messages=messages, toolConfig=tools)["stream"]:
        arguments += event.get("contentBlockDelta", {}).get("delta", {}).get("toolUse", {}).get("input", "")
    expect(json.loads(arguments) == {"symbols": ["VTI"]}, "a streamed tool call")
    expect_error("ValidationException", "a temperature of 2", bedrock.converse, modelId=model, messages=messages,
                 inferenceConfig={"temperature": 0.5, "maxTokens": 1}, toolConfig=tools | {"toolChoice": {"tool": {"name": "x"}}})


queues()
functions()
models()
print("boto3 agrees")
