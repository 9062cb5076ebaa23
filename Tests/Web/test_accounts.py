"""Accounts: add, edit, delete, demo data, reset."""

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def accounts(visitor):
    """The page of somebody who has no account yet."""
    visitor.go("/accounts")
    return visitor


def row(visit, name):
    return visit.page.get_by_role("table", name="Your accounts").get_by_role("row", name=re.compile(f"^{name} "))


def add_account(visit, name, **values):
    visit.main.get_by_role("button", name="Add an account").click()
    dialog = visit.page.get_by_role("dialog", name="Add an account")
    dialog.get_by_label("Name").fill(name)
    for label, value in values.items():
        dialog.get_by_label(label, exact=True).fill(value)
    dialog.get_by_role("button", name="Add the account").click()
    expect(dialog).to_be_hidden()


def test_an_account_is_added_edited_and_deleted(accounts):
    page = accounts.page
    add_account(accounts, "Rainy days", Purpose="House", Cash="1,234.5")
    expect(accounts.toast("The account Rainy days is open.")).to_be_visible()
    expect(row(accounts, "Rainy days")).to_contain_text("$1,234.50")

    page.get_by_role("button", name="Edit Rainy days").click()
    dialog = page.get_by_role("dialog", name="Edit the account")
    expect(dialog.get_by_label("Name")).to_have_value("Rainy days")
    expect(dialog.get_by_label("Cash", exact=True)).to_have_value("1,234.5")
    dialog.get_by_label("Name").fill("Sunny days")
    dialog.get_by_label("Interest on cash").fill("4.25")
    dialog.get_by_role("button", name="Save").click()
    expect(row(accounts, "Sunny days")).to_contain_text("House")
    (stored,) = accounts.call("GET", "/api/accounts")
    assert float(stored["cash_interest"]) == 0.0425 and float(stored["cash_balance"]) == 1234.5

    page.get_by_role("button", name="Delete Sunny days").click()
    confirm = page.get_by_role("dialog", name="Delete Sunny days?")
    expect(confirm).to_contain_text("$1,234.50 in cash")
    confirm.get_by_role("button", name="Cancel").click()
    expect(row(accounts, "Sunny days")).to_be_visible()
    page.get_by_role("button", name="Delete Sunny days").click()
    confirm.get_by_role("button", name="Delete the account").click()
    expect(accounts.main.get_by_role("heading", name="There is no account yet")).to_be_visible()
    assert accounts.call("GET", "/api/accounts") == []


def test_an_account_without_a_name_or_with_odd_cash_is_refused_at_its_fields(accounts):
    accounts.main.get_by_role("button", name="Add an account").click()
    dialog = accounts.page.get_by_role("dialog")
    dialog.get_by_label("Cash", exact=True).fill("12,34")
    dialog.get_by_role("button", name="Add the account").click()
    expect(dialog.get_by_label("Name")).to_have_accessible_description(re.compile("Write a name"))
    expect(dialog.get_by_label("Cash", exact=True)).to_have_accessible_description(re.compile("Write a number"))
    assert accounts.call("GET", "/api/accounts") == []


def test_demo_data_is_offered_only_to_an_empty_household_and_comes_once(accounts):
    page = accounts.page
    page.get_by_role("button", name="Populate demo data").dblclick()
    expect(row(accounts, "Roth IRA")).to_be_visible()
    expect(page.get_by_role("button", name="Populate demo data")).to_have_count(0)
    expect(accounts.main).to_contain_text("$248,246.80")
    accounts.call("POST", "/api/populate-test-data")
    page.reload()
    accounts.ready()
    expect(accounts.main).to_contain_text("$248,246.80")
    assert len(accounts.call("GET", "/api/accounts")) == 3


def test_two_windows_that_populate_at_once_make_one_set_of_accounts(accounts):
    other = accounts.context.new_page()
    other.goto("/accounts")
    for page in (accounts.page, other):
        expect(page.get_by_role("button", name="Populate demo data")).to_be_visible()
    other.get_by_role("button", name="Populate demo data").click(no_wait_after=True)
    accounts.page.get_by_role("button", name="Populate demo data").click()
    expect(row(accounts, "Roth IRA")).to_have_count(1)
    expect(other.get_by_role("link", name="Roth IRA")).to_be_visible()
    assert len(accounts.call("GET", "/api/accounts")) == 3


def test_reset_names_what_is_lost_and_deletes_it_all(visitor):
    visitor.populate()
    visitor.go("/accounts")
    visitor.page.get_by_role("button", name="Reset all").click()
    confirm = visitor.page.get_by_role("dialog", name="Delete all accounts?")
    for name in ("401k Long-term", "Brokerage Account", "Roth IRA"):
        expect(confirm).to_contain_text(name)
    expect(confirm.get_by_role("button", name="Cancel")).to_be_focused()
    confirm.get_by_role("button", name="Delete 3 accounts").click()
    expect(visitor.main.get_by_role("heading", name="There is no account yet")).to_be_visible()
    assert visitor.call("GET", "/api/accounts") == []


def test_a_name_in_markup_is_shown_as_text(accounts):
    add_account(accounts, "<img src=x onerror=alert(1)>")
    expect(accounts.main.get_by_role("link", name="<img src=x onerror=alert(1)>")).to_be_visible()
