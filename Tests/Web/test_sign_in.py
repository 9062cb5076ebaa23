"""From the landing page to a household of one's own."""

import urllib.parse

import pytest
from playwright.sync_api import expect


def test_a_stranger_signs_in_as_a_new_household(stranger):
    page = stranger.page
    stranger.go("/")
    page.get_by_role("main").get_by_role("link", name="Get started").click()
    stranger.ready("Sign in")
    page.get_by_label("Your name").fill("  Grace Hopper  ")
    page.get_by_role("button", name="Sign in as a new household").click()
    stranger.at("/dashboard").ready()
    expect(page.get_by_role("banner")).to_contain_text("Grace Hopper")
    expect(page).to_have_title("Dashboard - Alex")


def test_a_demo_household_signs_in_and_out(stranger):
    page = stranger.page
    stranger.go("/sign-in")
    page.get_by_role("button", name="Ada Example").click()
    stranger.at("/dashboard").ready()
    expect(page.get_by_role("banner")).to_contain_text("Ada Example")
    page.get_by_role("button", name="Sign out").click()
    stranger.at("/").ready()
    expect(page.get_by_role("navigation", name="Pages")).to_have_count(0)
    assert page.evaluate("localStorage.getItem('alex.session')") is None


def test_an_unusable_name_is_refused_in_words(stranger):
    stranger.go("/sign-in")
    stranger.announce("/identity/sign-in", 400)
    stranger.page.get_by_label("Your name").fill("   ")
    stranger.page.get_by_role("button", name="Sign in as a new household").click()
    expect(stranger.page.get_by_role("alert")).to_contain_text("name")
    assert stranger.path == "/sign-in"


@pytest.mark.parametrize("elsewhere", [
    "https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", "javascript:alert(1)"])
def test_sign_in_leads_only_to_pages_of_this_site(stranger, elsewhere):
    stranger.go("/sign-in?return_to=" + urllib.parse.quote(elsewhere, safe=""))
    stranger.page.get_by_role("button", name="Ada Example").click()
    stranger.at("/dashboard").ready()
