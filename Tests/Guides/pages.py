"""The guides as text: fenced blocks with the markers before them, links, headings."""

import pathlib
import re
from dataclasses import dataclass, field

ROOT = pathlib.Path(__file__).resolve().parents[2]

LANGUAGES = {"", "console", "text", "hcl", "ini", "json", "swift"}
_marker = re.compile(r"<!--\s*(.*?)\s*-->")
_fence = re.compile(r"^```(\w*)\s*$")
_link = re.compile(r"\]\(([^)\s]+)\)")
_heading = re.compile(r"^#{1,6}\s+(.*)$")


@dataclass
class Block:
    """What stands between two fences."""

    language: str
    text: str
    line: int
    markers: list = field(default_factory=list)
    # The lines of the `text` block right behind it, if there is one: what it should print.
    shown: list = field(default_factory=list)

    @property
    def is_run(self):
        return any(marker.split(":")[0] == "run" for marker in self.markers)

    @property
    def wants_cloud(self):
        return "run: with the local cloud" in self.markers

    @property
    def expected(self):
        prefix = "run: expects "
        return [marker[len(prefix):] for marker in self.markers if marker.startswith(prefix)]

    @property
    def source(self):
        """The file whose text this is a part of."""
        return next((m.removeprefix("in: ") for m in self.markers if m.startswith("in: ")), None)

    @property
    def part(self):
        return next((m.split(":")[1].strip() for m in self.markers if m.startswith("part:")), None)


@dataclass
class Page:
    """A Markdown file. `name` is its path from the root of the repository."""

    name: str
    text: str

    def __post_init__(self):
        self.blocks, self.prose = [], []
        markers, block = [], None
        for number, line in enumerate(self.text.splitlines(), 1):
            if block is not None:
                if line.strip() == "```":
                    if block.language == "text" and self.blocks and self.blocks[-1].language == "console":
                        self.blocks[-1].shown = block.text.splitlines()
                    self.blocks.append(block)
                    block = None
                else:
                    block.text += line + "\n"
                continue
            fence = _fence.match(line)
            if fence:
                block = Block(fence.group(1), "", number + 1, markers)
                markers = []
                continue
            if line.strip():
                found = _marker.findall(line)
                markers = markers + found if found else []
            self.prose.append((number, line))
        if block is not None:
            raise ValueError(f"{self.name}: the block of line {block.line - 1} has no end")

    def console(self):
        return [block for block in self.blocks if block.language == "console"]

    @property
    def part(self):
        """`6_agents` of `guides/6_agents.md`."""
        stem = pathlib.PurePath(self.name).stem
        return stem if re.match(r"\d_", stem) else None

    def links(self):
        for number, line in self.prose:
            for target in _link.findall(re.sub(r"`[^`]*`", "", line)):
                yield number, target

    def anchors(self):
        """As GitHub makes them of headings."""
        for _, line in self.prose:
            heading = _heading.match(line)
            if heading:
                text = re.sub(r"[^\w\- ]", "", heading.group(1).strip().lower())
                yield text.replace(" ", "-")

    def remarks(self):
        """`(line, file, text)` of each remark that something is not there yet."""
        for number, line in self.prose:
            for marker in _marker.findall(re.sub(r"`[^`]*`", "", line)):
                if marker.startswith("not yet:"):
                    said = re.fullmatch(r'not yet: (\S+) has "(.+)"', marker)
                    if said is None:
                        raise ValueError(f"{self.name}:{number}: not understood: {marker}")
                    yield number, said.group(1), said.group(2)


def read(path, root=ROOT):
    return Page(str(path.relative_to(root)), path.read_text(encoding="utf-8"))


def all_pages(root=ROOT):
    paths = [root / "README.md", root / "terraform/README.md", *sorted((root / "guides").rglob("*.md"))]
    return [read(path, root) for path in paths]


def dead_links(page, root=ROOT):
    problems = []
    for number, target in page.links():
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        path = (root / page.name).parent / file if file else root / page.name
        if not path.exists():
            problems.append(f"{page.name}:{number}: there is no {target}")
        elif anchor and path.suffix == ".md" and anchor not in set(read(path.resolve(), root).anchors()):
            problems.append(f"{page.name}:{number}: {file or page.name} has no heading #{anchor}")
    return problems
