"""Whether a command of a guide would be understood: a check for each program.

Programs that are not here are refused.
"""

import json
import re

import shell
from alex_arguments import AlexArguments
from aws_arguments import AWSArguments
from facts import is_executable

_terraform = {
    "init": {"-input", "-upgrade"}, "plan": {"-var", "-out", "-destroy"}, "apply": {"-var", "-auto-approve"},
    "destroy": {"-var", "-auto-approve"}, "output": {"-raw", "-json"}, "validate": set(), "test": set(),
    "fmt": {"-check", "-recursive"}, "import": set(), "state": set(),
}
_curl = {"-s": 0, "-o": 1, "-w": 1, "-X": 1, "-d": 1, "-H": 1, "-D": 1, "-f": 0, "-i": 0}


class Checker(AlexArguments, AWSArguments):
    """Checks the commands of one guide, in their order: what one makes, the next may use."""

    def __init__(self, facts, is_mention=False):
        self.facts = facts
        # In a sentence a command may be named without what it wants.
        self.is_mention = is_mention
        self.problems = []
        # Where the commands are, from the root.
        self.folder = ""
        # Everybody has copied .env.example in part 1.
        self.made = {".env"}
        self.assigned = {"HOME", "PATH", "USER"}

    def check(self, command):
        self.line = command.line
        self.names(command)
        if command.words:
            program, *words = command.words
            name = "alex" if program in (".build/release/alex", "alex") else program
            check = getattr(self, "run_" + re.sub(r"\W", "_", name), None)
            if program.startswith("scripts/"):
                self.script(program, words)
            elif check is None and program.startswith(".build/release/"):
                self.program(program.removeprefix(".build/release/"))
            elif check is None:
                self.say(f"an unknown program: {program}")
            else:
                check(words)
        for file in command.reads:
            self.file(file)
        self.makes(command.writes)

    def say(self, problem):
        self.problems.append((self.line, problem))

    # What commands share

    def names(self, command):
        known = self.facts.settings | self.assigned
        known |= {f"TF_VAR_{name}" for part in self.facts.parts.values() for name in part.variables}
        if command.words and command.words[0].startswith(".build/release/"):
            known |= self.facts.runtime_settings
        for name in command.variables:
            if name not in known:
                self.say(f"${name} is neither in .env.example nor set before")
        for name in command.assignments:
            self.assign(name, known, is_free=command.words[:1] == ["make"] and self.is_of_make(name))

    def assign(self, name, known, is_free=False):
        if name.isupper() and name not in known and not is_free:
            self.say(f"{name} is not in .env.example")
        elif name.startswith("TF_VAR_") and name not in known:
            self.say(f"no part has the variable of {name}")
        self.assigned.add(name)

    def wants(self, problem):
        if not self.is_mention:
            self.say(problem)

    def file(self, name):
        if "$" in name or name.startswith("/dev/"):
            return
        path = (self.folder + name).rstrip("/")
        made = {file.rstrip("/") for file in self.made}
        if path not in made and not (self.facts.root / path).exists():
            self.say(f"there is no {path}")

    def makes(self, names):
        self.made.update(self.folder + name for name in names)

    def function(self, name):
        if name.removeprefix("alex-") not in {known.lower() for known in self.facts.functions}:
            self.say(f"there is no function {name}")

    def json(self, text):
        try:
            return json.loads(text)
        except ValueError as error:
            self.say(f"no JSON ({error}): {text}")
            return None

    # make, swift, scripts

    def is_of_make(self, name):
        return f"$({name})" in self.facts.text("Makefile")

    def run_make(self, words):
        for word in words:
            name, equals, _ = word.partition("=")
            if not self.is_of_make(name) if equals else word not in self.facts.targets:
                self.say(f"the Makefile has no {word}")
        if "package" in words:
            self.packages(self.facts.packaged)

    def run_swift(self, words):
        if words[:1] == ["scripts/package.swift"]:
            self.file(words[0])
            if not (self.facts.root / words[0]).exists():
                return
            for word in words[1:]:
                if word not in self.facts.packaged:
                    self.say(f"scripts/package.swift takes no {word}")
            self.packages([w for w in words[1:] if not w.startswith("-")] or self.facts.packaged)
        elif words[:4] == ["build", "-c", "release", "--product"] and len(words) == 5:
            self.program(words[4])
        elif words != ["build", "-c", "release"]:
            self.say(f"not understood: swift {' '.join(words)}")

    def program(self, name):
        if name not in self.facts.programs:
            self.say(f"nothing builds {name}")

    def packages(self, names):
        self.made.update(f"packages/{name}.zip" for name in names)

    def script(self, program, words):
        path = self.facts.root / program
        if not is_executable(path):
            self.say(f"there is no script {program}")
            return
        text = path.read_text()
        for word in words:
            if word not in text:
                self.say(f"{program} takes no {word}")

    # terraform

    def run_terraform(self, words):
        words = list(words)
        part = self.facts.parts.get(self.folder.removeprefix("terraform/").rstrip("/"))
        if words and words[0].startswith("-chdir="):
            folder = words.pop(0).removeprefix("-chdir=")
            part = self.facts.parts.get(folder.removeprefix("terraform/"))
            if part is None:
                self.say(f"there is no part {folder}")
                return
        verb = words.pop(0) if words else ""
        if verb not in _terraform:
            self.say(f"not understood: terraform {verb}")
            return
        rest = []
        while words:
            word = words.pop(0)
            flag, _, value = word.partition("=")
            if not word.startswith("-"):
                rest.append(word)
            elif flag not in _terraform[verb]:
                self.say(f"terraform {verb} takes no {flag}")
            elif flag == "-var":
                self.variable(part, value or (words.pop(0) if words else ""))
        self.terraform_words(part, verb, rest)

    def variable(self, part, setting):
        name, equals, _ = setting.partition("=")
        if part is None or not equals or name not in part.variables:
            self.say(f"{part.name if part else 'this directory'} has no variable {name}")

    def terraform_words(self, part, verb, rest):
        if verb == "output":
            for name in rest:
                if part is None or name not in part.outputs:
                    self.say(f"{part.name if part else 'this directory'} has no output {name}")
        elif verb == "import":
            address = tuple(re.sub(r"\[.*", "", rest[0]).split(".")) if rest else ()
            if len(rest) != 2 or part is None or address not in part.resources:
                self.wants(f"no resource to import: {' '.join(rest)}")
        elif verb == "fmt":
            for name in rest:
                self.file(name)
        elif rest:
            self.say(f"terraform {verb} takes no {' '.join(rest)}")

    # The rest

    def run_cd(self, words):
        self.file(words[0] if words else "")
        self.folder += "".join(word.rstrip("/") + "/" for word in words[:1])

    def run_curl(self, words):
        words, addresses = list(words), []
        while words:
            word = words.pop(0)
            if not word.startswith("-"):
                addresses.append(word)
            elif word not in _curl:
                self.say(f"not understood: curl {word}")
            else:
                words = words[_curl[word]:]
        if len(addresses) != 1:
            self.say(f"curl asks {len(addresses)} addresses")
        for address in addresses:
            path = re.match(r"http://localhost:8000(/[^?]*)", address) or re.match(r"\$\(\)(/.*)", address)
            if path and not any(known.fullmatch(path.group(1)) for known in self.facts.addresses):
                self.say(f"nothing answers for {path.group(1)}")

    def run_cp(self, words):
        if len(words) != 2:
            self.wants("cp takes two files")
            return
        self.file(words[0])
        self.makes(words[1:])

    def run_tar(self, words):
        if words[:1] == ["-czf"] and len(words) > 2:
            for name in words[2:]:
                self.file(name)
            self.makes(words[1:2])
        elif words[:1] == ["-xzf"] and len(words) == 2:
            self.file(words[1])
        else:
            self.say(f"not understood: tar {' '.join(words)}")

    def run_grep(self, words):
        words = [word for word in words if not word.startswith("-")]
        for name in words[1:]:
            self.file(name)

    def run_sha256sum(self, words):
        for name in words:
            self.file(name)

    def run_python3(self, words):
        if words[:1] == ["-c"] and len(words) == 2:
            self.python(words[1])
        elif words[:2] == ["-m", "json.tool"]:
            for name in words[2:]:
                self.file(name)
        elif len(words) == 7 and words[:2] == ["-m", "http.server"] and words[3:6] == ["--bind", "127.0.0.1", "--directory"]:
            # A folder of ours, on this machine alone.
            self.file(words[6])
        else:
            self.say(f"not understood: python3 {' '.join(words)}")

    def python(self, text):
        try:
            compile(text, "guide", "exec")
        except SyntaxError as error:
            self.say(f"no Python ({error}): {text}")
        for name in re.findall(r'open\("([^"]+)"\)', text):
            self.file(name)

    def run__alex_python_bin_python(self, words):
        if words[:2] != ["-m", "pytest"]:
            self.say(f"not understood: python {' '.join(words)}")
        for name in words[2:]:
            if not name.startswith("-"):
                self.file(name)

    def run_export(self, words):
        known = self.facts.settings | self.assigned
        known |= {f"TF_VAR_{name}" for part in self.facts.parts.values() for name in part.variables}
        for word in words:
            self.assign(word.partition("=")[0], known)

    def run_read(self, words):
        self.run_export([word for word in words if not word.startswith("-")])

    def run_eval(self, words):
        if words != ["$()"]:
            self.say("eval takes what a command prints")

    def run_printf(self, words):
        pass

    def run_openssl(self, words):
        if words[:1] != ["rand"]:
            self.say(f"not understood: openssl {' '.join(words)}")


def check_page(page, facts):
    """`(line, problem)` of every command of a guide."""
    checker = Checker(facts)
    for block in page.console():
        try:
            commands = shell.parse(block.text, block.line)
        except shell.NotUnderstood as reason:
            checker.problems.append((block.line, f"not understood: {reason}"))
            continue
        for command in commands:
            checker.check(command)
    return checker.problems


_mentioned = re.compile(
    r"`((?:\.build/release/alex|alex|aws|terraform|make|swift scripts/\S+|scripts/\S+\.sh) [^`]+)`")


def check_mentions(page, facts):
    """`(line, problem)` of every command that a sentence or a table names."""
    checker = Checker(facts, is_mention=True)
    for number, line in page.prose:
        for text in _mentioned.findall(line):
            try:
                for command in shell.parse(text, number):
                    checker.check(command)
            except shell.NotUnderstood as reason:
                checker.problems.append((number, f"not understood: {reason}"))
    return checker.problems


def check_settings(page, facts):
    """`(line, problem)` of every value that an `hcl` or `ini` block sets."""
    problems = []
    for block in page.blocks:
        names = re.findall(r"^(\w+)\s*=", block.text, re.M)
        if block.language == "hcl":
            part = facts.parts.get(block.part or page.part or "")
            known = part.variables if part else set()
            where = part.name if part else "no part"
        elif block.language == "ini":
            known, where = facts.settings, ".env.example"
        else:
            continue
        if not names:
            problems.append((block.line, "sets nothing"))
        problems += [(block.line, f"{name} is not known to {where}") for name in names if name not in known]
    return problems
