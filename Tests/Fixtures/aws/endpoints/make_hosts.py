"""Writes hosts.json: the addresses that botocore's endpoint rules give each service in each partition.

Run it where botocore is installed.
"""
import json
import pathlib

import botocore
import botocore.endpoint_provider
import botocore.loaders
import botocore.session

SERVICES = [
    "apigateway", "bedrock-runtime", "cloudfront", "lambda", "logs", "rds-data", "s3", "s3vectors", "sagemaker-runtime",
    "secretsmanager", "sqs", "sso", "sso-oidc", "sts"]
REGIONS = [
    "us-east-1", "eu-west-1", "cn-north-1", "us-gov-west-1", "us-iso-east-1", "us-isob-east-1", "eu-isoe-west-1",
    "us-isof-south-1", "eusc-de-east-1"]
# China has no FIPS, and CloudFront no dual stack outside of the commercial partition: the rules give addresses, or refuse.
LEFT_OUT = {("cn-north-1", "fips"), ("cn-north-1", "fips dualstack"), ("cloudfront", "cn-north-1", "dualstack")}

loader = botocore.loaders.Loader()
partitions = loader.load_data("partitions")
session = botocore.session.Session()
services = {}
for name in SERVICES:
    rules = botocore.endpoint_provider.EndpointProvider(loader.load_service_model(name, "endpoint-rule-set-1"), partitions)
    hosts = {}
    for region in REGIONS:
        for kind, fips, dual in [("", False, False), ("fips", True, False), ("dualstack", False, True), ("fips dualstack", True, True)]:
            if (region, kind) in LEFT_OUT or (name, region, kind) in LEFT_OUT:
                continue
            endpoint = rules.resolve_endpoint(Region=region, UseFIPS=fips, UseDualStack=dual)
            hosts[f"{region} {kind}".strip()] = endpoint.url
    services[session.get_service_model(name).service_id.replace(" ", "_").upper()] = hosts
path = pathlib.Path(__file__).parent / "hosts.json"
path.write_text(json.dumps({"source": f"make_hosts.py, botocore {botocore.__version__}", "services": services}, indent=1) + "\n")
