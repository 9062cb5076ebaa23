"""What the tests of the guides share. `make test` runs them after the build; alone:

    .alex/python/bin/python -m pytest -q Tests/Guides
"""

import pytest

from facts import Facts, is_executable
from pages import ROOT
from workspace import LocalCloud, Workspace


@pytest.fixture(scope="session")
def facts():
    facts = Facts(ROOT)
    assert is_executable(facts.program), "alex is not built: swift build -c release"
    return facts


@pytest.fixture(scope="session")
def clouds():
    """Starts the local cloud when the first block wants it."""
    started = []

    def cloud():
        if not started:
            started.append(LocalCloud(ROOT))
        return started[0]

    yield cloud
    for one in started:
        one.stop()


@pytest.fixture
def workspace():
    workspace = Workspace(ROOT)
    yield workspace
    workspace.remove()
