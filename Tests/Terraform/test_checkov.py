"""checkov finds nothing, and what it is told to overlook has a reason and is really there."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from workshop import repository, source


@pytest.fixture(scope="module")
def report():
    own = repository / ".alex/checkov/bin/checkov"
    checkov = os.environ.get("ALEX_CHECKOV") or (str(own) if own.exists() else shutil.which("checkov"))
    if not checkov or not Path(checkov).exists():
        pytest.skip("checkov is not installed: scripts/setup.sh --tests")
    done = subprocess.run(
        [checkov, "-d", str(source), "--skip-download", "--compact", "--framework", "terraform", "-o", "json"],
        text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=300)
    reports = json.loads(done.stdout)
    return reports[0] if isinstance(reports, list) else reports


def test_nothing_fails(report):
    failed = report["results"]["failed_checks"]
    assert [(each["check_id"], each["check_name"], each["resource"]) for each in failed] == []
    assert report["summary"]["parsing_errors"] == 0
    assert report["summary"]["passed"] > 300


def test_what_is_overlooked_has_a_reason():
    for file in source.rglob("*.tf"):
        for check, reason in re.findall(r"#checkov:skip=(\w+):?(.*)", file.read_text()):
            assert len(reason.split()) >= 5, (file, check)


def test_nothing_is_overlooked_in_vain(report):
    met = {(Path(each["file_path"]).name, each["check_id"]) for each in report["results"]["skipped_checks"]}
    for file in source.rglob("*.tf"):
        for check in re.findall(r"#checkov:skip=(\w+)", file.read_text()):
            assert (file.name, check) in met, file
