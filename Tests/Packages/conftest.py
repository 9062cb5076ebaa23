"""What every check has: the packages, an authority and services that it vouches for.

`--functions Planner,API` checks these packages alone; `scripts/package.swift --check` says which it has made.
"""

import pathlib

import pytest

from certificates import Authority
from control_plane import ControlPlane
from room import Room, usual_bundle
from services import Services, host
from stories import stories

repository = pathlib.Path(__file__).resolve().parents[2]
packages = repository / "packages"


def pytest_addoption(parser):
    parser.addoption("--functions", default=",".join(stories), help="names, with commas between them")


def pytest_configure(config):
    names = config.getoption("functions").split(",")
    unknown = [name for name in names if name not in stories]
    if unknown:
        pytest.exit(f"no story for {', '.join(unknown)}: Tests/Packages/stories.py", returncode=1)
    # Nothing may pass because it was not there.
    missing = [name for name in names if not (packages / f"{name}.zip").is_file()]
    if missing:
        pytest.exit(f"not packed: swift scripts/package.swift {' '.join(missing)}", returncode=1)
    config.names = names


def pytest_generate_tests(metafunc):
    """A check that takes `name` runs for every package; with `caller`, for those that call services."""
    names = metafunc.config.names
    if "name" in metafunc.fixturenames:
        metafunc.parametrize("name", names)
    if "caller" in metafunc.fixturenames:
        metafunc.parametrize("caller", [name for name in names if stories[name].calls])


def pytest_collection_modifyitems(config, items):
    """A check of one certain function, `@pytest.mark.only("Echo")`, goes with its package."""
    kept = [item for item in items if all(mark.args[0] in config.names for mark in item.iter_markers("only"))]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


@pytest.fixture(scope="session")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority"), "authority")


@pytest.fixture(scope="session")
def wrong_authority(tmp_path_factory):
    """Has the same say over the world as the other, but has not signed anything here."""
    return Authority(tmp_path_factory.mktemp("wrong"), "wrong")


@pytest.fixture(scope="session")
def running_services(authority):
    # Outside a room nobody reads our hosts file.
    with Services(*authority.certify(host, "localhost")) as services:
        yield services


@pytest.fixture
def services(running_services):
    running_services.forget()
    return running_services


@pytest.fixture
def plane():
    with ControlPlane() as plane:
        yield plane


@pytest.fixture
def furnish(authority):
    """Makes rooms, by standard with the name of the services in `/etc/hosts` and their authority where Amazon
    Linux keeps it.
    """
    rooms = []

    def furnish(name, bundle=usual_bundle, trusted=authority, names=("localhost", host), files=None):
        hosts = f"127.0.0.1 {' '.join(names)}\n"
        files = {"/etc/hosts": hosts, bundle: trusted.bundle.read_text()} | (files or {})
        rooms.append(Room(packages / f"{name}.zip", files))
        return rooms[-1]

    yield furnish
    for room in rooms:
        room.__exit__()


@pytest.fixture
def converse(plane):
    """Starts a function and speaks with it as Lambda does."""
    def start(room, environment):
        room.enter(plane, environment)
        plane.expect("next", room.is_alive)

        def ask(event):
            """The function's answer; afterwards it waits for the next event."""
            request = plane.offer(event)
            answer = plane.expect("answer", room.is_alive)
            assert answer.request == request
            plane.expect("next", room.is_alive)
            return answer

        return ask

    return start
