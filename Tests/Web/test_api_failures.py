"""The API does not answer, or answers with a failure: a sentence, nothing lost, and "Try again" works."""

import json
import re

import pytest
from playwright.sync_api import expect

# Page -> the call that fails.
calls = {"/dashboard": "/api/portfolio", "/accounts": "/api/portfolio", "/analysis": "/api/jobs/latest"}
# As the API's own function, and as API Gateway in front of it, would say it.
bodies = {
    500: {"detail": "something went wrong; try again", "code": "internal", "request_id": "r-1"},
    503: {"message": "Service Unavailable"},
}
# Reading is tried again for some seconds before anybody is told.
patience_milliseconds = 15_000


@pytest.fixture
def visit(visitor):
    visitor.populate()
    visitor.analyze()
    return visitor


def fail(visit, path, status):
    """From now on; a status of 0 is no answer at all."""
    visit.announce(path, status)

    def answer(route):
        if status == 0:
            route.abort("internetdisconnected")
        else:
            route.fulfill(status=status, body=json.dumps(bodies[status]), content_type="application/json")

    visit.page.route(f"**{path}", answer)


@pytest.mark.parametrize("page, status", [
    ("/dashboard", 500), ("/dashboard", 0), ("/accounts", 503), ("/analysis", 500)])
def test_a_page_says_that_its_data_did_not_come_and_tries_again(visit, page, status):
    path = calls[page]
    fail(visit, path, status)
    visit.page.goto(page)
    alert = visit.main.get_by_role("alert").filter(has_text="This could not be loaded").first
    expect(alert).to_be_visible(timeout=patience_milliseconds)
    assert len(alert.inner_text()) > 20
    expect(visit.main).not_to_contain_text("$")
    visit.page.unroute(f"**{path}")
    alert.get_by_role("button", name="Try again").click()
    visit.ready()
    expect(alert).to_have_count(0)


def test_a_change_that_failed_is_said_and_can_be_repeated(visit):
    visit.go("/accounts")
    page = visit.page
    page.get_by_role("button", name="Add an account").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Second try")
    fail(visit, "/api/accounts", 500)
    dialog.get_by_role("button", name="Add the account").click()
    expect(page.get_by_role("alert").or_(visit.toast("went wrong")).first).to_be_visible()
    expect(dialog.get_by_label("Name")).to_have_value("Second try")
    page.unroute("**/api/accounts")
    dialog.get_by_role("button", name="Add the account").click()
    expect(visit.main.get_by_role("link", name="Second try")).to_be_visible()


def test_a_page_that_cannot_be_fetched_offline_is_there_after_a_reload(visit):
    visit.go("/dashboard")
    text = visit.context.request.get("/accounts").text()
    (module,) = set(re.findall(r"/assets/AccountsPage-\w+\.js", text))
    visit.announce(module, 0)
    visit.announce_words("Failed to fetch dynamically imported module")
    visit.page.route(f"**{module}", lambda route: route.abort("internetdisconnected"))
    visit.follow("Accounts")
    expect(visit.heading("Something went wrong")).to_be_visible()
    visit.page.unroute_all()
    visit.page.get_by_role("button", name="Reload the page").click()
    visit.at("/accounts").ready("Accounts")
