"""Whatever the table of guides/runtime_comparison.md says of our runtime is shown by the tests it names."""

import re

import pages

PAGE = pages.read(pages.ROOT / "guides/runtime_comparison.md")
_link = re.compile(r"\[([^\]]+)\]\(([^)\s]+\.swift)\)")
_test = re.compile(r"func `([^`]+)`")


def rows(page):
    """`(line, cells)` of the table, without its head."""
    table = [(number, line) for number, line in page.prose if line.startswith("|")]
    return [(number, line.strip().strip("|").split(" | ")) for number, line in table[2:]]


def problems(page, root):
    found = []
    for number, cells in rows(page):
        claims = _link.findall(cells[-1])
        if not claims:
            found.append(f"{page.name}:{number}: no test shows: {cells[0].strip()}")
        for name, file in claims:
            path = root / "guides" / file
            if not path.is_file():
                found.append(f"{page.name}:{number}: there is no {file}")
            elif name not in _test.findall(path.read_text(encoding="utf-8")):
                found.append(f"{page.name}:{number}: {file} has no test: {name}")
    return found


def test_every_claim_has_its_test():
    assert len(rows(PAGE)) >= 19
    assert not problems(PAGE, pages.ROOT), "\n".join(problems(PAGE, pages.ROOT))


def test_a_claim_without_one_is_found(tmp_path):
    for folder in ("Tests", "guides"):
        (tmp_path / folder).mkdir()
    (tmp_path / "Tests/ATests.swift").write_text("@Test func `it works`() {}\n// it does not\n")
    head = "| | other | ours |\n|---|---|---|\n"
    table = head + (
        "| a | no | yes: [it works](../Tests/ATests.swift) |\n"
        "| b | no | yes: [it does not](../Tests/ATests.swift) |\n"
        "| c | no | yes: [it works](../Tests/BTests.swift) |\n"
        "| d | no | yes |\n")
    found = "\n".join(problems(pages.Page("guides/table.md", table), tmp_path))
    assert ":3:" not in found
    assert "ATests.swift has no test: it does not" in found
    assert "there is no ../Tests/BTests.swift" in found
    assert "no test shows: d" in found
