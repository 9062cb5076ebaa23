"""boto3 asks the local cloud for every operation of AWS's models; what is served has to have a witness.

Called with the address of the local cloud. An operation is served unless it is answered with UnknownOperationException.
"""

import pathlib
import re
import sys

try:
    import boto3
    import botocore.exceptions
    from botocore import xform_name
    from botocore.config import Config
except ImportError as reason:
    sys.exit(f"boto3 is needed as a witness and cannot be imported ({reason}): pip install boto3, or set ALEX_PYTHON")

here = pathlib.Path(__file__).parent
# Where each service's witness speaks.
WITNESSES = {
    "bedrock-runtime": ["witness_sqs_lambda_bedrock.py"],
    "lambda": ["witness_sqs_lambda_bedrock.py"],
    "logs": ["Logs/witness_logs.py"],
    "rds-data": ["witness_rds.py"],
    "s3vectors": ["S3Vectors/witness_s3vectors.py"],
    "sagemaker-runtime": ["SageMaker/witness_sagemaker.py"],
    "scheduler": ["Scheduler/witness_scheduler.py"],
    "secretsmanager": ["witness_rds.py"],
    "sqs": ["witness_sqs_lambda_bedrock.py"],
}


def sample(shape):
    """Something for a required member; most of it is refused, which is an answer, too."""
    match shape.type_name:
        case "structure":
            return {name: sample(shape.members[name]) for name in shape.required_members}
        case "list" | "map":
            return [] if shape.type_name == "list" else {}
        case "string":
            return shape.enum[0] if shape.enum else "x"
        case "blob":
            return b"{}"
        case "boolean":
            return False
        case "timestamp":
            return 0
    return 1


def is_served(client, name):
    operation = client.meta.service_model.operation_model(name)
    members = sample(operation.input_shape) if operation.input_shape else {}
    try:
        getattr(client, xform_name(name))(**members)
    except botocore.exceptions.ClientError as error:
        return error.response["Error"]["Code"] != "UnknownOperationException"
    return True


def check(service, address):
    client = boto3.client(
        service, endpoint_url=address, region_name="us-east-1", aws_access_key_id="local", aws_secret_access_key="local",
        config=Config(retries={"total_max_attempts": 1}, parameter_validation=False, inject_host_prefix=False))
    words = "".join((here / file).read_text() for file in WITNESSES[service])
    # Events go both ways in one operation, which boto3 cannot do.
    names = [name for name in client.meta.service_model.operation_names if hasattr(client, xform_name(name))]
    served = [name for name in names if is_served(client, name)]
    missing = [name for name in served if not re.search(rf'\b{xform_name(name)}\b', words)]
    return served, [f"{service} {name}" for name in missing]


served_by_service, unwitnessed = {}, []
for service in WITNESSES:
    served_by_service[service], missing = check(service, sys.argv[1])
    unwitnessed += missing
for service, served in served_by_service.items():
    if not served:
        sys.exit(f"boto3 disagrees: nothing of {service} is served")
if unwitnessed:
    sys.exit(f"served without a witness: {', '.join(unwitnessed)}")
if "-v" in sys.argv:
    for service, served in served_by_service.items():
        print(service, len(served), *served)
print("boto3 agrees")
