"""One account: positions are added, changed in their row and deleted; what is not known is said to be so."""

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def account(visitor):
    """The page of an account with a position."""
    visitor.account = visitor.open_account("Brokerage", cash="1000", positions=[("SPY", "10")])
    visitor.go(f"/accounts/{visitor.account}")
    return visitor


def row(visit, symbol):
    return visit.main.get_by_role("table").get_by_role("row", name=re.compile(f"^{symbol}\\b"))


def add(visit, symbol, quantity, price=None):
    visit.main.get_by_role("button", name="Add a position").first.click()
    dialog = visit.page.get_by_role("dialog", name="Add a position")
    dialog.get_by_role("combobox", name="Symbol").fill(symbol)
    dialog.get_by_label("Quantity").fill(quantity)
    if price:
        dialog.get_by_label("Your price").fill(price)
    dialog.get_by_role("button", name="Add the position").click()
    expect(dialog).to_be_hidden()


def stored(visit):
    return {each["symbol"]: each for each in visit.call("GET", f"/api/accounts/{visit.account}")["positions"]}


def test_a_position_shows_price_age_source_value_and_weight(account):
    spy = row(account, "SPY")
    expect(spy).to_contain_text("SPDR S&P 500 ETF Trust")
    expect(spy).to_contain_text("$450.25")
    expect(spy).to_contain_text(re.compile("As shipped, .* ago"))
    expect(spy).to_contain_text("$4,502.50")
    expect(spy).to_contain_text("81.8%")
    expect(account.main).to_contain_text("$5,502.50")


def test_a_known_symbol_is_found_by_its_name(account):
    account.main.get_by_role("button", name="Add a position").click()
    dialog = account.page.get_by_role("dialog")
    symbol = dialog.get_by_role("combobox", name="Symbol")
    symbol.fill("vanguard total bond")
    dialog.get_by_role("option", name=re.compile("BND")).click()
    expect(symbol).to_have_value("BND")
    expect(symbol).to_have_accessible_description(re.compile("Vanguard Total Bond Market ETF"))
    dialog.get_by_label("Quantity").fill("2.5")
    dialog.get_by_role("button", name="Add the position").click()
    expect(row(account, "BND")).to_contain_text("$181.25")


def test_an_unknown_symbol_is_kept_as_not_classified_yet(account):
    add(account, "zzqx", "3")
    unknown = row(account, "ZZQX")
    expect(unknown).to_contain_text("Not classified yet")
    expect(unknown).to_contain_text("No price yet")
    expect(unknown).to_contain_text("Unknown")
    expect(account.main).to_contain_text("Without ZZQX")
    expect(account.main).to_contain_text("$5,502.50")


def test_a_households_own_price_is_used_and_said_to_be_its_own(account):
    add(account, "HOUSE.A", "2", price="1,250.25")
    own = row(account, "HOUSE.A")
    expect(own).to_contain_text("$2,500.50")
    expect(own).to_contain_text("Yours")


def test_a_quantity_is_changed_in_its_row_with_eight_decimals(account):
    spy = row(account, "SPY")
    spy.get_by_role("button", name="change the quantity of SPY").click()
    quantity = account.page.get_by_label("Quantity of SPY")
    expect(quantity).to_be_focused()
    quantity.fill("1,234.12345678")
    quantity.press("Enter")
    expect(spy).to_contain_text("1,234.12345678")
    assert stored(account)["SPY"]["quantity"] == "1234.12345678"
    expect(spy.get_by_role("button", name="change the quantity of SPY")).to_be_focused()


def test_escape_leaves_a_quantity_as_it_was(account):
    spy = row(account, "SPY")
    spy.get_by_role("button", name="change the quantity of SPY").click()
    account.page.get_by_label("Quantity of SPY").fill("99")
    account.page.get_by_label("Quantity of SPY").press("Escape")
    expect(spy.get_by_role("button", name="change the quantity of SPY")).to_have_text(re.compile("^10"))
    assert float(stored(account)["SPY"]["quantity"]) == 10


@pytest.mark.parametrize("text", ["", "0", "-1", "1.123456789", "12,34", "many"])
def test_a_quantity_that_cannot_be_is_refused_beside_it(account, text):
    row(account, "SPY").get_by_role("button", name="change the quantity of SPY").click()
    quantity = account.page.get_by_label("Quantity of SPY")
    quantity.fill(text)
    quantity.press("Enter")
    expect(quantity).to_have_attribute("aria-invalid", "true")
    assert float(stored(account)["SPY"]["quantity"]) == 10


def test_a_position_is_deleted_after_a_question(account):
    row(account, "SPY").get_by_role("button", name="Delete SPY").click()
    confirm = account.page.get_by_role("dialog", name="Delete SPY?")
    expect(confirm).to_contain_text("$4,502.50")
    confirm.get_by_role("button", name="Delete the position").click()
    expect(account.main.get_by_role("heading", name="There is no position yet")).to_be_visible()
    assert stored(account) == {}


def test_an_account_is_edited_on_its_own_page(account):
    account.main.get_by_role("button", name="Edit the account").click()
    dialog = account.page.get_by_role("dialog", name="Edit the account")
    dialog.get_by_label("Name").fill("Renamed")
    dialog.get_by_role("button", name="Save").click()
    expect(account.heading("Renamed")).to_be_visible()
    expect(account.page).to_have_title("Renamed - Alex")
