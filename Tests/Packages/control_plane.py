"""The Lambda Runtime API as far as a function needs it: events go out, answers come in.

Source: AWS, "Using the Lambda runtime API for custom runtimes".
"""

import http.server
import json
import queue
import threading
import time
import uuid
from dataclasses import dataclass

prefix = "/2018-06-01/runtime/"
function_arn = "arn:aws:lambda:us-east-1:123456789012:function:checked"
function_seconds = 20
patience_seconds = 15


@dataclass
class Call:
    """What a function said: `kind` is "next", "response", "error" or "init/error"."""
    kind: str
    request: str
    body: bytes
    headers: dict

    @property
    def json(self):
        return json.loads(self.body)


class ControlPlane:
    """Serves one function on a free port of this machine while it is entered."""

    def __init__(self):
        self._events = queue.Queue()
        self._calls = queue.Queue()
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.address = f"127.0.0.1:{self._server.server_port}"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        # Whoever waits for an event is sent away.
        self._events.put(None)
        self._server.shutdown()
        self._server.server_close()

    def expect(self, kind, is_alive):
        """The function's next call, which has to be of this kind.

        is_alive: asked while waiting; raises when the function has ended.
        """
        end = time.monotonic() + patience_seconds
        while time.monotonic() < end:
            try:
                call = self._calls.get(timeout=0.1)
            except queue.Empty:
                is_alive()
                continue
            assert kind in (call.kind, "answer" if call.kind in ("response", "error") else ""), \
                f"{call.kind} instead of {kind}: {call.body[:2000]}"
            return call
        raise AssertionError(f"no {kind} within {patience_seconds} s")

    def offer(self, event):
        """Hands out an event under a new request id, which it returns."""
        request = str(uuid.uuid4())
        self._events.put((request, json.dumps(event).encode()))
        return request

    def _handler(self):
        plane = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                assert self.path == prefix + "invocation/next", self.path
                plane._calls.put(Call("next", "", b"", dict(self.headers)))
                event = plane._events.get()
                if event is None:
                    self.close_connection = True
                    return
                request, body = event
                deadline = int((time.time() + function_seconds) * 1000)
                self._answer(200, body, {
                    "Lambda-Runtime-Aws-Request-Id": request, "Lambda-Runtime-Deadline-Ms": str(deadline),
                    "Lambda-Runtime-Invoked-Function-Arn": function_arn,
                    "Lambda-Runtime-Trace-Id": "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=0",
                })

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                parts = self.path.removeprefix(prefix).split("/")
                if parts[0] == "invocation":
                    call = Call(parts[2], parts[1], body, dict(self.headers))
                else:
                    call = Call("/".join(parts), "", body, dict(self.headers))
                plane._calls.put(call)
                self._answer(202, b'{"status":"OK"}', {})

            def _answer(self, status, body, headers):
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                """Nothing: the checks say what happens."""

        return Handler
