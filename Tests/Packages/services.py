"""The services of AWS that the functions call, over TLS, with answers in the shape of the real ones.

A statement that no story needs is refused, so that nothing passes by chance.
"""

import hashlib
import http.server
import json
import ssl
import threading
import uuid

# No resolver in the world knows a name that ends so (RFC 6761): whoever finds it was told by a file of ours.
host = "services.alex.invalid"
model = "us.amazon.nova-pro-v1:0"
cluster = "arn:aws:rds:us-east-1:123456789012:cluster:alex"
secret = "arn:aws:secretsmanager:us-east-1:123456789012:secret:alex"
queue_path = "/123456789012/alex-analysis-jobs"
key_id = "AKIDEXAMPLE"
signature_start = f"AWS4-HMAC-SHA256 Credential={key_id}/"
lost_job = "0b6ff1f7-4cb0-4a52-9aa1-7b6f1f0f1b11"
ended_job = "5f0c1d3e-93a7-4c53-8b7a-2d0a6f1c9d22"

# What the database answers, by words that only one statement has: JobStore, InstrumentStore, ResearchStore, HealthRoutes.
final_claim = {
    "id": ended_job, "clerk_user_id": "user_1", "status": "completed", "request_payload": {},
    "asked_at": "2026-11-21T08:00:00.123456+00:00", "lease_until": None, "held_until": None, "attempts": None,
}
tables = {
    "INSERT INTO job_sections AS held": [("job", final_claim)],
    "status = 'pending' AND enqueued_at IS NULL": [("job", {"id": lost_job})],
    "coalesce(lease_until, updated_at) <": [],
    "UPDATE instruments SET": [("instrument", {"symbol": "VTI"})],
    "topic_key = lower(held.topic)": [],
}
changes = {"UPDATE jobs SET enqueued_at = now()": 1}

classification = {
    "symbol": "VTI", "rationale": "A fund of all American companies.", "instrument_type": "etf",
    "asset_classes": {"equity": 100}, "regions": {"north_america": 100},
    "sectors": {"technology": 30, "diversified": 70},
}


document = "Bonds fell when rates rose."


class Services:
    """Answers on a free port of this machine while it is entered.

    calls: what was asked for since `forget`, such as "POST /Execute".
    refusals: TLS handshakes since then that did not come to a connection.
    """

    def __init__(self, certificate, key):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        self._server = Server(("127.0.0.1", 0), self._handler(), context, self)
        self.port = self._server.server_port
        self.forget()

    def forget(self):
        self.calls = []
        self.refusals = []

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()

    def environment(self, host=host):
        """What a function is deployed with, so that it finds everything here."""
        address = f"https://{host}:{self.port}"
        return {
            "AWS_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": key_id, "AWS_SECRET_ACCESS_KEY": "example",
            "AWS_ENDPOINT_URL": address, "AURORA_CLUSTER_ARN": cluster, "AURORA_SECRET_ARN": secret,
            "BEDROCK_MODEL_ID": model, "SQS_QUEUE_URL": address + queue_path,
            "CLERK_JWKS_URL": f"{address}/jwks", "CLERK_ISSUER": address,
            "VECTOR_BUCKET": "alex-vectors", "SAGEMAKER_ENDPOINT": "embedding", "INGEST_FUNCTION": "alex-ingest",
            "RESEARCH_HOSTS": "example.com",
        }

    def answer(self, path, target, body):
        """(status, JSON) of a call."""
        if path == "/Execute":
            assert (body["resourceArn"], body["secretArn"], body["database"]) == (cluster, secret, "alex")
            return execute(body["sql"])
        if target == "AmazonSQS.SendMessage":
            assert body["QueueUrl"].endswith(queue_path), body
            digest = hashlib.md5(body["MessageBody"].encode()).hexdigest()
            return 200, {"MessageId": str(uuid.uuid4()), "MD5OfMessageBody": digest}
        if path.startswith("/model/") and path.endswith("/converse"):
            return 200, converse(body)
        if path == "/endpoints/embedding/invocations":
            return 200, [[[0.5] * 384] for _ in body["inputs"]]
        if path == "/PutVectors":
            assert [each["metadata"]["text"] for each in body["vectors"]] == [document], body
            return 200, {}
        if path == "/QueryVectors":
            metadata = {"text": document, "title": "Bonds"}
            return 200, {"vectors": [{"key": "a-0001", "distance": 0.25, "metadata": metadata}], "distanceMetric": "cosine"}
        return 404, {"message": f"nobody needs {path} {target}"}

    def _handler(self):
        services = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                services.calls.append(f"POST {self.path}")
                is_signed = self.headers["Authorization"].startswith(signature_start)
                status, answer = (
                    services.answer(self.path, self.headers["X-Amz-Target"], body) if is_signed
                    else (403, {"message": "not signed"}))
                body = json.dumps(answer).encode()
                self.send_response(status)
                if status != 200:
                    self.send_header("x-amzn-ErrorType", "BadRequestException")
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                """Nothing: the checks say what happens."""

        return Handler


class Server(http.server.ThreadingHTTPServer):
    """Shakes hands in the connection's own thread, and notes who turns away."""

    daemon_threads = True

    def __init__(self, address, handler, context, services):
        super().__init__(address, handler)
        self.context = context
        self.services = services

    def finish_request(self, request, client_address):
        try:
            connection = self.context.wrap_socket(request, server_side=True)
        except (ssl.SSLError, OSError) as refusal:
            self.services.refusals.append(str(refusal))
            return
        with connection:
            self.RequestHandlerClass(connection, client_address, self)


def execute(sql):
    """ExecuteStatement, as the Data API answers it."""
    if sql == "SELECT 1 AS one":
        return 200, result([("one", "int4")], [[{"longValue": 1}]])
    for words, count in changes.items():
        if words in sql:
            return 200, {"numberOfRecordsUpdated": count, "generatedFields": []}
    for words, rows in tables.items():
        if words in sql:
            records = [[{"stringValue": kind}, {"stringValue": json.dumps(body)}] for kind, body in rows]
            return 200, result([("kind", "text"), ("body", "jsonb")], records)
    return 400, {"message": f"no story needs this statement: {sql}"}


def result(columns, records):
    metadata = [{"label": name, "name": name, "typeName": type_name} for name, type_name in columns]
    return {"columnMetadata": metadata, "records": records, "numberOfRecordsUpdated": 0}


def converse(request):
    """A model that classifies whatever it is asked for as VTI."""
    tool = request["toolConfig"]["tools"][0]["toolSpec"]["name"]
    use = {"toolUseId": "tooluse_1", "name": tool, "input": {"classifications": [classification]}}
    return {
        "output": {"message": {"role": "assistant", "content": [{"toolUse": use}]}}, "stopReason": "tool_use",
        "usage": {"inputTokens": 100, "outputTokens": 50, "totalTokens": 150}, "metrics": {"latencyMs": 5},
    }
