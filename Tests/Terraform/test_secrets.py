"""Keys of others turn up nowhere: not in a state, not in a plan, not in a function's environment."""

import json
import re

import values
from workshop import source


def test_no_key_is_written_down(rehearsal):
    assert rehearsal.kept
    for name, key in values.planted.items():
        assert key not in rehearsal.kept, name
        assert key not in json.dumps(rehearsal.plan), name
        assert key not in rehearsal.applied, name


def test_functions_are_told_where_a_secret_is(rehearsals):
    planner = rehearsals["6_agents"].resources("aws_lambda_function")["module.planner.aws_lambda_function.this"]
    environment = planner["environment"][0]["variables"]
    assert environment["MARKET_SECRET_ARN"].startswith("arn:aws:secretsmanager:")
    assert environment["TRACES_SECRET_ARN"].startswith("arn:aws:secretsmanager:")
    assert not [name for name in environment if name.endswith(("_KEY", "_TOKEN", "_PASSWORD"))]


def test_no_account_and_no_key_is_in_the_files():
    for file in source.rglob("*"):
        if file.suffix in (".tf", ".example", ".hcl", ".md") and ".terraform" not in file.parts:
            text = file.read_text()
            # The example account, and the one in which AWS keeps its containers.
            assert set(re.findall(r"\b\d{12}\b", text)) <= {"123456789012", "763104351884"}, file
            assert not re.search(r"AKIA[0-9A-Z]{16}|sk-lf-[0-9a-f]|sk-[A-Za-z0-9]{20}", text), file
