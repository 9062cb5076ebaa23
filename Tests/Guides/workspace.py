"""Where the guides' commands are run: a copy of what they may write, links to the rest, a local cloud."""

import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time

_copied = ["guides", "examples", "terraform"]
_linked = [".build", "Makefile", "Package.swift", "Sources", "Tests", "frontend", "packages", "scripts"]
_left_out = shutil.ignore_patterns(".terraform*", "*.tfstate*", "terraform.tfvars")
# Nobody's keys, and nobody's settings.
_forgotten = ("AWS_", "ALEX_", "AURORA_", "SQS_", "CLERK_", "TF_", "BEDROCK_", "POLYGON_")
block_seconds = 120
start_seconds = 60


def free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    try:
        return [s.getsockname()[1] for s in sockets]
    finally:
        for s in sockets:
            s.close()


def environment(**more):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_forgotten)}
    return kept | {"NO_COLOR": "1"} | more


class Workspace:
    """A student's clone, for one guide."""

    def __init__(self, root):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="alex-guide-"))
        for name in _copied:
            if (root / name).exists():
                shutil.copytree(root / name, self.folder / name, ignore=_left_out)
        for name in _linked:
            if (root / name).exists():
                (self.folder / name).symlink_to(root / name)
        shutil.copy(root / ".env.example", self.folder)

    def remove(self):
        shutil.rmtree(self.folder)

    def run(self, text, cloud=None):
        """Its status and what it has printed, errors too."""
        settings = cloud.settings if cloud else {}
        if cloud:
            text = text.replace("http://localhost:8000", f"http://localhost:{cloud.web_port}")
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", text], cwd=self.folder, env=environment(**settings), text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=block_seconds)
        return done.returncode, done.stdout


class LocalCloud:
    """`alex up` on free ports, with data of its own."""

    def __init__(self, root):
        assert (root / "frontend/out").is_dir(), "the web app is not built: make web"
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="alex-guides-"))
        # PostgreSQL runs as another user where this one is root.
        self.folder.chmod(0o755)
        aws_port, self.web_port = free_ports(2)
        self.settings = {
            "ALEX_AWS_PORT": str(aws_port), "ALEX_PORT": str(self.web_port),
            "ALEX_HOME": str(self.folder / "home"), "ALEX_SITE": str(root / "frontend"),
        }
        self.log = open(self.folder / "log", "w")
        self.process = subprocess.Popen(
            [root / ".build/release/alex", "up"], cwd=self.folder, env=environment(**self.settings),
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=subprocess.STDOUT)
        try:
            self.wait()
        except BaseException:
            self.stop()
            raise

    def wait(self):
        deadline = time.monotonic() + start_seconds
        while True:
            # Its tables are there when it says so, and not as soon as it answers.
            said = (self.folder / "log").read_text()
            if "Alex is ready" in said:
                return
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"the local cloud does not start:\n{said}")
            time.sleep(0.1)

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)
