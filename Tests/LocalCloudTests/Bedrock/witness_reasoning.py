"""boto3 as a witness: reasoning of a model, whole and streamed, and a stream that breaks off.

Called with the address of a local cloud whose model answers twice and then breaks off; exits with a sentence on the
first disagreement.
"""

import sys

try:
    import boto3
    from botocore.config import Config
    from botocore.exceptions import EventStreamError
except ImportError as reason:
    sys.exit(f"boto3 is needed as a witness and cannot be imported ({reason}): pip install boto3, or set ALEX_PYTHON")

bedrock = boto3.client(
    "bedrock-runtime", endpoint_url=sys.argv[1], region_name="us-east-1", aws_access_key_id="local",
    aws_secret_access_key="local", config=Config(retries={"total_max_attempts": 1}))


def expect(condition, what):
    if not condition:
        sys.exit(f"boto3 disagrees: {what}")


model, messages = "us.amazon.nova-pro-v1:0", [{"role": "user", "content": [{"text": "hi"}]}]
whole = bedrock.converse(modelId=model, messages=messages)["output"]["message"]
thought = whole["content"][0]["reasoningContent"]["reasoningText"]["text"]
expect(thought == "hm" and whole["content"][1]["text"] == "300", f"reasoning: {whole}")
messages += [whole, {"role": "user", "content": [{"text": "and now?"}]}]
streamed = {"text": "", "reasoning": ""}
for event in bedrock.converse_stream(modelId=model, messages=messages)["stream"]:
    delta = event.get("contentBlockDelta", {}).get("delta", {})
    streamed["text"] += delta.get("text", "")
    streamed["reasoning"] += delta.get("reasoningContent", {}).get("text", "")
expect(streamed == {"text": "300", "reasoning": "hm"}, f"streamed reasoning: {streamed}")
heard = ""
try:
    for event in bedrock.converse_stream(modelId=model, messages=messages)["stream"]:
        heard += event.get("contentBlockDelta", {}).get("delta", {}).get("text", "")
    sys.exit("boto3 disagrees: a stream that breaks off succeeds")
except EventStreamError as error:
    expect(heard == "Hel" and error.response["Error"]["Code"] == "throttlingException", f"broken off: {error}")
print("boto3 agrees")
