"""Function timeout < lease <= visibility timeout: what the pipeline's claims stand on."""

import re

import pytest

from workshop import repository


@pytest.fixture
def agents(rehearsals):
    return rehearsals["6_agents"]


def functions(rehearsal):
    return {each["function_name"]: each for each in rehearsal.resources("aws_lambda_function").values()}


def setting(rehearsal, function, name):
    return int(functions(rehearsal)[function]["environment"][0]["variables"][name])


def test_a_planner_holds_its_job_longer_than_it_runs(agents):
    timeout = functions(agents)["alex-planner"]["timeout"]
    lease = setting(agents, "alex-planner", "PLANNER_LEASE_SECONDS")
    assert timeout < lease
    for queue in agents.resources("aws_sqs_queue").values():
        assert lease <= queue["visibility_timeout_seconds"]


@pytest.mark.parametrize("function", ["tagger", "reporter", "charter", "retirement"])
def test_a_section_is_held_longer_than_its_function_runs(agents, function):
    assert functions(agents)[f"alex-{function}"]["timeout"] < setting(agents, f"alex-{function}", "SECTION_LEASE_SECONDS")


def test_the_planner_outlives_the_sections_it_waits_for(agents):
    assert functions(agents)["alex-planner"]["timeout"] > setting(agents, "alex-planner", "SECTION_LEASE_SECONDS")


@pytest.mark.parametrize("name", ["PLANNER_LEASE_SECONDS", "SECTION_LEASE_SECONDS"])
def test_the_products_own_default_is_the_same(agents, name):
    text = (repository / "Sources/Functions/Deployment.swift").read_text()
    assert int(re.search(rf'"{name}", default: (\d+)', text).group(1)) == setting(agents, "alex-planner", name)


def test_alarms_know_the_functions_timeouts(rehearsals):
    deployed = {name: each["timeout"] for rehearsal in rehearsals.values() for name, each in functions(rehearsal).items()}
    watched = {
        each["dimensions"]["FunctionName"]: each["threshold"] / 900
        for each in rehearsals["8_observability"].resources("aws_cloudwatch_metric_alarm").values()
        if each["metric_name"] == "Duration"
    }
    assert watched == pytest.approx(deployed)
