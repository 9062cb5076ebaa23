"""The lists that must agree: functions here, in the package, in the local cloud; outputs and the variables they are for."""

import re

from workshop import functions, parts, repository, source

# Deployed from here before they are built there.
next_ones = {"Ingest", "Search", "Researcher"}


def deployed(rehearsals):
    return {each["function_name"]: each for rehearsal in rehearsals.values() for each in rehearsal.resources("aws_lambda_function").values()}


def test_the_package_builds_what_is_deployed(rehearsals):
    line = re.search(r"^let functions = \[(.*?)\]", (repository / "Package.swift").read_text(), re.MULTILINE | re.DOTALL)
    built = set(re.findall(r'"(\w+)"', line.group(1)))
    packages = {each["filename"].split("/")[-1].removesuffix(".zip") for each in deployed(rehearsals).values()}
    assert packages == built | next_ones == set(functions)
    assert set(deployed(rehearsals)) == {f"alex-{name.lower()}" for name in packages}


def test_the_local_cloud_deploys_alike(rehearsals):
    text = (repository / "Sources/LocalCloud/Alex/DeployedFunction.swift").read_text()
    local = {
        name: (product, int(timeout), int(memory)) for product, name, timeout, memory in re.findall(
            r'product: "(\w+)", name: "([\w-]+)", timeout: \.seconds\((\d+)\), memoryMegabytes: (\d+)', text)
    }
    assert local
    here = {
        name: (each["filename"].split("/")[-1].removesuffix(".zip"), each["timeout"], each["memory_size"])
        for name, each in deployed(rehearsals).items() if name in local
    }
    assert here == local


def test_the_local_cloud_has_the_same_queues(rehearsals):
    text = (repository / "Sources/LocalCloud/Alex/LocalAccount+Alex.swift").read_text()
    names = {each["name"] for each in rehearsals["6_agents"].resources("aws_sqs_queue").values()}
    assert names == set(re.findall(r'[qQ]ueue = "([\w-]+)"', text))


def test_what_a_part_needs_of_another_is_an_output_of_that_name():
    made = {each for part in parts for each in re.findall(r'^output "(\w+)"', (source / part / "outputs.tf").read_text(), re.MULTILINE)}
    for part in parts:
        blocks = re.findall(
            r'^variable "(\w+)" \{\n(.*?)^\}', (source / part / "variables.tf").read_text(), re.MULTILINE | re.DOTALL)
        needed = {name for name, body in blocks if re.search(r"output of part \d", body)}
        assert needed <= made, part


def test_all_functions_run_the_same_way(rehearsals):
    for each in deployed(rehearsals).values():
        assert (each["handler"], each["runtime"], each["architectures"]) == ("bootstrap", "provided.al2", ["x86_64"])
        assert each["tracing_config"][0]["mode"] == "Active"
