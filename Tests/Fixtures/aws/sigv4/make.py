"""Writes cases.json: requests as botocore signs them.

    python3 Tests/Fixtures/aws/sigv4/make.py
"""

import base64
import datetime
import json
import pathlib
from unittest import mock

import botocore
import botocore.auth
import botocore.awsrequest
import botocore.credentials

MOMENT = datetime.datetime(2015, 8, 30, 12, 36, 0)
KEY_ID = "AKIDEXAMPLE"
SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
HOST = "https://example.amazonaws.com"


def case(name, method="GET", url=HOST + "/", headers=(), body=b"", region="us-east-1", service="service",
         token=None, payload="signed"):
    return locals()


CASES = [
    case("get-vanilla"),
    case("post-vanilla", "POST"),
    case("blanks in a header are trimmed and collapsed", headers=[("My-Header1", "  a   b   c  "), ("My-Header2", '"a   b"')]),
    case("a repeated header is joined in order", headers=[("My-Header1", "value4"), ("My-Header1", "value1"), ("my-header1", "value3")]),
    case("headers are sorted by lower-case name", headers=[("Zebra", "1"), ("apple", "2"), ("Mango-Tree", "3"), ("mango", "4")]),
    case("unsigned headers stay unsigned", headers=[("User-Agent", "x"), ("Connection", "close"), ("X-Amzn-Trace-Id", "Root=1"), ("Expect", "100-continue"), ("TE", "trailers")]),
    case("a blank in the path", url=HOST + "/example%20space/"),
    case("unicode in the path", url=HOST + "/%E1%88%B4"),
    case("the path is normalised", url=HOST + "/a/./b//c/../d"),
    case("a path of dots ends at the root", url=HOST + "/example/.."),
    case("a trailing slash stays", url=HOST + "//example//"),
    case("an encoded colon is encoded again", "POST", HOST + "/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Ainference-profile%2Fus.amazon.nova-pro-v1%3A0/converse", [("Content-Type", "application/json")], b'{"messages":[]}', service="bedrock"),
    case("unreserved characters stay", url=HOST + "/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"),
    case("the query is sorted by name, then value", url=HOST + "/?Param2=value2&Param1=value2&Param1=Value1&param1=x&Param-3=Value3"),
    case("a query name without a value", url=HOST + "/?Qualifier&Action=List"),
    case("blanks and unicode in the query", url=HOST + "/?q=a%20b%2Bc&%E1%88%B4=bar&r=%2F%3D%26"),
    case("a session token", token="AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGd"),
    case("a host with a port", "POST", "http://LocalHost:4566/", [("Content-Type", "application/x-amz-json-1.0"), ("X-Amz-Target", "AmazonSQS.SendMessage")], '{"MessageBody":"ünï"}'.encode(), service="sqs"),
    case("the scheme's own port is dropped", url="https://example.amazonaws.com:443/"),
    case("a body", "POST", HOST + "/Execute", [("Content-Type", "application/json")], b'{"sql":"SELECT 1"}', "eu-central-1", "rds-data"),
    case("S3 encodes the path once", "GET", HOST + "/bucket/a%20b//c/../d%3A", service="s3"),
    case("S3 with an unsigned body", "PUT", HOST + "/bucket/key", body=b"large", service="s3", payload="unsigned"),
]


def sign(given):
    request = botocore.awsrequest.AWSRequest(method=given["method"], url=given["url"], data=given["body"])
    for name, value in given["headers"]:
        request.headers.add_header(name, value)
    if given["payload"] == "unsigned":
        request.context["client_config"] = mock.Mock(s3={"payload_signing_enabled": False})
        request.context["payload_signing_enabled"] = False
    elif given["service"] == "s3":
        request.context["client_config"] = mock.Mock(s3={"payload_signing_enabled": True})
        request.context["payload_signing_enabled"] = True
    credentials = botocore.credentials.Credentials(KEY_ID, SECRET, given["token"])
    kind = botocore.auth.S3SigV4Auth if given["service"] == "s3" else botocore.auth.SigV4Auth
    signer = kind(credentials, given["service"], given["region"])
    texts = {}
    for step in ("canonical_request", "string_to_sign"):
        original = getattr(signer, step)
        setattr(signer, step, lambda *a, o=original, s=step: texts.setdefault(s, o(*a)))
    with mock.patch.object(botocore.auth, "get_current_datetime", lambda *a, **k: MOMENT):
        signer.add_auth(request)
    return {
        "name": given["name"],
        "method": given["method"],
        "url": given["url"],
        "headers": [list(pair) for pair in given["headers"]],
        "body": base64.b64encode(given["body"]).decode(),
        "region": given["region"],
        "service": given["service"],
        "sessionToken": given["token"],
        "payload": given["payload"],
        "canonicalRequest": texts["canonical_request"],
        "stringToSign": texts["string_to_sign"],
        "authorization": request.headers["Authorization"],
    }


document = {
    "source": f"make.py beside this file, botocore {botocore.__version__}; get-vanilla is AWS's published example",
    "accessKeyID": KEY_ID,
    "secretAccessKey": SECRET,
    "moment": "2015-08-30T12:36:00Z",
    "cases": [sign(given) for given in CASES],
}
path = pathlib.Path(__file__).with_name("cases.json")
path.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n")
