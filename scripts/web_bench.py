"""How the web app loads, page by page, in a real browser: what `alex bench web` prints.

Reads {"session", "pages": [{"path", "address", "expected_status", "is_signed_in"}]} as JSON from standard input and writes
one measurement for each page as JSON to standard output. `session` becomes the local storage item of a signed-in
household. A page is opened twice, each time in a context of its own, so that nothing is in a cache:

- as it is: requests, bytes of JavaScript (compressed), all bytes as transferred (with headers), milliseconds to
  interactive;
- with LATENCY_MS before every answer: round trips. A request depends on another if it was sent after the other's
  answer had begun; while an answer takes this long, requests that need not wait for it are sent meanwhile. The longest
  chain of documents, style sheets, scripts and data up to the interactive page is counted, and the longest of data alone.

Interactive is when the page's main content is there: `<main data-ready="true">`.
"""

import json
import shutil
import sys

from playwright.sync_api import TimeoutError as NotInTime
from playwright.sync_api import sync_playwright

LATENCY_MS = 300
LONGEST_WAIT_MS = 20_000
# What a page asks for after it is interactive belongs to it, too.
SETTLING_MS = 1_000
READY = 'main[data-ready="true"]'
DATA = ("Fetch", "XHR")
CHAINED = ("Document", "Stylesheet", "Script", *DATA)

NOTE_READY = """
new MutationObserver((_, observer) => {
  if (!document.querySelector('%s')) return;
  observer.disconnect();
  window.alexInteractive = {at: performance.timeOrigin + performance.now(), after: performance.now()};
}).observe(document, {attributes: true, childList: true, subtree: true});
""" % READY


class Requests:
    """What one page asks for, as the browser's own protocol tells it. Times are seconds of the wall clock."""

    def __init__(self, page):
        self.entries = {}
        self.protocol = page.context.new_cdp_session(page)
        self.protocol.on("Network.requestWillBeSent", self.sent)
        self.protocol.on("Network.responseReceived", self.answered)
        self.protocol.on("Network.loadingFinished", self.finished)
        self.protocol.send("Network.enable")

    def slow_down(self):
        self.protocol.send(
            "Network.emulateNetworkConditions",
            {"offline": False, "latency": LATENCY_MS, "downloadThroughput": -1, "uploadThroughput": -1})

    def sent(self, event):
        if not event["request"]["url"].startswith("http"):
            return
        self.entries[event["requestId"]] = {
            "url": event["request"]["url"], "kind": event.get("type", "Other"), "sent": event["wallTime"],
            "offset": event["wallTime"] - event["timestamp"], "answered": None, "is_script": False, "head_bytes": 0,
            "bytes": 0}

    def answered(self, event):
        if entry := self.entries.get(event["requestId"]):
            entry["answered"] = event["timestamp"] + entry["offset"]
            entry["head_bytes"] = event["response"]["encodedDataLength"]
            entry["is_script"] = "javascript" in event["response"]["mimeType"]

    def finished(self, event):
        if entry := self.entries.get(event["requestId"]):
            entry["bytes"] = event["encodedDataLength"]

    def all(self):
        return list(self.entries.values())

    def longest_chain(self, kinds, until=float("inf")):
        chain = []
        for entry in sorted(self.all(), key=lambda each: each["sent"]):
            if entry["kind"] in kinds and entry["sent"] < until:
                before = [length for other, length in chain if (other["answered"] or until) <= entry["sent"]]
                chain.append((entry, 1 + max(before, default=0)))
        return max((length for _, length in chain), default=0)


def load(browser, address, session, is_slow):
    """Opens one page in a new context.

    Returns its status, its requests, and when it became interactive: None if it never did.
    """
    context = browser.new_context()
    try:
        page = context.new_page()
        page.add_init_script(NOTE_READY)
        if session:
            page.add_init_script(f"localStorage.setItem('alex.session', {json.dumps(json.dumps(session))});")
        requests = Requests(page)
        if is_slow:
            requests.slow_down()
        status = page.goto(address, wait_until="commit").status
        try:
            page.wait_for_selector(READY, state="attached", timeout=LONGEST_WAIT_MS)
        except NotInTime:
            return status, requests, None
        page.wait_for_timeout(SETTLING_MS)
        return status, requests, page.evaluate("window.alexInteractive")
    finally:
        context.close()


def measure(browser, session, page):
    session = session if page["is_signed_in"] else None
    status, requests, interactive = load(browser, page["address"], session, is_slow=False)
    _, slow, slow_interactive = load(browser, page["address"], session, is_slow=True)
    entries = requests.all()
    return {
        "path": page["path"],
        "status": status,
        "expected_status": page["expected_status"],
        "requests": len(entries),
        "data_requests": sum(entry["kind"] in DATA for entry in entries),
        "script_bytes": sum(entry["bytes"] - entry["head_bytes"] for entry in entries if entry["is_script"]),
        "bytes": sum(entry["bytes"] for entry in entries),
        "round_trips": slow_interactive and slow.longest_chain(CHAINED, slow_interactive["at"] / 1000),
        "data_round_trips": slow.longest_chain(DATA),
        "interactive_milliseconds": interactive and interactive["after"],
    }


def main():
    plan = json.load(sys.stdin)
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        # The first page of a browser pays for its start.
        load(browser, plan["pages"][0]["address"], None, is_slow=False)
        rows = [measure(browser, plan["session"], page) for page in plan["pages"]]
        browser.close()
    json.dump(rows, sys.stdout)


main()
