"""What every story has: a running Alex, a browser, and visitors who are watched.

A story fails on any console error, page error, violation of the content security policy, bad answer or failed request
that it has not announced (`visit.announce`).
"""

import re
import shutil

import pytest
from playwright.sync_api import sync_playwright

from audit import audited, screenshots
from house import House, alex, repository
from stub_model import StubModel
from visits import Visit, unique_name


def pytest_configure():
    needed = {alex: "swift build -c release", repository / "frontend/edge/site.json": "make web"}
    for file, command in needed.items():
        if not file.exists():
            pytest.exit(f"{file} is missing: {command}", returncode=1)
    shutil.rmtree(screenshots, ignore_errors=True)
    screenshots.mkdir(parents=True)


has_failed = pytest.StashKey()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    report = yield
    if report.failed:
        item.stash[has_failed] = True
    return report


@pytest.fixture(scope="session")
def house():
    with House() as house:
        yield house


@pytest.fixture(scope="session")
def model():
    with StubModel() as model:
        yield model


@pytest.fixture(scope="session")
def house_with_model(model):
    """A second Alex, whose agents talk to `model`."""
    with House(ALEX_MODEL=model.address, ALEX_MODEL_NAME="stub") as house:
        yield house


# Root may not use the sandbox. Each of Chromium's windows has two hidden pages for its address line: half of the time.
arguments = [
    "--no-sandbox", "--disable-gpu",
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,HttpsUpgrades,PaintHolding,MediaRouter,OptimizationHints",
]


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=arguments)
        yield browser
        browser.close()


class Arrivals:
    """Lets visitors in, and knows them all."""

    def __init__(self, browser, house):
        self.browser = browser
        self.house = house
        self.visits = []

    def stranger(self, house=None, session=None, **options):
        """Somebody who has not signed in, unless a session says so."""
        visit = Visit(self.browser, house or self.house, session, **options)
        self.visits.append(visit)
        return visit

    def __call__(self, house=None, name=None, **options):
        """Somebody who has signed in, by standard as a household that nobody else uses."""
        house = house or self.house
        return self.stranger(house, house.sign_in(name=name or unique_name()), **options)


    def leave(self, story, has_failed):
        """Everybody goes home; fails when something went wrong that nobody announced, and leaves pictures then."""
        problems = [problem for visit in self.visits for problem in visit.problems()]
        for number, visit in enumerate(self.visits, 1):
            if problems or has_failed:
                visit.picture(screenshots / f"failed-{re.sub(r'[^a-z0-9]+', '-', story)}-{number}.png")
            visit.close()
        assert not problems, "nobody announced:\n" + "\n".join(problems)


@pytest.fixture
def arrive(browser, house, request):
    arrivals = Arrivals(browser, house)
    yield arrivals
    arrivals.leave(request.node.name, has_failed in request.node.stash)


@pytest.fixture(scope="module")
def arrive_for_long(browser, house, request):
    """For visitors who stay for all stories of a file."""
    arrivals = Arrivals(browser, house)
    yield arrivals
    arrivals.leave(request.node.name, False)


@pytest.fixture
def visitor(arrive):
    """A household of its own with nothing in it, signed in."""
    return arrive()


@pytest.fixture
def stranger(arrive):
    return arrive.stranger()


def pytest_terminal_summary(terminalreporter):
    if audited:
        found = sum(count for _, count in audited)
        pictures = len([*screenshots.glob("*.png")])
        terminalreporter.section("looks")
        terminalreporter.line(f"axe-core: {found} violations in {len(audited)} views; {pictures} pictures in .build/screenshots")
