"""Every package under AWS's emulator, one call at a time: good days and bad ones."""

import json
import zipfile

import pytest

from conftest import packages
from emulator import Emulator
from stories import stories

# Lambda's limit for an answer: 6 MiB and 100 bytes.
largest_answer_bytes = 6 * 1024 * 1024 + 100
# Agents do not begin what they have no time for.
ample_seconds = 60
short_seconds = 2


@pytest.fixture
def emulate(tmp_path, services, authority):
    """Unpacks a package and runs it under the emulator."""
    emulators = []

    def emulate(name, timeout_seconds=ample_seconds, without=(), **variables):
        bootstrap = unpack(name, tmp_path)
        environment = services.environment("localhost") | {
            "AWS_CA_BUNDLE": str(authority.bundle), "MODEL_FILES": str(tmp_path)} | variables
        for variable in without:
            environment.pop(variable, None)
        emulators.append(Emulator(bootstrap, environment, timeout_seconds, tmp_path / "log"))
        return emulators[-1].__enter__()

    yield emulate
    for emulator in emulators:
        emulator.__exit__()


def unpack(name, folder):
    """The bootstrap with the mode it has in the package, which Python leaves out."""
    with zipfile.ZipFile(packages / f"{name}.zip") as package:
        mode = package.getinfo("bootstrap").external_attr >> 16
        package.extractall(folder)
    (folder / "bootstrap").chmod(mode & 0o777)
    return folder / "bootstrap"


def is_answered(emulator, story):
    status, body = emulator.invoke(story.good)
    return status == 200 and story.is_right(json.loads(body))


def test_a_package_answers_and_refuses(name, emulate, services):
    story = stories[name]
    emulator = emulate(name)
    assert is_answered(emulator, story)
    assert services.calls == story.calls

    status, body = emulator.invoke(story.bad)
    failure = json.loads(body)
    assert (status, failure["errorType"]) == (200, story.failure)
    assert failure["errorMessage"]

    assert is_answered(emulator, story)


def test_a_package_without_its_settings_says_which(name, emulate):
    story = stories[name]
    # Echo has no settings; it refuses to start when it is told so.
    emulator = emulate(name, ECHO_REFUSES="1", without=[story.needs] if name != "Echo" else [])
    for _ in range(2):
        status, body = emulator.invoke(story.good)
        assert status == 502 and body, (status, body, emulator.lines)
        assert story.needs in json.loads(body)["errorMessage"], body


# How a process ends, and how large an answer may be, is the runtime's doing and the same in all of them. Echo
# does it on demand.

@pytest.mark.only("Echo")
@pytest.mark.parametrize("order, reason", [("exit", "exit status 3"), ("trap", "signal: ")])
def test_after_a_crash_the_next_event_finds_a_new_process(order, reason, emulate):
    emulator = emulate("Echo")
    status, body = emulator.invoke({"order": order})
    failure = json.loads(body)
    assert (status, failure["errorType"]) == (502, "Runtime.ExitError")
    assert reason in failure["errorMessage"]
    assert is_answered(emulator, stories["Echo"])


@pytest.mark.only("Echo")
def test_a_function_that_hangs_is_ended(emulate):
    emulator = emulate("Echo", short_seconds)
    status, body = emulator.invoke({"order": "hang"})
    assert (status, body.decode()) == (200, f"Task timed out after {short_seconds}.00 seconds")
    assert is_answered(emulator, stories["Echo"])


@pytest.mark.only("Echo")
def test_a_function_that_waits_too_long_says_so_itself(emulate):
    emulator = emulate("Echo", short_seconds)
    status, body = emulator.invoke({"order": "wait"})
    assert (status, json.loads(body)["errorType"]) == (200, "Function.DeadlineExceeded")
    assert is_answered(emulator, stories["Echo"])


@pytest.mark.only("Echo")
def test_six_megabytes_pass_and_one_more_byte_does_not(emulate):
    emulator = emulate("Echo")
    status, body = emulator.invoke({"order": "bytes", "count": largest_answer_bytes})
    assert (status, len(body)) == (200, largest_answer_bytes)
    assert set(body[1:-1]) == {ord("x")}

    status, body = emulator.invoke({"order": "bytes", "count": largest_answer_bytes + 1})
    failure = json.loads(body)
    assert (status, failure["errorType"]) == (200, "Function.ResponseSizeTooLarge")
    assert str(largest_answer_bytes) in failure["errorMessage"]
    assert is_answered(emulator, stories["Echo"])
