"""moto's server on a port of its own, and the settings that let Terraform's provider talk to it."""

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request


class Moto:
    def __init__(self, log):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        self.log = open(log, "w")
        environment = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
        # Terraform attaches AWS's own policies, which moto knows only when it is told to load them.
        environment["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "true"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
            env=environment, stdout=self.log, stderr=subprocess.STDOUT)
        self._wait()
        # Functions are never run here, so their containers are not wanted.
        self._post("/moto-api/config", {"lambda": {"use_docker": False}})

    def close(self):
        self.process.terminate()
        self.process.wait()
        self.log.close()

    def override(self, versions):
        """What makes a part talk to this server: one block for each provider block of its versions.tf."""
        return "".join(self._block(alias) for alias in aliases(versions))

    def _block(self, alias):
        lines = [f'alias = "{alias}"'] if alias else []
        # Few repetitions: what moto does not know is an error at once, not after minutes.
        lines += [
            "skip_credentials_validation = true", "skip_metadata_api_check = true", "skip_region_validation = true",
            "s3_use_path_style = true", "max_retries = 2",
        ]
        return 'provider "aws" {\n  ' + "\n  ".join(lines) + "\n}\n"

    def _wait(self):
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{self.address}/moto-api/", timeout=5).read()
                return
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.1)
        raise AssertionError("moto's server does not answer")

    def _post(self, path, value):
        request = urllib.request.Request(
            self.address + path, json.dumps(value).encode(), {"Content-Type": "application/json"}, method="POST")
        urllib.request.urlopen(request, timeout=10).read()


def aliases(versions):
    """@return the alias of each provider block, "" for the one without."""
    blocks = re.findall(r'^provider "aws" \{\n(.*?)^\}', versions, re.MULTILINE | re.DOTALL)
    found = (re.search(r'^\s*alias\s*=\s*"(\w+)"', block, re.MULTILINE) for block in blocks)
    return [each.group(1) if each else "" for each in found]
