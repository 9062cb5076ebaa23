"""What scripts/package.swift takes, and what it packs."""

import subprocess
import zipfile

import pytest

from conftest import packages, repository
from stories import stories

# What `EX_USAGE` is elsewhere.
wrong_usage = 64


@pytest.mark.parametrize("argument", ["Plannner", "--chekc"])
def test_what_it_does_not_know_is_refused_with_a_list(argument):
    done = subprocess.run(
        ["swift", "scripts/package.swift", "Echo", argument], cwd=repository, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (wrong_usage, "")
    assert argument in done.stderr
    for word in [*stories, "--check", "--docker"]:
        assert word in done.stderr


def test_a_package_holds_a_program_and_nothing_of_its_making(name):
    with zipfile.ZipFile(packages / f"{name}.zip") as package:
        entries = package.infolist()
        assert package.testzip() is None and package.comment == b""
    modes = {"bootstrap": 0o100755} | ({"vocab.txt": 0o100644} if name in ("Ingest", "Search") else {})
    assert {entry.filename: entry.external_attr >> 16 for entry in entries} == modes
    for entry in entries:
        # The same source gives the same bytes: no time of its own, no owner, no comment.
        assert entry.date_time == (1980, 1, 1, 0, 0, 0)
        assert (entry.extra, entry.comment) == (b"", b"")


def test_nothing_half_done_is_left():
    left = [file.name for file in packages.iterdir() if file.suffix != ".zip"]
    assert left == []
