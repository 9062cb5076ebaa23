"""Every command of every guide exists, and what needs no AWS account runs."""

import json
import re

import pytest

import pages
import programs

PAGES = pages.all_pages()
GUIDES = [page for page in PAGES if page.part]
every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
every_guide = pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.name)


def lines(page, problems):
    return "".join(f"\n{page.name}:{line}: {problem}" for line, problem in problems)


@every_page
def test_the_commands_exist(page, facts):
    problems = programs.check_page(page, facts)
    assert not problems, lines(page, problems)


@every_page
def test_so_do_those_in_sentences(page, facts):
    if page.name.startswith("guides/decisions/"):
        pytest.skip("a decision speaks of what was, too")
    problems = programs.check_mentions(page, facts)
    assert not problems, lines(page, problems)


@every_page
def test_the_settings_exist(page, facts):
    problems = programs.check_settings(page, facts)
    assert not problems, lines(page, problems)


@every_page
def test_the_links_lead_somewhere(page):
    problems = pages.dead_links(page)
    assert not problems, "\n".join(problems)


@every_page
def test_a_block_says_what_it_is(page):
    for block in page.blocks:
        assert block.language in pages.LANGUAGES, f"{page.name}:{block.line}: {block.language}"
        if block.language == "json":
            json.loads(block.text)
        assert block.language == "console" or not block.is_run, f"{page.name}:{block.line}: nothing to run"
        for marker in block.markers:
            known = marker in ("run", "run: with the local cloud") or re.match(
                r"run: expects .|part: \w+$|in: \S+$|not yet: ", marker)
            assert known, f"{page.name}:{block.line}: an unknown marker: {marker}"


@every_page
def test_what_is_quoted_stands_there(page):
    for block in page.blocks:
        if block.source:
            path = pages.ROOT / block.source
            assert path.is_file(), f"{page.name}:{block.line}: there is no {block.source}"
            assert block.text in path.read_text(encoding="utf-8"), (
                f"{page.name}:{block.line}: {block.source} says something else")


@every_page
def test_what_is_said_to_be_missing_is_missing(page):
    for line, file, text in page.remarks():
        path = pages.ROOT / file
        assert path.is_file(), f"{page.name}:{line}: there is no {file}"
        assert text not in path.read_text(encoding="utf-8"), (
            f"{page.name}:{line}: {file} has {text} by now: the remark below is out of date")


@every_page
def test_nobody_is_named(page):
    accounts = set(re.findall(r"(?<![\d.])\d{12}(?!\d)", page.text)) - {"123456789012"}
    assert not accounts, f"{page.name}: {accounts}"
    keys = re.findall(r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\b(?:pk|sk)_(?:live|test)_[A-Za-z0-9]{20,}", page.text)
    assert not keys, f"{page.name}: {keys}"
    mails = set(re.findall(r"[\w.+-]+@[\w-]+\.[\w.]+", page.text)) - {"you@example.com"}
    assert not mails, f"{page.name}: {mails}"


@every_guide
def test_a_guide_has_its_sections(page):
    for words in ("At the end", "Time", "Cost", "Needs"):
        assert f"| {words} |" in page.text, f"{page.name} does not say: {words}"
    for heading in ("How it works", "On this machine", "Troubleshooting", "Stop paying"):
        assert f"\n## {heading}\n" in page.text, f"{page.name} has no section: {heading}"
    assert page.console(), f"{page.name} has no commands"
    assert any(block.is_run for block in page.console()), f"{page.name} has nothing that is run"
    assert 100 <= len(page.text.splitlines()) <= 250, f"{page.name} is as long as no guide should be"


@every_guide
def test_what_is_to_be_run_runs(page, workspace, clouds):
    for block in page.console():
        if not block.is_run:
            continue
        cloud = clouds() if block.wants_cloud else None
        status, output = workspace.run(block.text, cloud)
        where = f"{page.name}:{block.line}:\n{output}"
        assert status == 0, f"status {status}: {where}"
        for text in block.expected:
            assert text in output, f"not said: {text}: {where}"
        said = [without_numbers(line) for line in output.splitlines()]
        for line in block.shown:
            beginning = without_numbers(line.removesuffix("..."))
            assert any(other.startswith(beginning) for other in said), f"not printed: {line}: {where}"


def without_numbers(line):
    """Times and amounts are another day's."""
    return re.sub(r"\d[\d.,:]*", "#", line).strip()


def test_the_readme_of_the_guides_runs(workspace):
    page = next(page for page in PAGES if page.name == "guides/README.md")
    block = next(block for block in page.console() if block.is_run)
    status, output = workspace.run(block.text)
    assert status == 0 and block.expected[0] in output, output


def test_every_part_has_a_guide_and_every_guide_a_part(facts):
    assert facts.parts, "there is no terraform/"
    assert {page.part for page in GUIDES} == set(facts.parts) | {"1_permissions"}


@every_guide
def test_a_guide_names_what_other_parts_take(page, facts):
    part = facts.parts.get(page.part)
    taken = {name for other in facts.parts.values() if other is not part for name in other.variables}
    outputs = part.outputs & taken if part else set()
    missing = [name for name in sorted(outputs) if f"`{name}`" not in page.text]
    assert not missing, f"{page.name} does not name the outputs {', '.join(missing)}"


def test_the_way_through_names_every_guide():
    readme = next(page for page in PAGES if page.name == "guides/README.md")
    linked = {target for _, target in readme.links()}
    assert {page.name.removeprefix("guides/") for page in GUIDES} <= linked
