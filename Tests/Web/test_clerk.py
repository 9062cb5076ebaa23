"""Signing in with Clerk, where a publishable key is configured: its documented script tag, its token on every call."""

import os
import shutil
import subprocess

import pytest
from playwright.sync_api import expect

from clerk import Clerk, host, publishable_key
from house import House, repository


@pytest.fixture(scope="module")
def house_with_clerk():
    """An Alex that serves a site built with a key of Clerk's."""
    site = repository / ".build/site-with-clerk"
    shutil.rmtree(site, ignore_errors=True)
    variables = {"ALEX_SITE": str(site), "CLERK_PUBLISHABLE_KEY": publishable_key}
    subprocess.run(["node", "build.mjs"], cwd=repository / "frontend", env=os.environ | variables, check=True)
    with House(ALEX_SITE=str(site)) as house:
        yield house


@pytest.fixture
def guest(arrive, house_with_clerk):
    """A stranger, with `guest.clerk`."""
    visit = arrive.stranger(house=house_with_clerk)
    visit.clerk = Clerk(visit.context, house_with_clerk.run("token", "ada"))
    return visit


@pytest.fixture
def ada(guest):
    guest.clerk.is_signed_in = True
    return guest


def come_back(visit):
    """Through Clerk's hosted page, once the sign-in page of this site is shown."""
    visit.ready("Sign in")
    visit.page.get_by_role("main").get_by_role("button", name="Sign in").click()
    visit.page.get_by_role("link", name="Continue").click()


def test_clerks_script_tag_is_the_documented_one(guest):
    guest.go("/")
    tag = guest.page.locator(f"script[src^='https://{host}/']")
    expect(tag).to_have_attribute("data-clerk-publishable-key", publishable_key)
    expect(tag).to_have_attribute("crossorigin", "anonymous")
    expect(tag).to_have_attribute("src", f"https://{host}/npm/@clerk/clerk-js@5/dist/clerk.browser.js")
    assert tag.evaluate("each => each.async")


def test_a_stranger_signs_in_at_clerk_and_comes_back_to_the_page(guest):
    guest.page.goto("/accounts?x=1")
    come_back(guest)
    guest.at("/accounts?x=1").ready("Accounts")
    expect(guest.page.get_by_role("banner")).to_contain_text("Ada at Clerk")


def test_every_call_of_the_api_carries_clerks_token(ada):
    tokens = []
    ada.page.on("request", lambda request: "/api/" in request.url and tokens.append(
        request.headers.get("authorization")))
    for path in ("/dashboard", "/accounts", "/advisor-team"):
        ada.go(path)
    assert set(tokens) == {f"Bearer {ada.clerk.token}"} and len(tokens) >= 3


def test_a_session_that_ended_at_clerk_leads_to_sign_in_and_back(ada):
    ada.go("/dashboard")
    ada.clerk.is_signed_in = False
    ada.page.goto("/accounts")
    come_back(ada)
    ada.at("/accounts").ready("Accounts")


def test_a_user_without_a_token_is_asked_to_sign_in_and_not_sent_in_circles(ada):
    ada.clerk.has_token = False
    ada.page.goto("/accounts")
    ada.ready("Sign in")
    ada.clerk.has_token = True
    come_back(ada)
    ada.at("/accounts").ready("Accounts")


def test_a_token_that_the_api_refuses_does_not_send_anybody_in_circles(ada):
    ada.announce("/api/portfolio", 401)
    good, ada.clerk.token = ada.clerk.token, "not.a.token"
    ada.page.goto("/accounts")
    ada.ready("Sign in")
    ada.clerk.token = good
    come_back(ada)
    ada.at("/accounts").ready("Accounts")


def test_signing_out_ends_the_session_at_clerk(ada):
    ada.go("/dashboard")
    ada.page.get_by_role("button", name="Sign out").click()
    ada.at("/").ready()
    assert not ada.clerk.is_signed_in


def test_clerk_out_of_reach_is_a_sentence(guest):
    guest.page.route(f"https://{host}/npm/**", lambda route: route.abort("connectionrefused"))
    guest.announce("/npm/@clerk/clerk-js@5/dist/clerk.browser.js", 0)
    guest.go("/")
    guest.page.get_by_text("What happened").click()
    expect(guest.main).to_contain_text("The sign-in service cannot be reached")


def test_the_policy_allows_clerks_host_and_no_other(guest):
    policy = guest.go("/").header_value("content-security-policy")
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["script-src"] == f"'self' https://{host}"
    assert rules["connect-src"] == f"'self' https://{host}"
    assert "unsafe" not in policy
    assert policy.count("https://") == 2
