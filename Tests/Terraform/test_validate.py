import re

from workshop import source


def test_the_part_is_valid(work, part):
    done = work["validate", part].result()
    assert done.returncode == 0, done.stdout


def test_variables_and_outputs_are_described(part):
    for name in ("variables.tf", "outputs.tf"):
        text = (source / part / name).read_text()
        blocks = re.findall(r'^(?:variable|output) "(\w+)" \{\n(.*?)^\}', text, re.MULTILINE | re.DOTALL)
        assert blocks
        assert [each for each, body in blocks if "description" not in body] == []


def test_the_example_names_variables_that_exist(part):
    text = (source / part / "terraform.tfvars.example").read_text()
    variables = set(re.findall(r'^variable "(\w+)"', (source / part / "variables.tf").read_text(), re.MULTILINE))
    assert set(re.findall(r"^(?:# )?(\w+)\s*= ", text, re.MULTILINE)) <= variables


def test_there_is_only_one_provider():
    sources = {each for file in source.rglob("versions.tf") for each in re.findall(r'source\s*=\s*"([^"]+)"', file.read_text())}
    assert sources == {"hashicorp/aws"}
