"""What exists: subcommands, variables, outputs, operations, addresses. Each is read where it is defined."""

import functools
import json
import os
import pathlib
import re
import subprocess

import botocore.session
from botocore import xform_name


class AlexCommand:
    """What `alex` takes, as it says itself."""

    def __init__(self, dump):
        self.tree = dump["command"]

    @classmethod
    def ask(cls, program):
        answer = subprocess.run(
            [program, "--experimental-dump-help"], capture_output=True, text=True, timeout=30, check=True)
        return cls(json.loads(answer.stdout))

    def find(self, words):
        """The command that the words name, and the words that are left."""
        command, words = self.tree, list(words)
        while words:
            inner = {c["commandName"]: c for c in command.get("subcommands", [])}.get(words[0])
            if inner is None:
                break
            command, words = inner, words[1:]
        return command, words


class Part:
    """A directory of `terraform/`."""

    def __init__(self, folder):
        self.name = folder.name
        self.text = "\n".join(path.read_text() for path in sorted(folder.glob("*.tf")))
        self.variables = set(re.findall(r'^variable "(\w+)"', self.text, re.M))
        self.outputs = set(re.findall(r'^output "(\w+)"', self.text, re.M))
        self.resources = set(re.findall(r'^resource "(\w+)" "(\w+)"', self.text, re.M))
        self.modules = set(re.findall(r'source\s*=\s*"\.\./modules/(\w+)"', self.text))


class Facts:
    def __init__(self, root, alex=None):
        self.root = pathlib.Path(root)
        self._alex = alex

    @functools.cached_property
    def alex(self):
        return self._alex or AlexCommand.ask(self.program)

    @property
    def program(self):
        return self.root / ".build/release/alex"

    @functools.cached_property
    def parts(self):
        return {p.name: Part(p) for p in sorted((self.root / "terraform").glob("[0-9]_*")) if p.is_dir()}

    @functools.cached_property
    def targets(self):
        return set(re.findall(r"^([a-z]+):", self.text("Makefile"), re.M))

    @functools.cached_property
    def settings(self):
        """Also those that stand there as comments."""
        return set(re.findall(r"^(?:# )?([A-Z][A-Z0-9_]*)=", self.text(".env.example"), re.M))

    @functools.cached_property
    def runtime_settings(self):
        """What a function's process is told by Lambda, or by a person in Lambda's place."""
        sources = (self.root / "Sources/LambdaRuntime").rglob("*.swift")
        return {name for path in sources for name in re.findall(r'"((?:AWS_LAMBDA|ALEX)_[A-Z_]+)"', path.read_text())}

    @functools.cached_property
    def programs(self):
        """What `swift build` makes: whatever Package.swift names, and the function that is only measured."""
        return self.packaged | set(re.findall(r'"(\w+)"', self.text("Package.swift")))

    @functools.cached_property
    def functions(self):
        """Of Package.swift, and those that Terraform has a place for."""
        return self.bootstraps | set(re.findall(r'/(\w+)\.zip"', self.terraform_text))

    @functools.cached_property
    def bootstraps(self):
        listed = re.search(r"^let functions = \[(.*?)\]", self.text("Package.swift"), re.M | re.S)
        return set(re.findall(r'"(\w+)"', listed.group(1))) if listed else set()

    @functools.cached_property
    def packaged(self):
        """What scripts/package.swift takes: names and flags."""
        text = self.text("scripts/package.swift")
        names = re.search(r"^let functions = \[(.*?)\]", text, re.M | re.S)
        return set(re.findall(r'"(\w+)"', names.group(1))) | set(re.findall(r'case "(--[a-z]+)"', text))

    @functools.cached_property
    def terraform_text(self):
        return "\n".join(part.text for part in self.parts.values())

    @functools.cached_property
    def addresses(self):
        """Patterns of what the web app and its API answer for."""
        routes = "\n".join(path.read_text() for path in (self.root / "Sources/Functions/API").glob("*.swift"))
        found = set(re.findall(r'"(/api/[^"\s]*|/openapi\.json)"', routes))
        found |= set(re.findall(r'^\s+"(/[^"]*)": \{ file', self.text("frontend/site.mjs"), re.M))
        return [re.compile(re.sub(r"\{\w+\}|\*", "[^/]+", path)) for path in found]

    def text(self, name):
        return (self.root / name).read_text(encoding="utf-8")

    def part(self, name):
        """`5_database`, `database` or `5`."""
        for part in self.parts.values():
            if name in (part.name, *part.name.split("_", 1)):
                return part
        return None


class AWS:
    """The operations of AWS's services, from the models the SDK is made of."""

    session = botocore.session.get_session()

    @classmethod
    @functools.cache
    def services(cls):
        return set(cls.session.get_available_services())

    @classmethod
    @functools.cache
    def model(cls, service):
        return cls.session.get_service_model(service)

    @classmethod
    @functools.cache
    def operations(cls, service):
        return {xform_name(name, "-"): name for name in cls.model(service).operation_names}

    @classmethod
    def operation(cls, service, kebab):
        return cls.model(service).operation_model(cls.operations(service)[kebab])

    @staticmethod
    def options(operation):
        """Option -> shape."""
        members = operation.input_shape.members if operation.input_shape else {}
        return {"--" + xform_name(name, "-"): shape for name, shape in members.items()}

    @staticmethod
    def required(operation):
        shape = operation.input_shape
        return {"--" + xform_name(name, "-") for name in (shape.required_members if shape else [])}


def is_executable(path):
    return path.is_file() and os.access(path, os.X_OK)
