"""AWS's own Lambda Runtime Interface Emulator, which drives a function as Lambda does, as far as it goes.

What is the emulator's and not Lambda's, and so is expected here although nobody will ever see it there:

- an error that the function reports is a 200 without `X-Amz-Function-Error`: the body alone tells;
- a function that cannot be set up or has died is a 502; Lambda's `Invoke` is a 200 with that header;
- a timeout is a 200 with a line of text; Lambda sends JSON with the `errorType` `Sandbox.Timedout`;
- there is no trace id, and no `LAMBDA_TASK_ROOT`;
- it can lose track of a process that has just died: a 5xx without a body, which says nothing
  about the function, and is asked again once;
- a second call at the same time crashes it, so calls come one after the other.
"""

import http.client
import json
import os
import pathlib
import signal
import subprocess
import time

from ports import free_ports

program = pathlib.Path(__file__).resolve().parents[2] / ".alex/rie/aws-lambda-rie"
start_seconds = 15
call_seconds = 60
path = "/2015-03-31/functions/function/invocations"


class Emulator:
    """Runs a bootstrap while it is entered; it starts it for the first event, and anew after it has died."""

    def __init__(self, bootstrap, environment, timeout_seconds, log):
        assert program.is_file(), f"{program} is missing: scripts/setup.sh --tests"
        self.port, runtime_port = free_ports(2)
        self.log = open(log, "w+")
        self.process = subprocess.Popen(
            [program, "--log-level", "error",
             "--runtime-interface-emulator-address", f"127.0.0.1:{self.port}",
             "--runtime-api-address", f"127.0.0.1:{runtime_port}", bootstrap, "checked.handler"],
            env=environment | {
                "AWS_LAMBDA_FUNCTION_NAME": "checked", "AWS_LAMBDA_FUNCTION_TIMEOUT": str(timeout_seconds),
                "PATH": "/usr/bin:/bin",
            },
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, start_new_session=True)

    def __enter__(self):
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=call_seconds)
        end = time.monotonic() + start_seconds
        while True:
            try:
                self.connection.connect()
                return self
            except ConnectionRefusedError:
                assert self.process.poll() is None and time.monotonic() < end, f"no emulator:\n{self.lines}"
                time.sleep(0.02)

    def __exit__(self, *_):
        self.connection.close()
        # The emulator and the function it has started: nobody else is in this session.
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.log.close()

    @property
    def lines(self):
        self.log.seek(0)
        return self.log.read()

    def invoke(self, event):
        """(status, body) of an event."""
        status, body = self._call(event)
        is_lost = status >= 500 and not body
        return self._call(event) if is_lost else (status, body)

    def _call(self, event):
        self.connection.request("POST", path, json.dumps(event), {"Content-Type": "application/json"})
        answer = self.connection.getresponse()
        return answer.status, answer.read()
