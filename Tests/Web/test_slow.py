"""A bad connection: 50 KB a second, 400 ms away. The page says that it loads, shows nothing untrue, and gets there."""

import pytest
from playwright.sync_api import expect

from visits import witness

bytes_per_second = 50 * 1024
latency_milliseconds = 400
patience_milliseconds = 30_000

@pytest.fixture
def slow(visitor):
    visitor.populate()
    visitor.call("PUT", "/api/user", {"years_until_retirement": 33, "target_retirement_income": "81234.5"})
    visitor.context.set_default_timeout(patience_milliseconds)
    visitor.page.add_init_script(witness)
    connection = visitor.context.new_cdp_session(visitor.page)
    connection.send("Network.enable")
    connection.send("Network.emulateNetworkConditions", {
        "offline": False, "latency": latency_milliseconds, "downloadThroughput": bytes_per_second,
        "uploadThroughput": bytes_per_second})
    return visitor


@pytest.mark.parametrize("path", ["/dashboard", "/accounts"])
def test_a_slow_page_shows_that_it_loads_and_then_only_what_is_true(slow, path):
    page = slow.page
    page.goto(path, wait_until="commit")
    expect(page.locator('main[data-ready="true"]')).to_be_visible(timeout=patience_milliseconds)
    # Noted by the page itself, frame by frame: it may last less than the pause between two looks from outside.
    assert any("Loading" in words for words in page.evaluate("[...window.statusesSeen]"))
    inputs = page.evaluate("Object.entries(window.inputsSeen).map(([name, values]) => [name, [...values]])")
    assert [each for each in inputs if len(each[1]) > 1] == []
    shown = page.evaluate("window.wordsSeen")
    for untrue in ("$0", "NaN", "undefined", "No accounts"):
        assert not [words for words in shown if untrue in words], untrue
    assert "$248,246.80" in shown[-1] or "$248,247" in shown[-1]


def test_a_slow_page_can_be_used(slow):
    page = slow.page
    page.goto("/dashboard")
    slow.page.get_by_role("navigation", name="Pages").get_by_role("link", name="Accounts").click()
    expect(slow.heading("Accounts")).to_be_visible(timeout=patience_milliseconds)
    expect(page.locator('main[data-ready="true"]')).to_be_visible(timeout=patience_milliseconds)
    expect(slow.main.get_by_role("link", name="Roth IRA")).to_be_visible()
