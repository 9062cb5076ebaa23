"""Whether `aws` would take the words of a command, by the models its operations are made of."""

import re

from botocore.validate import ParamValidator

from facts import AWS

# Options of `aws` itself -> whether a value follows.
_aws_global = {
    "--query": True, "--output": True, "--region": True, "--profile": True, "--cli-binary-format": True,
    "--endpoint-url": True,
    "--no-cli-pager": False, "--no-paginate": False, "--max-items": True,
}
# What the command line has and the services' models do not.
_aws_own = {
    ("configure",): set(), ("configure", "sso"): set(),
    ("configure", "export-credentials"): {"--format", "--profile"}, ("sso", "login"): {"--profile", "--sso-session"},
    ("login",): set(), ("logs", "tail"): {"--since", "--follow", "--format"},
}


class AWSArguments:
    """A part of the checker, which has `say`, `wants`, `file`, `makes` and `json`."""

    def run_aws(self, words):
        for own, options in _aws_own.items():
            plain = [word for word in words if not word.startswith("-")]
            if tuple(words[:len(own)]) == own and (len(own) == 2 or len(plain) == 1):
                for word in words:
                    if word.startswith("--") and word not in options:
                        self.say(f"aws {' '.join(own)} has no {word}")
                return
        if len(words) < 2 or words[0] not in AWS.services():
            self.say(f"aws has no {' '.join(words[:1])}")
            return
        service, verb, *rest = words
        if verb not in AWS.operations(service):
            self.say(f"aws {service} has no {verb}")
            return
        self.operation(f"{service} {verb}", AWS.operation(service, verb), rest)

    def operation(self, name, operation, words):
        shapes = AWS.options(operation)
        given, files = set(), []
        words = list(words)
        while words:
            word = words.pop(0)
            if not word.startswith("--"):
                files.append(word)
                continue
            shape = shapes.get(word) or shapes.get("--" + word.removeprefix("--no-"))
            given.add(word)
            if word in _aws_global:
                words = words[_aws_global[word]:]
            elif shape is None:
                self.say(f"aws {name} has no {word}")
            elif shape.type_name == "boolean":
                given.add("--" + word.removeprefix("--no-"))
            else:
                values = []
                while words and not words[0].startswith("--") and (not values or shape.type_name == "list"):
                    values.append(words.pop(0))
                self.aws_values(f"{word} of aws {name}", shape, values)
        for option in sorted(AWS.required(operation) - given):
            self.wants(f"aws {name} wants {option}")
        wanted = int(operation.has_streaming_output)
        if len(files) != wanted:
            self.wants(f"aws {name} takes {wanted} files, not {len(files)}: {' '.join(files)}")
        self.makes(files)

    def aws_values(self, what, shape, values):
        if not values:
            self.say(f"{what} wants a value")
        for value in values:
            if match := re.match(r"fileb?://(.+)", value):
                self.file(match.group(1))
            elif value[:1] in "[{" and shape.type_name in ("structure", "list", "map"):
                read = self.json(value)
                report = ParamValidator().validate(read, shape) if read is not None else None
                if report is not None and report.has_errors():
                    self.say(f"{what}: {report.generate_report()}")
            elif "$" not in value:
                self.enumeration(what, shape, value)

    def enumeration(self, what, shape, value):
        shape = shape.member if shape.type_name == "list" else shape
        allowed = getattr(shape, "enum", None) or []
        if allowed and value not in allowed:
            self.say(f"{what} is {value}; it is one of {', '.join(allowed)}")
        if shape.type_name in ("integer", "long") and not re.fullmatch(r"-?\d+", value):
            self.say(f"{what} is {value}, which is no number")
