"""As much of the shell's language as the guides use: commands, quotes, substitutions, pipes, redirections and
loops over words.

Whatever else is met is refused by name, so that nothing passes because it was not understood.
"""

import re
from dataclasses import dataclass, field, replace


class NotUnderstood(Exception):
    pass


@dataclass
class Command:
    line: int
    words: list = field(default_factory=list)
    # Of this command alone (`A=1 make`), or of the shell when there are no words.
    assignments: dict = field(default_factory=dict)
    writes: list = field(default_factory=list)
    reads: list = field(default_factory=list)
    # Names of variables that are looked at.
    variables: list = field(default_factory=list)


_operators = ("&&", "||", ";", "|", "&")
_name = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class _Reader:
    def __init__(self, text, line):
        self.text, self.at, self.line = text, 0, line
        self.found = []

    def peek(self, count=1):
        return self.text[self.at:self.at + count]

    def take(self):
        character = self.text[self.at]
        self.at += 1
        self.line += character == "\n"
        return character

    def commands(self, end):
        """Up to `end`, which is taken; an empty one is the end of the text."""
        command = Command(self.line)
        while True:
            if self.at == len(self.text):
                if end:
                    raise NotUnderstood(f"line {self.line}: {end} is missing")
                self.close(command)
                return self.found
            if end and self.peek() == end:
                self.take()
                self.close(command)
                return self.found
            command = self.step(command)

    def close(self, command):
        if command.words or command.assignments or command.writes:
            self.found.append(command)
        return Command(self.line)

    def step(self, command):
        character = self.peek()
        if self.peek(2) == "\\\n":
            self.take(), self.take()
        elif character in " \t":
            self.take()
        elif character == "#":
            while self.at < len(self.text) and self.peek() != "\n":
                self.take()
        elif character == "\n":
            command = self.close(command)
            self.take()
            command.line = self.line
        elif redirection := re.match(r"(\d?>&\d|\d?>>?|<<?)", self.text[self.at:]):
            self.redirect(command, redirection.group())
        elif operator := next((o for o in _operators if self.peek(len(o)) == o), None):
            for _ in operator:
                self.take()
            command = self.close(command)
        elif character in "(){}`":
            raise NotUnderstood(f"line {self.line}: {character}")
        else:
            self.add(command, self.word(command))
        return command

    def redirect(self, command, sign):
        for _ in sign:
            self.take()
        if "&" in sign:
            return
        if sign == "<<":
            raise NotUnderstood(f"line {self.line}: a here-document")
        while self.peek() == " ":
            self.take()
        (command.reads if sign == "<" else command.writes).append(self.word(command))

    @staticmethod
    def add(command, word):
        name, equals, value = word.partition("=")
        if equals and not command.words and _name.fullmatch(name):
            command.assignments[name] = value
        else:
            command.words.append(word)

    def word(self, command):
        """Without its quotes; a substitution is `$()`, a variable keeps its `$`."""
        text = ""
        quote = ""
        while self.at < len(self.text):
            character = self.peek()
            if not quote and (character in " \t\n;|&<>()" or self.peek(2) == "\\\n"):
                break
            self.take()
            if quote == "'":
                if character == "'":
                    quote = ""
                else:
                    text += character
            elif character == quote:
                quote = ""
            elif character in "'\"" and not quote:
                quote = character
            elif character == "\\":
                text += self.take()
            elif character == "$":
                text += self.dollar(command)
            else:
                text += character
        else:
            if quote:
                raise NotUnderstood(f"line {self.line}: {quote} is missing")
        return text

    def dollar(self, command):
        if self.peek() == "(":
            self.take()
            # Its commands come before the one that needs what they print.
            inner = _Reader(self.text, self.line)
            inner.at = self.at
            self.found += inner.commands(")")
            self.at, self.line = inner.at, inner.line
            return "$()"
        braces = self.peek() == "{"
        if braces:
            self.take()
        name = _name.match(self.text, self.at)
        if name is None:
            raise NotUnderstood(f"line {self.line}: ${self.peek()}")
        self.at = name.end()
        if braces and self.take() != "}":
            raise NotUnderstood(f"line {self.line}: ${{{name.group()}... has more than a name")
        command.variables.append(name.group())
        return f"${name.group()}"


def _unrolled(commands):
    """Loops over words, written out."""
    result = []
    rest = list(commands)
    while rest:
        command = rest.pop(0)
        if command.words[:1] != ["for"]:
            result.append(command)
            continue
        if len(command.words) < 4 or command.words[2] != "in":
            raise NotUnderstood(f"line {command.line}: a loop that is not `for NAME in WORDS`")
        body = []
        while True:
            if not rest:
                raise NotUnderstood(f"line {command.line}: the loop has no done")
            inner = rest.pop(0)
            if inner.words == ["done"]:
                break
            words = inner.words[1:] if inner.words[:1] == ["do"] else inner.words
            body.append(replace(inner, words=words))
        for value in command.words[3:]:
            result += [_with(inner, command.words[1], value) for inner in _unrolled(body)]
    return result


def _with(command, name, value):
    def filled(text):
        return re.sub(rf"\${name}(?![A-Za-z0-9_])", lambda _: value, text)

    return replace(
        command, words=[filled(word) for word in command.words],
        writes=[filled(word) for word in command.writes],
        variables=[variable for variable in command.variables if variable != name])


def parse(text, line=1):
    return _unrolled(_Reader(text, line).commands(""))
