"""Positions from a file: seen before anything changes, bad rows refused one by one, and never imported twice."""

import re

import pytest
from playwright.sync_api import expect

# As a broker writes it: a title, its own headings, quotes, an amount with separators, and two rows that are wrong.
broker_file = """Positions as of today

Ticker,Description,Shares,Account Name,Last Price
SPY,"SPDR S&P 500, an ETF","1,250.5",Brokerage,$450.25
BND,Bonds,200,Brokerage,
VTI,Stocks,many,Brokerage,
QQQ,Nasdaq,0.00000001,"Retirement, late",
QQQ,Nasdaq again,5,"Retirement, late",
"""


@pytest.fixture
def importer(visitor):
    visitor.go("/accounts")
    return visitor


def choose(visit, text):
    """Up to the columns."""
    visit.page.get_by_role("button", name="Import CSV").click()
    dialog = visit.page.get_by_role("dialog")
    dialog.get_by_label("File").set_input_files(
        {"name": "positions.csv", "mimeType": "text/csv", "buffer": text.encode()})
    expect(dialog).to_have_accessible_name(re.compile("columns"))
    return dialog


def preview(dialog):
    dialog.get_by_role("button", name="Preview").click()
    expect(dialog).to_have_accessible_name(re.compile("preview"))


def finish(dialog):
    dialog.get_by_role("button", name=re.compile("^Import .* row")).click()
    expect(dialog).to_have_accessible_name(re.compile("result"))


def line(dialog, number):
    return dialog.get_by_role("row").filter(has=dialog.page.get_by_role("rowheader", name=str(number), exact=True))


def positions(visit):
    """{account: {symbol: quantity}} as the API has it."""
    return {
        account["account_name"]: {
            each["symbol"]: float(each["quantity"])
            for each in visit.call("GET", f"/api/accounts/{account['id']}")["positions"]}
        for account in visit.call("GET", "/api/accounts")}


imported = {"Brokerage": {"SPY": 1250.5, "BND": 200}, "Retirement, late": {"QQQ": 0.00000001}}


def test_a_brokers_file_with_bad_rows_is_previewed_and_its_good_rows_imported(importer):
    dialog = choose(importer, broker_file)
    for label, chosen in {"Symbol": "Ticker", "Quantity": "Shares", "Account": "Account Name", "Price": "Last Price"}.items():
        expect(dialog.get_by_label(label, exact=True).locator("option:checked")).to_have_text(chosen)
    preview(dialog)
    expect(dialog).to_contain_text("Nothing is changed yet")
    expect(dialog).to_contain_text("3 added, 0 updated, 0 already there, 2 refused")
    expect(line(dialog, 6)).to_contain_text("Refused")
    expect(line(dialog, 6)).to_contain_text("`many` is not a number")
    expect(line(dialog, 8)).to_contain_text("Refused")
    assert importer.call("GET", "/api/accounts") == []

    finish(dialog)
    expect(dialog).to_contain_text("3 added, 0 updated, 0 already there, 2 refused")
    assert positions(importer) == imported
    with importer.page.expect_download() as download:
        dialog.get_by_role("button", name="Download the refused rows").click()
    refused = download.value.path().read_text()
    assert refused.startswith("Ticker,Description,Shares,Account Name,Last Price,problem")
    assert "VTI,Stocks,many,Brokerage" in refused
    dialog.get_by_role("button", name="Done").click()
    expect(importer.main.get_by_role("link", name="Retirement, late")).to_be_visible()


def test_the_same_file_again_is_already_there(importer):
    for expected in ("3 added, 0 updated, 0 already there", "0 added, 0 updated, 3 already there"):
        dialog = choose(importer, broker_file)
        preview(dialog)
        expect(dialog).to_contain_text(expected)
        finish(dialog)
        expect(dialog).to_contain_text(expected)
        dialog.get_by_role("button", name="Done").click()
    assert positions(importer) == imported


def test_what_is_exported_is_already_there_when_it_is_imported(importer):
    importer.populate()
    importer.page.reload()
    importer.ready()
    with importer.page.expect_download() as download:
        importer.page.get_by_role("button", name="Export CSV").click()
    assert download.value.suggested_filename == "alex-holdings.csv"
    text = download.value.path().read_text()
    assert text.startswith("account,symbol,quantity,cash,price,purpose")
    before = importer.call("GET", "/api/accounts")
    dialog = choose(importer, text)
    preview(dialog)
    expect(dialog).to_contain_text(re.compile(r"0 added, 0 updated, \d+ already there, 0 refused"))
    finish(dialog)
    expect(dialog).to_contain_text(re.compile(r"0 added, 0 updated, \d+ already there, 0 refused"))
    assert importer.call("GET", "/api/accounts") == before


def test_pasted_rows_without_accounts_go_where_the_visitor_says(importer):
    importer.page.get_by_role("button", name="Import CSV").click()
    dialog = importer.page.get_by_role("dialog")
    dialog.get_by_label("Or paste the rows").fill("symbol;quantity\nSPY;1.250,5\nBND;2,25\n")
    dialog.get_by_role("button", name="Use the pasted rows").click()
    expect(dialog.get_by_label("Numbers are written").locator("option:checked")).to_have_text("1.234,50")
    dialog.get_by_label("Name of the new account").fill("Pasted")
    preview(dialog)
    finish(dialog)
    assert positions(importer) == {"Pasted": {"SPY": 1250.5, "BND": 2.25}}


def test_a_file_that_holds_no_table_is_refused_in_words(importer):
    importer.page.get_by_role("button", name="Import CSV").click()
    dialog = importer.page.get_by_role("dialog")
    dialog.get_by_label("File").set_input_files(
        {"name": "empty.csv", "mimeType": "text/csv", "buffer": b""})
    expect(dialog.get_by_role("alert")).to_be_visible()


def test_leaving_the_preview_changes_nothing(importer):
    dialog = choose(importer, broker_file)
    preview(dialog)
    importer.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(importer.page.get_by_role("button", name="Import CSV")).to_be_focused()
    assert importer.call("GET", "/api/accounts") == []
