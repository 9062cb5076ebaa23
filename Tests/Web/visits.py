"""Somebody who uses Alex in a browser, and everything that goes wrong meanwhile."""

import dataclasses
import json
import time
import urllib.parse
import uuid

from playwright.sync_api import expect

analysis_seconds = 60

# Notes, at every frame, what each input and the page say; a value that comes and goes leaves its trace.
witness = """(() => {
    window.inputsSeen = {};
    window.wordsSeen = [];
    window.statusesSeen = new Set();
    const note = () => {
        for (const input of document.querySelectorAll("main input, main select")) {
            const name = input.labels?.[0]?.textContent ?? input.getAttribute("aria-label") ?? "nameless";
            (window.inputsSeen[name] ??= new Set()).add(input.value);
        }
        const words = document.querySelector("main")?.innerText ?? "";
        if (words !== window.wordsSeen.at(-1)) window.wordsSeen.push(words);
        for (const status of document.querySelectorAll('[role="status"]')) window.statusesSeen.add(status.textContent);
        requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
})()"""


@dataclasses.dataclass(frozen=True)
class Problem:
    words: str
    url: str
    # Of a bad answer; 0 when none came; None when the page itself complains.
    status: int | None = None

    def is_announced(self, what, status):
        if status is None:
            return what in self.words
        return what == path_of(self.url) and status == self.status

    def __str__(self):
        return f"{self.words} ({self.url})"


class Visit:
    """A browser context of its own: nobody else's cookies, storage or cache.

    session: who is signed in, as `House.sign_in` says it; nobody when None.
    options: of Playwright's `Browser.new_context`.
    """

    def __init__(self, browser, house, session=None, **options):
        self.house = house
        self.session = session
        origins = []
        if session:
            stored = {key: session[key] for key in ("token", "expires_at", "name", "subject")}
            item = {"name": "alex.session", "value": json.dumps(stored)}
            origins = [{"origin": house.address, "localStorage": [item]}]
        settings = {
            "base_url": house.address, "locale": "en-US", "timezone_id": "UTC", "reduced_motion": "reduce",
            "viewport": {"width": 1280, "height": 900}, "storage_state": {"cookies": [], "origins": origins},
        }
        self.context = browser.new_context(**(settings | options))
        self.context.set_default_timeout(10_000)
        self.requests = []
        self._problems = []
        self._announced = []
        self.context.on("page", self._watch)
        self.page = self.context.new_page()

    # -- what goes wrong

    def _watch(self, page):
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self._note(f"page error: {error}", page.url))
        page.on("requestfailed", self._lose)
        page.on("response", self._judge)
        page.on("request", lambda request: self.requests.append((request.method, path_of(request.url))))

    def _note(self, words, url, status=None):
        self._problems.append(Problem(words, url, status))

    def _hear(self, message):
        if message.type != "error":
            return
        url = message.location.get("url", "")
        # The answer or its absence is noted by itself, with its status.
        if not message.text.startswith("Failed to load resource"):
            self._note(f"console error: {message.text}", url)

    def _lose(self, request):
        # Aborted: the page that had asked was left.
        if request.failure != "net::ERR_ABORTED":
            self._note(f"{request.method} failed: {request.failure}", request.url, 0)

    def _judge(self, response):
        if response.status >= 400:
            self._note(f"{response.request.method} was answered {response.status}", response.url, response.status)

    def announce(self, path, *statuses):
        """From here on this path may be answered so; a status of 0 is no answer at all."""
        self._announced += [(path, status) for status in statuses]

    def announce_words(self, words):
        """From here on the page may complain in these words."""
        self._announced.append((words, None))

    def problems(self):
        """What nobody has announced, and what was announced and did not happen."""
        fits = [[each for each in self._announced if problem.is_announced(*each)] for problem in self._problems]
        unexpected = [str(problem) for problem, announced in zip(self._problems, fits) if not announced]
        happened = [each for announced in fits for each in announced]
        missing = [f"announced, and did not happen: {each}" for each in self._announced if each not in happened]
        return unexpected + missing

    # -- what somebody does

    def go(self, path):
        """Opens a page as from the address line, and waits until its data is shown."""
        answer = self.page.goto(path)
        self.ready()
        return answer

    def ready(self, title=None):
        expect(self.page.locator('main[data-ready="true"]')).to_be_visible()
        if title:
            expect(self.heading(title)).to_be_visible()
        return self

    def heading(self, name):
        return self.page.get_by_role("heading", name=name, level=1)

    def follow(self, name):
        """By a link of the navigation."""
        self.page.get_by_role("navigation", name="Pages").get_by_role("link", name=name, exact=True).click()

    def toast(self, words):
        return self.page.get_by_role("region", name="Messages").get_by_text(words)

    @property
    def main(self):
        return self.page.get_by_role("main")

    @property
    def path(self):
        parts = urllib.parse.urlsplit(self.page.url)
        return parts.path + (f"?{parts.query}" if parts.query else "")

    def at(self, path):
        """Waits for the address."""
        self.page.wait_for_url(lambda url: path_of(url) == path or with_query(url) == path)
        return self

    # -- what was there before they came

    def call(self, method, path, body=None):
        """A call of the web API past the browser, in their name."""
        status, answer = self.house.call(method, path, self.session["token"], body)
        assert status < 300, f"{method} {path}: {status} {answer}"
        return answer

    def open_account(self, name="Brokerage", cash="0", positions=()):
        """An account with (symbol, quantity) pairs; its id."""
        self.call("GET", "/api/user")
        account = self.call("POST", "/api/accounts", {"account_name": name, "cash_balance": cash})
        for symbol, quantity in positions:
            self.call("POST", "/api/positions", {"account_id": account["id"], "symbol": symbol, "quantity": quantity})
        return account["id"]

    def populate(self):
        self.call("GET", "/api/user")
        self.call("POST", "/api/populate-test-data")

    def analyze(self):
        """A finished analysis; its id."""
        job = self.call("POST", "/api/analyze", {})["job_id"]
        end = time.monotonic() + analysis_seconds
        while self.call("GET", f"/api/jobs/{job}")["status"] not in ("completed", "failed"):
            assert time.monotonic() < end, "the analysis does not end"
            time.sleep(0.05)
        return job

    def picture(self, file):
        if not self.page.is_closed():
            self.page.screenshot(path=file, full_page=True)

    def close(self):
        self.context.close()


def unique_name():
    """Of a household that nobody else uses."""
    return f"Visitor {uuid.uuid4().hex[:8]}"


def path_of(url):
    return urllib.parse.urlsplit(url).path


def with_query(url):
    parts = urllib.parse.urlsplit(url)
    return f"{parts.path}?{parts.query}"
