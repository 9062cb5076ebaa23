"""The household at a glance, and its profile."""

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def dashboard(visitor):
    visitor.populate()
    visitor.go("/dashboard")
    return visitor


def targets(visit, title):
    return visit.page.get_by_role("group", name=title)


def save(visit):
    visit.main.get_by_role("button", name="Save").click()


def user(visit):
    return visit.call("GET", "/api/user")["user"]


def test_the_household_is_summed_up_with_cash_and_holdings(dashboard):
    expect(dashboard.main).to_contain_text("$248,246.80")
    expect(dashboard.main).to_contain_text("$230,746.80 invested, $17,500.00 in cash")
    allocation = dashboard.page.get_by_role("table", name="Allocation by asset class")
    expect(allocation.get_by_role("row", name=re.compile("^Cash"))).to_contain_text("$17,500.00")
    expect(allocation.get_by_role("row", name=re.compile("^Equity"))).to_contain_text("82.7%")


def test_what_is_differs_from_what_is_wanted_in_words(dashboard):
    table = dashboard.page.get_by_role("table", name="Shares and targets by asset class")
    equity = table.get_by_role("row", name=re.compile("^Equity"))
    expect(equity).to_contain_text("82.7% now, 70.0% target")
    expect(equity).to_contain_text("+12.7 points")
    expect(equity).to_contain_text("above target")
    expect(table.get_by_role("row", name=re.compile("^Fixed Income"))).to_contain_text("below target")


def test_the_allocation_can_be_seen_by_region_and_sector(dashboard):
    choice = dashboard.page.get_by_role("group", name="Allocation by")
    choice.get_by_text("Region").click()
    expect(dashboard.page.get_by_role("table", name="Allocation by region")).to_contain_text("North America")
    choice.get_by_text("Sector").click()
    expect(dashboard.page.get_by_role("table", name="Allocation by sector")).to_contain_text("Technology")


def test_targets_that_do_not_make_a_whole_are_refused_as_they_are_typed(dashboard):
    classes = targets(dashboard, "Asset class targets")
    expect(classes.get_by_role("status")).to_contain_text("Sum 100%")
    classes.get_by_label("Equity").fill("75.5")
    expect(classes.get_by_role("status")).to_contain_text("Sum 105.5%: 5.5 points are too much.")
    save(dashboard)
    expect(dashboard.main.get_by_role("alert").filter(has_text="sum to 100%")).to_be_visible()
    assert user(dashboard)["asset_class_targets"]["equity"] == 70
    classes.get_by_label("Fixed Income").fill("20")
    expect(classes.get_by_role("status")).to_contain_text("4.5 points are missing")
    classes.get_by_label("Fixed Income").fill("24.5")
    save(dashboard)
    expect(dashboard.toast("Your profile is saved.")).to_be_visible()
    assert user(dashboard)["asset_class_targets"] == {"equity": 75.5, "fixed_income": 24.5}


def test_a_saved_profile_survives_a_reload(dashboard):
    page = dashboard.page
    page.get_by_label("Name", exact=True).fill("Grace Hopper")
    page.get_by_role("slider", name="Years until retirement").fill("33")
    page.get_by_label("Target income").fill("81,234.50")
    page.get_by_label("Yearly contribution").fill("12000")
    page.get_by_label("Birth year").fill("1986")
    targets(dashboard, "Region targets").get_by_label("North America").fill("60")
    targets(dashboard, "Region targets").get_by_label("International").fill("40")
    save(dashboard)
    expect(dashboard.toast("Your profile is saved.")).to_be_visible()
    page.reload()
    dashboard.ready()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Grace Hopper")
    expect(page.get_by_role("slider", name="Years until retirement")).to_have_value("33")
    expect(page.get_by_label("Target income")).to_have_value("81,234.5")
    expect(page.get_by_label("Yearly contribution")).to_have_value("12,000")
    expect(page.get_by_label("Birth year")).to_have_value("1986")
    expect(targets(dashboard, "Region targets").get_by_label("North America")).to_have_value("60")
    stored = user(dashboard)
    assert stored["years_until_retirement"] == 33 and float(stored["target_retirement_income"]) == 81234.5


def test_only_what_was_changed_is_sent(dashboard):
    bodies = []
    dashboard.page.on("request", lambda request: request.method == "PUT" and bodies.append(request.post_data_json))
    dashboard.page.get_by_role("slider", name="Years until retirement").fill("12")
    save(dashboard)
    expect(dashboard.toast("Your profile is saved.")).to_be_visible()
    assert bodies == [{"years_until_retirement": 12}]


def test_more_years_than_the_slider_usually_has_are_not_lost(visitor):
    visitor.populate()
    visitor.call("PUT", "/api/user", {"years_until_retirement": 77})
    visitor.go("/dashboard")
    expect(visitor.page.get_by_role("slider", name="Years until retirement")).to_have_value("77")
    visitor.page.get_by_label("Name", exact=True).fill("Patient")
    save(visitor)
    expect(visitor.toast("Your profile is saved.")).to_be_visible()
    assert user(visitor)["years_until_retirement"] == 77


def test_reset_takes_back_what_was_not_saved(dashboard):
    dashboard.page.get_by_label("Target income").fill("1")
    expect(dashboard.main.get_by_text("There are unsaved changes.")).to_be_visible()
    dashboard.main.get_by_role("button", name="Reset").click()
    expect(dashboard.main.get_by_text("Everything is saved.")).to_be_visible()
    expect(dashboard.page.get_by_label("Target income")).not_to_have_value("1")


def test_a_profile_that_cannot_be_is_refused_at_its_fields(dashboard):
    dashboard.page.get_by_label("Target income").fill("a lot")
    dashboard.page.get_by_label("Birth year").fill("1850")
    save(dashboard)
    for label in ("Target income", "Birth year"):
        expect(dashboard.page.get_by_label(label)).to_have_attribute("aria-invalid", "true")
    expect(dashboard.main.get_by_text("There are unsaved changes.")).to_be_visible()
