"""The checker itself: what is wrong on purpose has to be caught, and said in words."""

import textwrap

import pytest

import pages
import programs
import shell
from facts import AlexCommand, Facts
from workspace import Workspace

# As `alex --experimental-dump-help` says it, cut short.
DUMP = {"command": {"commandName": "alex", "arguments": [], "subcommands": [
    {"commandName": "deploy", "arguments": [
        {"kind": "positional", "isOptional": True, "isRepeating": True, "valueName": "parts"},
        {"kind": "flag", "isOptional": True, "isRepeating": False,
         "names": [{"kind": "long", "name": "yes"}]},
        {"kind": "option", "isOptional": True, "isRepeating": False,
         "names": [{"kind": "long", "name": "folder"}]},
    ]},
    {"commandName": "invoke", "arguments": [
        {"kind": "positional", "isOptional": False, "isRepeating": False, "valueName": "function"},
        {"kind": "positional", "isOptional": True, "isRepeating": False, "valueName": "event"},
    ]},
    {"commandName": "analyze", "arguments": [
        {"kind": "positional", "isOptional": False, "isRepeating": False, "valueName": "file"},
        {"kind": "option", "isOptional": True, "isRepeating": False,
         "names": [{"kind": "short", "name": "o"}, {"kind": "long", "name": "output"}]},
    ]},
    {"commandName": "test", "arguments": [], "subcommands": [
        {"commandName": "remote", "arguments": [
            {"kind": "positional", "isOptional": True, "isRepeating": True, "valueName": "stories",
             "allValues": ["full", "accounts", "scale"]},
        ]},
    ]},
]}}

FILES = {
    "Makefile": "up: setup\nsetup:\npackage: setup\n\t@swift scripts/package.swift $(NAMES)\n",
    "Package.swift": 'let functions = [\n    "Planner", "API",\n]\n',
    "scripts/package.swift": 'let functions = ["Planner", "Echo"]\ncase "--check": break\n',
    ".env.example": "AWS_ACCOUNT_ID=123456789012\n# AWS_ACCESS_KEY_ID=\nDEFAULT_AWS_REGION=us-east-1\n",
    "Sources/LambdaRuntime/LocalRun.swift": '"ALEX_LOCAL_RUN"',
    "examples/household.csv": "account,symbol,quantity\n",
    "Sources/Functions/API/Routes.swift": '.get, "/api/health",\n.get, "/api/jobs/{id}",\n',
    "frontend/site.mjs": '  "/analysis": { file: "analysis" },\n',
    "terraform/5_database/variables.tf": 'variable "min_capacity" {\n}\n',
    "terraform/5_database/outputs.tf": 'output "aurora_cluster_arn" {\n}\n',
    "terraform/5_database/main.tf": 'resource "aws_rds_cluster" "aurora" {\n}\n',
    "guides/5_database.md": "# 5 Database\n\n## Stop paying\n",
    "guides/policies/5_database.json": "{}\n",
}


@pytest.fixture(scope="module")
def facts(tmp_path_factory):
    root = tmp_path_factory.mktemp("house")
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    script = root / "scripts/setup.sh"
    script.write_text("#!/bin/sh\n# --tests adds more\n")
    script.chmod(0o755)
    return Facts(root, AlexCommand(DUMP))


def page(text, language="console", before="", name="guides/5_database.md"):
    return pages.Page(name, f"{before}\n```{language}\n{textwrap.dedent(text).strip()}\n```\n")


def complaints(text, facts):
    return "\n".join(problem for _, problem in programs.check_page(page(text), facts))


GOOD = [
    "make up    # with a comment",
    'make package NAMES="Planner Echo"',
    ".build/release/alex deploy 5_database --yes\n.build/release/alex deploy database 5",
    "alex invoke alex-planner '{\"sweep\": true}'",
    "alex analyze examples/household.csv -o out\ncp out kept",
    "alex test remote full scale",
    "scripts/setup.sh --tests",
    "swift build -c release --product Planner",
    "ALEX_LOCAL_RUN=127.0.0.1:7000 .build/release/Echo &\ncurl -s http://127.0.0.1:7000/invoke -d '{}'",
    "swift scripts/package.swift Echo --check\ncp packages/Echo.zip packages/Ingest.zip",
    "terraform -chdir=terraform/5_database apply -var min_capacity=0.5",
    'curl -s "$(terraform -chdir=terraform/5_database output -raw aurora_cluster_arn)/api/health"',
    "terraform -chdir=terraform/5_database import aws_rds_cluster.aurora alex-aurora-cluster",
    "aws sqs send-message --queue-url x --message-body y \\\n  --region us-east-1",
    "aws lambda invoke --function-name alex-planner --invocation-type Event answer.json\ncp answer.json kept",
    "aws iam create-login-profile --user-name x --password-reset-required",
    "export AWS_ACCOUNT_ID=$(aws sts get-caller-identity --query Account --output text)\n"
    "aws budgets describe-budgets --account-id $AWS_ACCOUNT_ID",
    'eval "$(aws configure export-credentials --format env)"',
    "for part in 5_database; do aws iam create-policy --policy-name alex-$part "
    "--policy-document file://guides/policies/$part.json; done",
    "read -rs TF_VAR_min_capacity && export TF_VAR_min_capacity",
    "curl -s http://localhost:8000/api/jobs/3f6b1c\ncurl -s http://localhost:8000/analysis",
    "cp .env.example .env\ngrep AWS .env",
    "cd terraform/5_database\ncp main.tf kept.tf\ngrep x kept.tf\nterraform output aurora_cluster_arn",
]

BAD = [
    ("make fly", "the Makefile has no fly"),
    ("make up SPEED=1", "the Makefile has no SPEED=1"),
    ("alex fly", "alex has no fly"),
    ("alex deploy --fast", "alex deploy has no --fast"),
    ("alex deploy 9_moon", "there is no part 9_moon"),
    ("alex deploy --folder", "--folder of alex deploy wants a value"),
    ("alex invoke", "alex invoke takes 1 to 2 arguments, not 0"),
    ("alex invoke alex-pilot", "there is no function alex-pilot"),
    ("alex invoke alex-planner '{sweep}'", "no JSON"),
    ("alex test", "alex test wants a subcommand"),
    ("alex test remote fulll", "fulll is none of full, accounts, scale"),
    ("alex analyze mine.csv", "there is no mine.csv"),
    ("scripts/fly.sh", "there is no script scripts/fly.sh"),
    ("scripts/setup.sh --fast", "scripts/setup.sh takes no --fast"),
    ("swift build -c release --product Pilot", "nothing builds Pilot"),
    (".build/release/Pilot", "nothing builds Pilot"),
    ("ALEX_LOCAL_RUN=127.0.0.1:7000 make up", "ALEX_LOCAL_RUN is not in .env.example"),
    ("SPEED=1 .build/release/Echo", "SPEED is not in .env.example"),
    ("swift scripts/package.swift Pilot", "scripts/package.swift takes no Pilot"),
    ("cp packages/Echo.zip packages/Ingest.zip", "there is no packages/Echo.zip"),
    ("terraform -chdir=terraform/9_moon init", "there is no part terraform/9_moon"),
    ("terraform -chdir=terraform/5_database apply -var speed=1", "5_database has no variable speed"),
    ("terraform -chdir=terraform/5_database output speed", "5_database has no output speed"),
    ("terraform -chdir=terraform/5_database import aws_rds_cluster.main x", "no resource to import"),
    ("terraform -chdir=terraform/5_database taint x", "not understood: terraform taint"),
    ("aws sqs send-mesage --queue-url x", "aws sqs has no send-mesage"),
    ("aws squeue list-queues", "aws has no squeue"),
    ("aws sqs send-message --queue-url x", "aws sqs send-message wants --message-body"),
    ("aws sqs send-message --queue-url x --message-body y --colour red", "send-message has no --colour"),
    ("aws lambda invoke --function-name x", "aws lambda invoke takes 1 files, not 0"),
    ("aws lambda invoke --function-name x --invocation-type Soon out.json", "is Soon; it is one of"),
    ("aws sqs receive-message --queue-url x --max-number-of-messages ten", "which is no number"),
    ("aws budgets create-budget --account-id 1 --budget '{\"BudgetName\": \"a\"}'", "Missing required"),
    ("aws iam create-policy --policy-name x --policy-document file://nowhere.json", "there is no nowhere"),
    ("aws configure export-credentials --form env", "has no --form"),
    ("SPEED=1 make up", "SPEED is not in .env.example"),
    ("curl -s $SPEED", "$SPEED is neither in .env.example nor set before"),
    ("export TF_VAR_speed=1", "no part has the variable of TF_VAR_speed"),
    ("curl -s http://localhost:8000/api/speed", "nothing answers for /api/speed"),
    ("curl --speed http://localhost:8000/analysis", "not understood: curl --speed"),
    ("sudo make up", "an unknown program: sudo"),
    ("python3 -c 'print('", "no Python"),
    ("python3 -m http.server 8123 --bind 0.0.0.0 --directory examples", "not understood"),
    ("grep x nowhere", "there is no nowhere"),
    ("cd nowhere", "there is no nowhere"),
    ("cd terraform/5_database\nterraform output speed", "5_database has no output speed"),
    ("terraform output aurora_cluster_arn", "this directory has no output aurora_cluster_arn"),
    ("make up <<END", "a here-document"),
    ('printf "open', "is missing"),
    ("(make up)", "not understood"),
]


@pytest.mark.parametrize("text", GOOD)
def test_what_is_right_passes(text, facts):
    assert complaints(text, facts) == ""


@pytest.mark.parametrize("text, words", BAD)
def test_what_is_wrong_is_caught(text, words, facts):
    assert words in complaints(text, facts)


def test_the_line_is_named(facts):
    assert programs.check_page(page("make up\n\nmake fly"), facts) == [(5, "the Makefile has no fly")]


def test_a_sentence_may_leave_out_what_a_command_wants(facts):
    named = pages.Page("guides/5_database.md", "See `aws sqs send-message`, `alex invoke` and `make up`.\n")
    assert programs.check_mentions(named, facts) == []
    wrong = pages.Page("guides/5_database.md", "See `aws sqs send-mesage` and `alex deploy --fast`.\n")
    assert [line for line, _ in programs.check_mentions(wrong, facts)] == [1, 1]


@pytest.mark.parametrize("text, language, before, words", [
    ("min_capacity = 0", "hcl", "", []),
    ("speed = 1", "hcl", "", ["speed is not known to 5_database"]),
    ("min_capacity = 0", "hcl", "<!-- part: 9_moon -->", ["min_capacity is not known to no part"]),
    ("AWS_ACCESS_KEY_ID=x", "ini", "", []),
    ("SPEED=1", "ini", "", ["SPEED is not known to .env.example"]),
    ("# nothing", "hcl", "", ["sets nothing"]),
])
def test_settings(text, language, before, words, facts):
    assert [problem for _, problem in programs.check_settings(page(text, language, before), facts)] == words


@pytest.mark.parametrize("target, is_dead", [
    ("5_database.md", False), ("5_database.md#stop-paying", False), ("policies/5_database.json", False),
    ("https://example.com/nowhere", False), ("9_moon.md", True), ("5_database.md#start-paying", True),
    ("#nowhere", True),
])
def test_links(target, is_dead, facts):
    linking = pages.Page("guides/6_agents.md", f"# 6 Agents\n\nSee [there]({target}).\n")
    (facts.root / linking.name).write_text(linking.text)
    assert bool(pages.dead_links(linking, facts.root)) == is_dead


def test_markers_belong_to_the_next_block():
    one = page("make up", before="<!-- run: with the local cloud -->\n<!-- run: expects a: b -->").blocks[0]
    assert one.is_run and one.wants_cloud and one.expected == ["a: b"]
    assert not page("make up", before="<!-- run -->\n\nA sentence.").blocks[0].is_run


def test_a_block_without_an_end_is_refused():
    with pytest.raises(ValueError, match="line 1 has no end"):
        pages.Page("README.md", "```console\nmake up\n")


def test_remarks_say_until_when():
    text = '<!-- not yet: Package.swift has "Ingest" -->\n> Not there yet.\n`<!-- not yet: X -->`\n'
    assert list(pages.Page("README.md", text).remarks()) == [(1, "Package.swift", "Ingest")]
    with pytest.raises(ValueError, match="not understood"):
        list(pages.Page("README.md", "<!-- not yet: Ingest -->\n").remarks())


def test_the_shell_is_read_as_it_is_written():
    commands = shell.parse("A=1 one 'x $y' \"z $w\" > out; two $(three four) | five  # six")
    assert [command.words for command in commands] == [
        ["one", "x $y", "z $w"], ["three", "four"], ["two", "$()"], ["five"]]
    assert commands[0].assignments == {"A": "1"} and commands[0].writes == ["out"]
    assert commands[0].variables == ["w"]
    loop = shell.parse("for x in a b; do one $x-$xy; two; done")
    assert [command.words for command in loop] == [["one", "a-$xy"], ["two"], ["one", "b-$xy"], ["two"]]


def test_what_is_run_may_fail_and_cannot_write_home(facts):
    workspace = Workspace(facts.root)
    try:
        status, output = workspace.run("false | true")
        assert status == 1
        status, output = workspace.run("echo said >&2; cp .env.example .env; echo > guides/new.md")
        assert (status, output) == (0, "said\n")
        assert not (facts.root / ".env").exists() and not (facts.root / "guides/new.md").exists()
    finally:
        workspace.remove()
    assert not workspace.folder.exists()


def test_a_subcommand_is_found(facts):
    command, rest = facts.alex.find(["test", "remote", "full"])
    assert command["commandName"] == "remote" and rest == ["full"]
