"""`alex up` as somebody runs it who tries Alex, in a home and on ports of its own."""

import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import urllib.error
import urllib.request

repository = pathlib.Path(__file__).resolve().parents[2]
alex = repository / ".build/release/alex"

start_seconds = 90
end_seconds = 30
call_seconds = 35


class House:
    """Everything that `alex up` starts; ended by Ctrl-C, as a person would.

    settings: variables of `.env.example` besides the home and the ports.
    """

    def __init__(self, **settings):
        # PostgreSQL may run as another user, who has to reach its folder.
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="alex-web-"))
        self.home.chmod(0o755)
        self.port, aws_port = free_ports(2)
        self.address = f"http://localhost:{self.port}"
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("ALEX_", "CLERK_"))}
        self.environment = inherited | {
            "ALEX_HOME": str(self.home), "ALEX_PORT": str(self.port), "ALEX_AWS_PORT": str(aws_port),
            "ALEX_MODEL": "offline",
        } | settings
        self.lines = []
        self.process = None

    def __enter__(self):
        # In its home, so that no `.env` of this folder is read.
        self.process = subprocess.Popen(
            [alex, "up"], cwd=self.home, env=self.environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        ready = threading.Event()
        threading.Thread(target=self._listen, args=(ready,), daemon=True).start()
        if not ready.wait(start_seconds) or self.process.poll() is not None:
            self._kill()
            raise AssertionError("`alex up` did not get ready:\n" + "\n".join(self.lines[-40:]))
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGINT)
        try:
            status = self.process.wait(end_seconds)
        except subprocess.TimeoutExpired:
            self._kill()
            raise AssertionError(f"`alex up` still runs {end_seconds} s after Ctrl-C") from None
        assert status == 0, f"`alex up` ended with {status}:\n" + "\n".join(self.lines[-40:])
        shutil.rmtree(self.home)

    def _listen(self, ready):
        for line in self.process.stdout:
            self.lines.append(line.rstrip())
            if "Alex is ready" in line:
                ready.set()
        # Its output ends with it: nobody has to wait any longer.
        ready.set()

    def _kill(self):
        self.process.kill()
        self.process.wait()

    def run(self, *arguments):
        """What `alex ARGUMENTS` prints beside the running `alex up`."""
        done = subprocess.run(
            [alex, *arguments], cwd=self.home, env=self.environment, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def call(self, method, path, token=None, body=None):
        """(status, JSON) of a call that does not go through a browser."""
        request = urllib.request.Request(self.address + path, method=method)
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, timeout=call_seconds) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as refusal:
            with refusal:
                return refusal.code, json.load(refusal)

    def sign_in(self, **who):
        """What the browser keeps of somebody who has signed in: `name="..."` or `household="demo"`."""
        status, session = self.call("POST", "/identity/sign-in", body=who)
        assert status == 200, session
        return session


def free_ports(count):
    """Ports nobody listens at; held all at once, so that they differ."""
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports
