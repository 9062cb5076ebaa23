"""Each part against moto: it is applied, a second plan finds nothing to do, it is destroyed."""

import json
from fnmatch import fnmatchcase
from pathlib import Path

from rehearsal import gaps

allowed = json.loads((Path(__file__).parent / "drift.json").read_text())


def test_the_part_is_applied(rehearsal):
    assert rehearsal.appears_applied, rehearsal.applied


def test_a_second_plan_finds_nothing_to_do(rehearsal):
    assert rehearsal.plan, rehearsal.second_plan
    unexpected = {drift for drift in rehearsal.drift() if not is_allowed(rehearsal.part, *drift)}
    assert not unexpected, f"{sorted(unexpected)}\n{rehearsal.second_plan}"


def is_allowed(part, address, attribute):
    return any(
        fnmatchcase(part, each["part"]) and fnmatchcase(address, each["address"]) and attribute in each["attributes"]
        for each in allowed)


def test_the_part_is_destroyed(rehearsal):
    assert rehearsal.appears_destroyed, rehearsal.destroyed


def test_drift_that_is_allowed_has_a_reason():
    assert all(len(each["reason"]) > 30 for each in allowed)


def test_what_is_left_out_has_a_reason():
    for file in gaps.glob("*.tf"):
        blocks = file.read_text().strip().split("\nresource ")
        assert all("#" in before.split("\n}\n")[-1] for before in blocks[:-1]), file
