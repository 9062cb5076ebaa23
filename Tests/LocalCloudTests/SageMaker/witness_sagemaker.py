"""boto3 as a witness: AWS's own client asks models behind the local cloud's SageMaker endpoints.

Called with the endpoint. `embedding` has two numbers for each letter, `broken` fails, `loading` is not ready. Exits
with a sentence on the first disagreement.
"""
import json
import sys

try:
    import boto3
    from botocore.config import Config
    from botocore.exceptions import ClientError
except ImportError as reason:
    sys.exit(f"boto3 is needed as a witness and cannot be imported ({reason}): pip install boto3, or set ALEX_PYTHON")

runtime = boto3.client(
    "sagemaker-runtime", endpoint_url=sys.argv[1], region_name="us-east-1", aws_access_key_id="local",
    aws_secret_access_key="local", config=Config(retries={"total_max_attempts": 1}, parameter_validation=False))


def expect(condition, what):
    if not condition:
        sys.exit(f"boto3 disagrees: {what}")


def expect_error(code, status, what, **arguments):
    try:
        runtime.invoke_endpoint(**arguments)
    except ClientError as error:
        found = (error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"])
        expect(found == (code, status), f"{what}: {error.response} instead of {code}")
        return error.response
    sys.exit(f"boto3 disagrees: {what} was not refused")


def ask(body, **more):
    answer = runtime.invoke_endpoint(
        EndpointName="embedding", ContentType="application/json", Body=json.dumps(body), **more)
    return answer, json.loads(answer["Body"].read())


answer, numbers = ask({"inputs": "ab", "parameters": {"ignored": 1}}, CustomAttributes="trace=7")
expect(numbers == [[[97, 0.5], [98, 0.5]]], f"one text: {numbers}")
expect(answer["ContentType"] == "application/json", f"its type: {answer}")
expect(answer["InvokedProductionVariant"] == "AllTraffic", f"who answered: {answer}")
expect(answer["CustomAttributes"] == "trace=7", f"custom attributes: {answer}")
_, numbers = ask({"inputs": ["a", "bc"]}, Accept="*/*")
expect(numbers == [[[[97, 0.5]]], [[[98, 0.5], [99, 0.5]]]], f"two texts: {numbers}")

missing = expect_error("ValidationError", 400, "an endpoint that is not there", EndpointName="absent", Body=b"{}")
expect(missing["Error"]["Message"] == "Endpoint absent of account 123456789012 not found.", f"its words: {missing}")
expect_error("ValidationError", 400, "a body too large", EndpointName="embedding", Body=b" " * 6291457)
expect_error("ValidationError", 400, "a name that is none", EndpointName="a_b", Body=b"{}")
bad = expect_error(
    "ModelError", 424, "a body without inputs", EndpointName="embedding", ContentType="application/json", Body=b'{"text":"a"}')
expect(bad["OriginalStatusCode"] == 400, f"the container's status: {bad}")
expect(json.loads(bad["OriginalMessage"])["code"] == 400, f"the container's document: {bad}")
expect(bad["LogStreamArn"].endswith("/aws/sagemaker/Endpoints/embedding"), f"the log: {bad}")
broken = expect_error("ModelError", 424, "a model that fails", EndpointName="broken", Body=b'{"inputs":"a"}')
expect("Received server error (500) from primary" in broken["Error"]["Message"], f"its words: {broken}")
expect_error("ModelNotReadyException", 429, "a model that is loading", EndpointName="loading", Body=b"{}")
print("boto3 agrees")
