"""Signs requests with botocore and, where it is installed, awscrt: what `alex bench sigv4` is measured against.

Reads the requests as JSON from standard input, writes for each kind of request the seconds of one signature, a number for
each run, and the signatures as JSON to standard output. What can be made beforehand is made beforehand: requests, credentials, and for awscrt one
configuration for all. awscrt is timed with one thread's work at hand: its signature is complete when the call returns.
"""

import base64
import datetime
import io
import json
import sys
import time
from urllib.parse import urlsplit

import botocore
import botocore.auth
import botocore.awsrequest
import botocore.credentials

try:
    import awscrt
    import awscrt.auth
    import awscrt.http
except ImportError:
    awscrt = None


def botocore_signing(kind, moment):
    """A function that makes a request, and one that signs it."""
    botocore.auth.get_current_datetime = lambda *_, **__: moment
    credentials = botocore.credentials.Credentials(kind["accessKeyID"], kind["secretAccessKey"], kind["sessionToken"])
    signer = (botocore.auth.S3SigV4Auth if kind["isS3"] else botocore.auth.SigV4Auth)(
        credentials, kind["service"], kind["region"])

    def prepare(request):
        prepared = botocore.awsrequest.AWSRequest(
            method=request["method"], url=request["url"], data=base64.b64decode(request["body"]))
        for name, value in request["headers"]:
            prepared.headers.add_header(name, value)
        return prepared

    return prepare, signer.add_auth, lambda signed: signed.headers["Authorization"]


def awscrt_signing(kind, moment):
    credentials = awscrt.auth.AwsCredentialsProvider.new_static(
        kind["accessKeyID"], kind["secretAccessKey"], kind["sessionToken"])
    configuration = awscrt.auth.AwsSigningConfig(
        algorithm=awscrt.auth.AwsSigningAlgorithm.V4,
        signature_type=awscrt.auth.AwsSignatureType.HTTP_REQUEST_HEADERS,
        credentials_provider=credentials, region=kind["region"], service=kind["service"], date=moment,
        use_double_uri_encode=not kind["isS3"], should_normalize_uri_path=not kind["isS3"],
        signed_body_header_type=awscrt.auth.AwsSignedBodyHeaderType.X_AMZ_CONTENT_SHA_256 if kind["isS3"]
        else awscrt.auth.AwsSignedBodyHeaderType.NONE)

    def prepare(request):
        url = urlsplit(request["url"])
        headers = awscrt.http.HttpHeaders([("Host", url.netloc)] + [tuple(pair) for pair in request["headers"]])
        return awscrt.http.HttpRequest(
            request["method"], url.path + ("?" + url.query if url.query else ""), headers,
            io.BytesIO(base64.b64decode(request["body"])))

    return (
        prepare, lambda request: awscrt.auth.aws_sign_request(request, configuration).result(),
        lambda signed: signed.headers.get("Authorization"))


def measure(kind, runs, signing):
    prepare, sign, authorization = signing
    seconds = []
    for _ in range(runs):
        prepared = [prepare(request) for request in kind["requests"]]
        start = time.process_time()
        for request in prepared:
            sign(request)
        seconds.append((time.process_time() - start) / len(prepared))
    return {"seconds": seconds, "signatures": [authorization(request) for request in prepared]}


plan = json.load(sys.stdin)
moment = datetime.datetime.fromtimestamp(plan["secondsSinceEpoch"], datetime.timezone.utc)
answer = {"botocore": {
    "version": botocore.__version__,
    "kinds": [measure(kind, plan["runs"], botocore_signing(kind, moment)) for kind in plan["kinds"]]}}
if awscrt:
    answer["awscrt"] = {
        "version": awscrt.__version__,
        "kinds": [measure(kind, plan["runs"], awscrt_signing(kind, moment)) for kind in plan["kinds"]]}
json.dump(answer, sys.stdout)
