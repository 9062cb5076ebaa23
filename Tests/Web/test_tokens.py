"""A session that is over leads to the sign-in page, and from there back to the page that was open."""

import datetime

import pytest
from playwright.sync_api import expect


def hours_from_now(hours):
    return (datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=hours)).isoformat()


def sign_in_again(visit, wanted):
    visit.ready("Sign in")
    assert visit.path.startswith("/sign-in?return_to=")
    visit.page.get_by_role("button", name="Ada Example").click()
    visit.page.wait_for_url("**" + wanted)
    visit.ready()
    expect(visit.page.get_by_role("banner")).to_contain_text("Ada Example")


def test_a_session_that_expired_in_the_browser_is_not_used(house, arrive):
    session = house.sign_in(household="ada") | {"expires_at": hours_from_now(-1)}
    visit = arrive.stranger(session=session)
    visit.page.goto("/accounts?x=1")
    visit.ready("Sign in")
    assert not [path for _, path in visit.requests if path.startswith("/api/")]
    sign_in_again(visit, "/accounts?x=1")


@pytest.mark.parametrize("why", ["expired", "forged"])
def test_a_token_that_the_api_refuses_leads_to_sign_in_and_back(house, arrive, why):
    session = house.sign_in(household="ada") | {"expires_at": hours_from_now(1)}
    if why == "expired":
        session["token"] = house.run("token", "ada", "--lifetime=-3600")
    else:
        session["token"] = session["token"][:-8] + "AAAAAAAA"
    visit = arrive.stranger(session=session)
    visit.announce("/api/portfolio", 401)
    visit.page.goto("/accounts")
    sign_in_again(visit, "/accounts")


def test_a_session_that_ends_while_a_page_is_open_leads_to_sign_in_and_back(house, arrive):
    visit = arrive.stranger(session=house.sign_in(household="ada"))
    visit.go("/dashboard")
    visit.page.evaluate("""() => {
        const session = JSON.parse(localStorage.getItem("alex.session"));
        localStorage.setItem("alex.session", JSON.stringify({ ...session, expires_at: "2020-01-01T00:00:00Z" }));
    }""")
    visit.follow("Accounts")
    sign_in_again(visit, "/accounts")
