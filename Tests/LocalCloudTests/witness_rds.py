"""boto3 as the witness: what AWS's own SDK makes of the local Data API and Secrets Manager.

usage: witness_rds.py ENDPOINT CLUSTER_ARN SECRET_ARN TOKEN
"""

import base64
import hashlib
import json
import sys
import urllib.request

try:
    import boto3
    from botocore.config import Config
    from botocore.exceptions import ClientError
except ImportError:
    sys.exit("boto3 is missing: pip install boto3, or point ALEX_PYTHON at a Python that has it")

endpoint, cluster, secret, token = sys.argv[1:5]
failures = []


def client(service, key="local"):
    return boto3.client(
        service, endpoint_url=endpoint, region_name="us-east-1", aws_access_key_id=key,
        aws_secret_access_key=key, config=Config(retries={"total_max_attempts": 1}))


def expect(what, found, wanted):
    if found != wanted:
        failures.append(f"{what}: expected {wanted!r}, found {found!r}")


def expect_error(what, code, call, **arguments):
    try:
        call(**arguments)
        failures.append(f"{what}: expected {code}, nothing was raised")
    except ClientError as error:
        expect(what, error.response["Error"]["Code"], code)
        if not error.response["Error"]["Message"]:
            failures.append(f"{what}: the message is empty")
        if not error.response["ResponseMetadata"].get("RequestId"):
            failures.append(f"{what}: the request id is missing")


rds = client("rds-data")
target = {"resourceArn": cluster, "secretArn": secret}


def run(sql, **more):
    return rds.execute_statement(sql=sql, **target, **more)


identifier = "6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b"
run("DROP TABLE IF EXISTS witnessed", continueAfterTimeout=True)
run("CREATE TABLE witnessed (id uuid PRIMARY KEY, n int8, price numeric(20,8), data jsonb, at timestamptz, raw bytea, tags text[])")
written = run(
    "INSERT INTO witnessed VALUES (:id, :n, :price, :data, :at, :raw, string_to_array(:tags, ',')) RETURNING n",
    parameters=[
        {"name": "id", "value": {"stringValue": identifier}, "typeHint": "UUID"},
        {"name": "n", "value": {"longValue": 2**62}},
        {"name": "price", "value": {"stringValue": "123.45678901"}, "typeHint": "DECIMAL"},
        {"name": "data", "value": {"stringValue": '{"a": [1, null]}'}, "typeHint": "JSON"},
        {"name": "at", "value": {"stringValue": "2026-11-21 08:00:00.123456"}, "typeHint": "TIMESTAMP"},
        {"name": "raw", "value": {"blobValue": b"\x00\xff"}},
        {"name": "tags", "value": {"stringValue": "x,y"}},
    ])
expect("RETURNING", written["records"], [[{"longValue": 2**62}]])
expect("numberOfRecordsUpdated", written["numberOfRecordsUpdated"], 1)

read = run("SELECT * FROM witnessed", includeResultMetadata=True)
expect("records", read["records"], [[
    {"stringValue": identifier}, {"longValue": 2**62}, {"stringValue": "123.45678901"},
    {"stringValue": '{"a": [1, null]}'}, {"stringValue": "2026-11-21 08:00:00.123456"}, {"blobValue": b"\x00\xff"},
    {"arrayValue": {"stringValues": ["x", "y"]}}]])
expect("typeName", [column["typeName"] for column in read["columnMetadata"]],
       ["uuid", "int8", "numeric", "jsonb", "timestamptz", "bytea", "_text"])
expect("nullable", read["columnMetadata"][0]["nullable"], 0)
expect("formattedRecords", run("SELECT 1 AS one", formatRecordsAs="JSON")["formattedRecords"], '[{"one":1}]')

batch = rds.batch_execute_statement(
    sql="INSERT INTO witnessed (id) VALUES (:id)", **target,
    parameterSets=[[{"name": "id", "value": {"stringValue": identifier[:-1] + digit}, "typeHint": "UUID"}]
                   for digit in "12"])
expect("updateResults", len(batch["updateResults"]), 2)

transaction = rds.begin_transaction(database="alex", **target)["transactionId"]
run("DELETE FROM witnessed", transactionId=transaction)
expect("rollback", rds.rollback_transaction(transactionId=transaction, **target)["transactionStatus"], "Rollback Complete")
expect("after rollback", run("SELECT count(*) FROM witnessed")["records"], [[{"longValue": 3}]])
transaction = rds.begin_transaction(**target)["transactionId"]
run("DELETE FROM witnessed", transactionId=transaction)
expect("commit", rds.commit_transaction(transactionId=transaction, **target)["transactionStatus"], "Transaction Committed")
expect("after commit", run("SELECT count(*) FROM witnessed")["records"], [[{"longValue": 0}]])

expect_error("syntax", "DatabaseErrorException", run, sql="SELEC 1")
expect_error("two statements", "ValidationException", run, sql="SELECT 1; SELECT 2")
expect_error("dead transaction", "TransactionNotFoundException", run, sql="SELECT 1", transactionId=transaction)
expect_error("money", "UnsupportedResultException", run, sql="SELECT '1'::money")
expect_error("schema", "ValidationException", run, sql="SELECT 1", schema="public")
expect_error("unknown key", "UnrecognizedClientException", client("rds-data", "stranger").execute_statement,
             sql="SELECT 1", **target)
expect_error("unknown service", "UnknownOperationException", client("dynamodb").list_tables)
run("DROP TABLE witnessed")

secrets = client("secretsmanager")
created = secrets.create_secret(Name="witnessed", SecretString="first")
secrets.put_secret_value(SecretId="witnessed", SecretString="second")
expect("secret", secrets.get_secret_value(SecretId=created["ARN"])["SecretString"], "second")
expect("previous secret", secrets.get_secret_value(SecretId="witnessed", VersionStage="AWSPREVIOUS")["SecretString"], "first")
expect("binary secret", secrets.get_secret_value(
    SecretId=secrets.create_secret(Name="raw", SecretBinary=b"\x00\xff")["ARN"])["SecretBinary"], b"\x00\xff")
expect("list", [entry["Name"] for entry in secrets.list_secrets()["SecretList"]], ["raw", "witnessed"])
expect("stages", sorted(sum(secrets.describe_secret(SecretId="witnessed")["VersionIdsToStages"].values(), [])),
       ["AWSCURRENT", "AWSPREVIOUS"])
expect_error("no secret", "ResourceNotFoundException", secrets.get_secret_value, SecretId="absent")
expect_error("secret twice", "ResourceExistsException", secrets.create_secret, Name="raw", SecretString="x")
expect_error("unknown operation", "UnknownOperationException", secrets.get_random_password)



def decoded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


# RSASSA-PKCS1-v1_5 with SHA-256 by hand (RFC 8017, section 8.2.2), so that no library of ours or theirs is asked.
keys = json.load(urllib.request.urlopen(endpoint + "/identity/.well-known/jwks.json"))["keys"]
header, claims, signature = token.split(".")
key = {key["kid"]: key for key in keys}[json.loads(decoded(header))["kid"]]
modulus = int.from_bytes(decoded(key["n"]), "big")
opened = pow(int.from_bytes(decoded(signature), "big"), int.from_bytes(decoded(key["e"]), "big"), modulus)
digest = bytes.fromhex("3031300d060960864801650304020105000420") + hashlib.sha256(f"{header}.{claims}".encode()).digest()
size = (modulus.bit_length() + 7) // 8
expect("signature of the token", opened.to_bytes(size, "big"), b"\x00\x01" + b"\xff" * (size - 3 - len(digest)) + b"\x00" + digest)
expect("claims of the token", sorted(json.loads(decoded(claims))), ["azp", "email", "exp", "iat", "iss", "name", "nbf", "sub"])

if failures:
    sys.exit("\n".join(failures))
