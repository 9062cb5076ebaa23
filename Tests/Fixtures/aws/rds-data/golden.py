"""Writes golden.json: what botocore sends for our client's calls, and answers that fit the service's model.

    python3 Tests/Fixtures/aws/rds-data/golden.py

Requests are validated and serialised by botocore. Answers are read back by botocore's parser, and a member
its model does not know, or reads in another way, stops this script. No network is used.
"""

import base64
import json
import pathlib

import boto3
import botocore
from botocore.awsrequest import AWSResponse

SERVICE = "rds-data"
CLUSTER = "arn:aws:rds:us-east-1:123456789012:cluster:alex"
SECRET = "arn:aws:secretsmanager:us-east-1:123456789012:secret:alex-AbCdEf"
TARGET = {"resourceArn": CLUSTER, "secretArn": SECRET}


class Raw:
    """The stream of a response that has been read."""

    def __init__(self, body):
        self.body = body

    def stream(self, *_, **__):
        yield self.body


def call(operation, arguments, answer):
    """The request botocore makes, with the answer it was given."""
    client = boto3.client(
        SERVICE, region_name="us-east-1", aws_access_key_id="AKIDEXAMPLE", aws_secret_access_key="secret")
    sent = []

    def send(request, **_):
        sent.append(request)
        body = json.dumps(answer).encode()
        headers = {"content-type": "application/json"}
        return AWSResponse(request.url, 200, headers, Raw(body))

    client.meta.events.register("before-send", send)
    parsed = getattr(client, operation)(**arguments)
    parsed.pop("ResponseMetadata")
    assert plain(parsed) == answer, f"{operation}: botocore reads {parsed}"
    request = sent[0]
    path = request.url.split("amazonaws.com", 1)[1]
    return {
        "operation": operation, "method": request.method, "path": path,
        "body": json.loads(request.body), "answer": answer,
    }


def plain(value):
    """Parsed values as JSON writes them."""
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, dict):
        return {key: plain(member) for key, member in value.items()}
    if isinstance(value, list):
        return [plain(element) for element in value]
    return value


def parameter(number, value, hint=None):
    named = {"name": f"p{number}", "value": value}
    return named | ({"typeHint": hint} if hint else {})


def column(label, type_name):
    return {
        "arrayBaseColumnType": 0, "isAutoIncrement": False, "isCaseSensitive": False, "isCurrency": False,
        "isSigned": False, "label": label, "name": label, "nullable": 1, "precision": 20, "scale": 0,
        "schemaName": "", "tableName": "samples", "type": 1111, "typeName": type_name,
    }


EVERY_PARAMETER = [
    parameter(1, {"stringValue": "O'Hara; DROP TABLE users"}),
    parameter(2, {"longValue": -42}),
    parameter(3, {"doubleValue": 2.5}),
    parameter(4, {"booleanValue": True}),
    parameter(5, {"stringValue": "1234567890.12345678"}, "DECIMAL"),
    parameter(6, {"stringValue": "2026-11-21 08:00:00.250000"}, "TIMESTAMP"),
    parameter(7, {"stringValue": "2026-11-21"}, "DATE"),
    parameter(8, {"stringValue": "6f1c1f9e-3d86-4a5c-9a1e-2f5f0c9b7a10"}, "UUID"),
    parameter(9, {"stringValue": '{"a":[1,null]}'}, "JSON"),
    parameter(10, {"blobValue": b"\x00\xff"}),
    parameter(11, {"stringValue": '{"VTI","say \\"hi\\"",NULL}'}),
    parameter(12, {"isNull": True}),
    parameter(13, {"isNull": True}, "UUID"),
    parameter(14, {"isNull": True}, "DECIMAL"),
]

EVERY_COLUMN = [
    ("nothing", "text", {"isNull": True}),
    ("flag", "bool", {"booleanValue": False}),
    ("small", "int2", {"longValue": -7}),
    ("big", "int8", {"longValue": 9223372036854775807}),
    ("serial", "bigserial", {"longValue": 1}),
    ("ratio", "float8", {"doubleValue": 0.1}),
    ("price", "numeric", {"stringValue": "1234567890.12345678"}),
    ("name", "varchar", {"stringValue": "[not json"}),
    ("document", "jsonb", {"stringValue": '{"a": [1, 2.50]}'}),
    ("id", "uuid", {"stringValue": "6f1c1f9e-3d86-4a5c-9a1e-2f5f0c9b7a10"}),
    ("day", "date", {"stringValue": "2026-11-21"}),
    ("moment", "timestamptz", {"stringValue": "2026-11-21 08:00:00.25"}),
    ("whole_second", "timestamp", {"stringValue": "2026-11-21 08:00:00"}),
    ("status", "job_status", {"stringValue": "pending"}),
    ("bytes", "bytea", {"blobValue": "AP8="}),
    ("words", "_text", {"arrayValue": {"stringValues": ["a", "b,c"]}}),
    ("no_words", "_text", {"arrayValue": {"stringValues": []}}),
    ("numbers", "_int8", {"arrayValue": {"longValues": [1, -2]}}),
    ("ratios", "_float8", {"arrayValue": {"doubleValues": [0.5, 1.5]}}),
    ("flags", "_bool", {"arrayValue": {"booleanValues": [True, False]}}),
    ("nested", "_int4", {"arrayValue": {"arrayValues": [{"longValues": [1, 2]}, {"longValues": []}]}}),
]


def cases():
    yield call(
        "execute_statement",
        TARGET | {
            "database": "alex",
            "sql": "INSERT INTO samples VALUES (" + ", ".join(f":p{n}" for n in range(1, 15)) + ")",
            "parameters": EVERY_PARAMETER,
        },
        {"generatedFields": [], "numberOfRecordsUpdated": 1})
    yield call(
        "execute_statement",
        TARGET | {
            "database": "alex", "sql": "SELECT * FROM samples", "includeResultMetadata": True,
            "resultSetOptions": {"decimalReturnType": "STRING", "longReturnType": "LONG"},
        },
        {
            "columnMetadata": [column(label, type_name) for label, type_name, _ in EVERY_COLUMN],
            "numberOfRecordsUpdated": 0,
            "records": [[field for _, _, field in EVERY_COLUMN]],
        })
    yield call(
        "batch_execute_statement",
        TARGET | {
            "database": "alex", "sql": "INSERT INTO prices VALUES (:p1, :p2)",
            "parameterSets": [
                [parameter(1, {"stringValue": "VTI"}), parameter(2, {"stringValue": "300.25"}, "DECIMAL")],
                [parameter(1, {"stringValue": "BND"}), parameter(2, {"isNull": True}, "DECIMAL")],
            ],
        },
        {"updateResults": [{"generatedFields": []}, {"generatedFields": []}]})
    yield call("begin_transaction", TARGET | {"database": "alex"}, {"transactionId": "AQC5SRDIm"})
    yield call(
        "execute_statement",
        TARGET | {"database": "alex", "sql": "DELETE FROM samples", "transactionId": "AQC5SRDIm"},
        {"generatedFields": [], "numberOfRecordsUpdated": 3})
    yield call(
        "commit_transaction", TARGET | {"transactionId": "AQC5SRDIm"},
        {"transactionStatus": "Transaction Committed"})
    yield call(
        "rollback_transaction", TARGET | {"transactionId": "AQC5SRDIm"},
        {"transactionStatus": "Rollback Complete"})


def model():
    shapes = boto3.client(SERVICE, region_name="us-east-1").meta.service_model
    return {
        "fieldMembers": sorted(shapes.shape_for("Field").members),
        "arrayMembers": sorted(shapes.shape_for("ArrayValue").members),
        "typeHints": sorted(shapes.shape_for("TypeHint").enum),
    }


if __name__ == "__main__":
    document = {
        "source": f"golden.py over botocore {botocore.__version__}, service model rds-data 2018-08-01",
        "model": model(),
        "cases": list(cases()),
    }
    path = pathlib.Path(__file__).with_name("golden.json")
    path.write_text(json.dumps(document, indent=2) + "\n")
