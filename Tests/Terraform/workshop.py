"""A copy of terraform/ to work in, so that nothing is left in the tree: initialised parts, empty packages, the site's rules."""

import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

repository = Path(__file__).resolve().parents[2]
source = repository / "terraform"
parts = sorted(path.name for path in source.glob("[0-9]_*"))
# Each has tests of its own beside it, for which the provider is mocked.
tested = ["modules/access", "modules/function", *parts]
functions = ["Planner", "Tagger", "Reporter", "Charter", "Retirement", "API", "Ingest", "Search", "Researcher"]


class ProviderMissing(Exception):
    """Terraform is here, its AWS provider cannot be had."""


class Workshop:
    def __init__(self):
        self.root = Path(tempfile.mkdtemp(prefix="alex-terraform-"))
        self.terraform = self.root / "terraform"
        shutil.copytree(source, self.terraform, ignore=shutil.ignore_patterns(".terraform", "*.tfstate*", "terraform.tfvars"))
        self.environment = self._environment()
        self._write_packages()
        self._write_edge()
        self._initialise()

    def close(self):
        shutil.rmtree(self.root, ignore_errors=True)

    def run(self, *arguments, folder, environment=None):
        """@return the finished process; its output is text."""
        return subprocess.run(
            ["terraform", *arguments], cwd=folder, env=self.environment | (environment or {}), text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=600)

    def copy(self, part, name):
        """A second copy of an initialised part beside its siblings, so that its relative paths still hold."""
        folder = self.terraform / f"{part}-{name}"
        shutil.copytree(self.terraform / part, folder, symlinks=True)
        return folder

    def _environment(self):
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "TF_"))}
        environment |= {
            "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_EC2_METADATA_DISABLED": "true",
            "CHECKPOINT_DISABLE": "1", "TF_IN_AUTOMATION": "1", "TF_INPUT": "0", "HTTP_PROXY": "", "HTTPS_PROXY": "",
            # The provider lives for seconds and holds a list of all of AWS: a quarter of its time is spent collecting garbage.
            "GOGC": "400",
        }
        settings = os.environ.get("TF_CLI_CONFIG_FILE")
        plugins = os.environ.get("ALEX_TF_PLUGINS")
        if settings and Path(settings).is_file():
            environment["TF_CLI_CONFIG_FILE"] = settings
        elif plugins:
            file = self.root / "terraform.rc"
            file.write_text(
                "provider_installation {\n  filesystem_mirror {\n"
                f"    path    = {json.dumps(plugins)}\n    include = [\"registry.terraform.io/*/*\"]\n  }}\n}}\n")
            environment["TF_CLI_CONFIG_FILE"] = str(file)
        else:
            # Only an internet connection can help; then it may need a proxy.
            for name in ("HTTP_PROXY", "HTTPS_PROXY"):
                environment.pop(name)
                if name in os.environ:
                    environment[name] = os.environ[name]
        return environment

    def _write_packages(self):
        folder = self.root / "packages"
        folder.mkdir()
        # The smallest zip there is: an end without entries. Nobody runs it.
        for name in functions:
            (folder / f"{name}.zip").write_bytes(b"PK\x05\x06" + bytes(18))

    def _write_edge(self):
        built = repository / "frontend/edge"
        folder = self.root / "frontend/edge"
        if (built / "site.json").exists():
            shutil.copytree(built, folder)
            return
        folder.mkdir(parents=True)
        headers = {
            "Content-Security-Policy": "default-src 'none'", "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
            "X-Frame-Options": "DENY", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
            "Permissions-Policy": "camera=()",
        }
        (folder / "site.json").write_text(json.dumps({"api": ["/api/*", "/openapi.json"], "headers": headers}))
        for name in ("viewer-request", "viewer-response"):
            (folder / f"{name}.js").write_text("function handler(event) { return event.request; }\n")

    def _initialise(self):
        for part in tested:
            done = self.run("init", "-backend=false", "-no-color", folder=self.terraform / part)
            if done.returncode != 0:
                text = done.stdout
                if re.search(r"registry\.terraform\.io|Failed to query available provider|Failed to install provider", text):
                    raise ProviderMissing(text)
                raise AssertionError(f"terraform init of {part}:\n{text}")
