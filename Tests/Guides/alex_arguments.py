"""Whether `alex` would take the words of a command."""


class AlexArguments:
    """A part of the checker, which has `facts`, `say`, `wants`, `file`, `makes`, `function` and `json`."""

    def run_alex(self, words):
        command, rest = self.facts.alex.find(words)
        name = command["commandName"]
        arguments = command.get("arguments", [])
        by_name = {
            ("--" if n["kind"] == "long" else "-") + n["name"]: argument
            for argument in arguments for n in argument.get("names", [])
        }
        positionals, rest = [], list(rest)
        if {"--help", "-h"} & set(rest):
            rest = [word for word in rest if word not in ("--help", "-h")]
        elif command.get("subcommands") and not any(a["kind"] == "positional" for a in arguments):
            if rest:
                self.say(f"alex has no {' '.join(words)}")
            else:
                self.wants(f"alex {name} wants a subcommand".replace("alex alex", "alex"))
            return
        else:
            self.count(name, arguments, list(self.positionals(rest, by_name)))
        while rest:
            word = rest.pop(0)
            option, equals, value = word.partition("=")
            if not word.startswith("-") or word == "-":
                positionals.append(word)
                continue
            argument = by_name.get(option)
            if argument is None:
                self.say(f"alex {name} has no {option}")
            elif argument["kind"] == "option":
                if not equals and not rest:
                    self.say(f"{option} of alex {name} wants a value")
                    continue
                value = value if equals else rest.pop(0)
                self.value(argument, value)
                if option in ("-o", "--output"):
                    self.makes([value])
        self.words_of(name, arguments, positionals)

    @staticmethod
    def positionals(words, by_name):
        words = list(words)
        while words:
            word = words.pop(0)
            if not word.startswith("-"):
                yield word
            elif by_name.get(word, {}).get("kind") == "option" and words:
                words.pop(0)

    def count(self, name, arguments, given):
        wanted = [argument for argument in arguments if argument["kind"] == "positional"]
        least = sum(not argument["isOptional"] for argument in wanted)
        most = float("inf") if any(argument["isRepeating"] for argument in wanted) else len(wanted)
        if not least <= len(given) <= most:
            self.wants(f"alex {name} takes {least} to {most} arguments, not {len(given)}: {' '.join(given)}")

    def value(self, argument, value):
        allowed = argument.get("allValues") or argument.get("allValueStrings")
        if allowed and "$" not in value and value not in allowed:
            self.say(f"{value} is none of {', '.join(allowed)}")

    def words_of(self, name, arguments, positionals):
        """What a word means beyond what the command itself says of it."""
        repeating = next((a for a in arguments if a["kind"] == "positional" and a["isRepeating"]), None)
        if name in ("deploy", "destroy", "status", "outputs"):
            for word in positionals:
                if self.facts.part(word) is None:
                    self.say(f"there is no part {word}")
        elif name == "watch":
            for word in positionals:
                self.function(word)
        elif name == "invoke" and positionals:
            self.function(positionals[0])
            if len(positionals) > 1:
                self.json(positionals[1])
        elif name == "analyze" and positionals:
            self.file(positionals[0])
        elif repeating is not None:
            for word in positionals:
                self.value(repeating, word)
