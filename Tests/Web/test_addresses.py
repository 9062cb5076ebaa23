"""Every page is there by its address, on a refresh too, and behind nobody's back."""

import pytest
from playwright.sync_api import expect

from pages import address, document_title, need_sign_in, pages


@pytest.mark.parametrize("name", [name for name in pages if name not in ("404", "sign-in")])
def test_a_deep_link_and_a_refresh_show_the_page(visitor, name):
    path = address(name, visitor.open_account("Deep link"))
    title = "Deep link - Alex" if name == "account" else document_title(name)
    for wanted in (path, path + "?from=elsewhere&x=1"):
        assert visitor.go(wanted).status == 200
        expect(visitor.page).to_have_title(title)
        assert visitor.page.reload().status == 200
        visitor.ready()
        assert visitor.path == wanted
        expect(visitor.page).to_have_title(title)
        expect(visitor.page.get_by_role("heading", level=1)).to_have_count(1)


@pytest.mark.parametrize("path", ["/404", "/no-such-page", "/dashboard/settings", "/accounts/1/positions", "/.env"])
def test_an_unknown_page_is_answered_404(visitor, path):
    visitor.announce(path, 404)
    assert visitor.go(path).status == 404
    expect(visitor.heading("This page does not exist")).to_be_visible()
    visitor.page.get_by_role("link", name="Go to the dashboard").click()
    visitor.at("/dashboard").ready("Dashboard")


def test_a_slash_at_the_end_leads_to_the_page_with_its_query(visitor):
    visitor.go("/analysis/?tab=charts")
    assert visitor.path == "/analysis?tab=charts"


def test_back_and_forward_walk_through_the_pages(visitor):
    visitor.go("/dashboard")
    visitor.follow("Accounts")
    visitor.at("/accounts").ready("Accounts")
    visitor.page.go_back()
    visitor.at("/dashboard").ready("Dashboard")
    visitor.page.go_forward()
    visitor.at("/accounts").ready("Accounts")


@pytest.mark.parametrize("name", need_sign_in)
def test_a_page_that_needs_a_sign_in_asks_for_it_and_comes_back(stranger, name):
    wanted = address(name, "0a91ba48-d947-4be5-9a40-2be28928fefd") + "?x=1"
    stranger.page.goto(wanted)
    stranger.ready("Sign in")
    assert not [path for _, path in stranger.requests if path.startswith("/api/")]
    if name == "account":
        # Nobody's: the page is the right one, and says so.
        stranger.announce(wanted.replace("?x=1", "").replace("/accounts", "/api/accounts"), 404)
    stranger.page.get_by_role("button", name="Ben Example").click()
    stranger.page.wait_for_url("**" + wanted)
    stranger.ready()


def test_a_foreign_account_is_a_sentence_and_no_data(arrive):
    owner, other = arrive(), arrive()
    account = owner.open_account("Secret savings", cash="987654.32", positions=[("SPY", "3")])
    other.announce(f"/api/accounts/{account}", 403)
    other.go(f"/accounts/{account}")
    expect(other.main).to_contain_text("account")
    for secret in ("Secret savings", "987", "SPY"):
        expect(other.main).not_to_contain_text(secret)
    other.main.get_by_role("link", name="Accounts").first.click()
    other.at("/accounts").ready("Accounts")


def test_an_account_that_does_not_exist_is_a_sentence(visitor):
    visitor.announce("/api/accounts/0a91ba48-d947-4be5-9a40-2be28928fefd", 404)
    visitor.go("/accounts/0a91ba48-d947-4be5-9a40-2be28928fefd")
    expect(visitor.main.get_by_role("link", name="Accounts").first).to_be_visible()
