"""Prints random requests as botocore signs them, one JSON object a line.

    python3 Tests/Fixtures/aws/sigv4/random_requests.py <count> [<seed>]

They are what an SDK can send: every method, services, regions and hosts, paths and queries with all of Unicode, repeated headers,
bodies, session tokens, unsigned bodies, and presigned addresses. Left out is what only one of the two gets to see:

- a query that is not encoded as botocore's serializers do: botocore signs it as it is, AWS and Alex encode it first;
- the header Date, which botocore signs in place of X-Amz-Date;
- in a header's value, blanks that are not ASCII: for Python they are blanks, for HTTP and Alex they are not;
- presigned: a name twice in the query, of which botocore keeps one; for other services than S3 a body, which botocore moves into the
  query.
"""

import base64
import datetime
import json
import random
import sys
import urllib.parse
from types import SimpleNamespace

import botocore.auth
import botocore.awsrequest
import botocore.credentials
import botocore.utils

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
SERVICES = ["s3", "rds-data", "bedrock", "sqs", "lambda", "secretsmanager", "sts", "execute-api", "s3vectors", "a_b-c.d"]
REGIONS = ["us-east-1", "eu-central-1", "ap-southeast-2", "us-gov-west-1", "cn-north-1", "aws-global"]
HOSTS = ["example.amazonaws.com", "Bucket.S3.Amazonaws.com", "localhost:4566", "127.0.0.1", "[::1]:8000", "example.com:443", "example.com:80"]
UNRESERVED = "ABCXYZabcxyz0189-._~"
RESERVED = "!$&'()*+,;=:@"
UNICODE = 2 * "äßñéŁждא中文日本😀𝄞\u00a0\u200b\u0301"
ASCII = "".join(map(chr, range(0x20, 0x7F)))
NAMES = ["Content-Type", "X-Amz-Target", "X-Amz-Meta-A", "x-amz-meta-a", "X-AMZ-META-B", "Accept", "Range", "If-Match", "x-custom", "X-Custom",
         "Content-Length", "Zebra", "A", "a-b", "User-Agent", "Connection", "Expect", "TE", "Trailer", "Upgrade", "Keep-Alive",
         "Transfer-Encoding", "Proxy-Authorization", "Proxy-Authenticate", "X-Amzn-Trace-Id", "Authorization", "X-Amz-Date"]


def text(chance, alphabets, least, most):
    return "".join(chance.choices("".join(alphabets), k=chance.randint(least, most)))


def path(chance):
    """Percent-encoded, raw where HTTP allows it, with dots, empty segments and escapes in both cases."""
    segments = []
    for _ in range(chance.randint(0, 6)):
        kind = chance.random()
        if kind < 0.1:
            segments.append(chance.choice(["", ".", "..", "...", "%2E", "%2e%2E"]))
        elif kind < 0.4:
            segments.append(text(chance, [UNRESERVED, RESERVED], 1, 12))
        else:
            segment = urllib.parse.quote(text(chance, [UNRESERVED, RESERVED, UNICODE, ASCII], 0, 12), safe="")
            segments.append(segment.lower() if chance.random() < 0.1 else segment)
    return "/" + "/".join(segments) + chance.choice(["", "", "/"])


def query(chance, is_presigned):
    pairs = {} if is_presigned else []
    for _ in range(chance.choice([0, 0, 1, 2, 3, 8])):
        name = chance.choice(["a", "A", "a-b", "list-type", "uploads", text(chance, [UNRESERVED, UNICODE, ASCII], 1, 6)])
        value = chance.choice(["", "1", text(chance, [UNRESERVED, UNICODE, ASCII], 0, 12)])
        if is_presigned:
            pairs[name] = value
        else:
            pairs.append((name, value))
    encoded = botocore.utils.percent_encode_sequence(pairs)
    return encoded + ("&acl" if encoded and not is_presigned and chance.random() < 0.1 else "")


def headers(chance, is_presigned):
    fields = []
    for _ in range(chance.choice([0, 1, 2, 3, 5, 12])):
        value = text(chance, [UNRESERVED, ASCII, "  \t" * 8, "äé中😀" * 3], 0, 24)
        fields.append((chance.choice(NAMES), chance.choice(["", " ", "\t "]) + value))
    if is_presigned:
        fields = [field for field in fields if field[0] not in ("Authorization", "X-Amz-Date")]
    return fields


def case(chance):
    service = chance.choice(SERVICES)
    is_presigned = chance.random() < 0.2
    is_unsigned = not is_presigned and chance.random() < 0.15
    encoded_query = query(chance, is_presigned)
    has_body = chance.random() < 0.6 and not is_presigned
    return {
        "method": chance.choice(METHODS),
        "url": chance.choice(["https", "https", "https", "https" if is_unsigned else "http"]) + "://" + chance.choice(HOSTS) + path(chance)
        + ("?" + encoded_query if encoded_query else ""),
        "headers": headers(chance, is_presigned),
        "body": base64.b64encode(chance.randbytes(chance.choice([1, 55, 56, 64, 300]) if has_body else 0)).decode(),
        "accessKeyID": "AKID" + text(chance, [UNRESERVED], 4, 16),
        "secretAccessKey": text(chance, [UNRESERVED, "/+"], 1, 80),
        "sessionToken": text(chance, [UNRESERVED, "/+="], 1, 200) if chance.random() < 0.4 else None,
        "region": chance.choice(REGIONS),
        "service": service,
        "isUnsigned": is_unsigned,
        "lifetimeSeconds": chance.randint(1, 604800) if is_presigned else None,
        "secondsSinceEpoch": chance.randint(0, 4102444800),
    }


def sign(given):
    """Adds the value of Authorization, or the signed address."""
    request = botocore.awsrequest.AWSRequest(
        method=given["method"], url=given["url"], data=base64.b64decode(given["body"]))
    for name, value in given["headers"]:
        request.headers.add_header(name, value)
    if given["isUnsigned"]:
        request.context["payload_signing_enabled"] = False
        request.context["client_config"] = SimpleNamespace(s3={"payload_signing_enabled": False})
    credentials = botocore.credentials.Credentials(given["accessKeyID"], given["secretAccessKey"], given["sessionToken"])
    moment = datetime.datetime.fromtimestamp(given["secondsSinceEpoch"], datetime.timezone.utc)
    botocore.auth.get_current_datetime = lambda *_, **__: moment
    is_s3 = given["service"] == "s3"
    if given["lifetimeSeconds"]:
        kind = botocore.auth.S3SigV4QueryAuth if is_s3 else botocore.auth.SigV4QueryAuth
        kind(credentials, given["service"], given["region"], given["lifetimeSeconds"]).add_auth(request)
        return given | {"signed": request.url}
    kind = botocore.auth.S3SigV4Auth if is_s3 else botocore.auth.SigV4Auth
    kind(credentials, given["service"], given["region"]).add_auth(request)
    return given | {"signed": request.headers["Authorization"]}


chance = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 7)
for _ in range(int(sys.argv[1])):
    print(json.dumps(sign(case(chance)), ensure_ascii=False, separators=(",", ":")))
