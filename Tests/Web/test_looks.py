"""Every page in both themes and on a small screen: axe-core finds nothing, nothing is cut off, and a picture is kept.

The pictures lie in `.build/screenshots/`.
"""

import pytest
from playwright.sync_api import expect

from audit import audit, fits, screenshots
from pages import address, pages, tabs
from visits import unique_name

screens = {
    "light-1280": {"color_scheme": "light"},
    "dark-1280": {"color_scheme": "dark"},
    "light-360": {"color_scheme": "light", "viewport": {"width": 360, "height": 740}},
}

for_everybody = ("landing", "sign-in", "selftest", "404")


@pytest.fixture(scope="module", params=screens)
def screen(request):
    return request.param


@pytest.fixture(scope="module")
def name():
    return unique_name()


@pytest.fixture(scope="module")
def furnished(arrive_for_long, name, screen):
    """A household with demo data and an analysis, the same one on every screen."""
    visit = arrive_for_long(name=name, **screens[screen])
    if not visit.call("GET", "/api/accounts"):
        visit.populate()
        visit.analyze()
        # Neither priced nor classified; an analysis would classify it.
        position = {"account_id": account_with_spy(visit), "symbol": "ZZZQ", "quantity": "1.00000001"}
        visit.call("POST", "/api/positions", position)
    visit.account = account_with_spy(visit)
    return visit


def account_with_spy(visit):
    accounts = visit.call("GET", "/api/accounts")
    return next(each["id"] for each in accounts if each["account_name"] == "401k Long-term")


@pytest.fixture(scope="module")
def empty(arrive_for_long, screen):
    return arrive_for_long(**screens[screen])


@pytest.fixture(scope="module")
def stranger(arrive_for_long, screen):
    return arrive_for_long.stranger(**screens[screen])


def look(visit, screen, view):
    fits(visit, f"{view} ({screen})")
    visit.picture(screenshots / f"{view}-{screen}.png")
    audit(visit, f"{view} ({screen})")


@pytest.mark.parametrize("page", [page for page in pages if page not in for_everybody])
def test_a_furnished_page(furnished, screen, page):
    furnished.go(address(page, furnished.account))
    look(furnished, screen, page)


def test_all_links_of_the_navigation_are_in_view(furnished):
    furnished.go("/analysis")
    for link in furnished.page.get_by_role("navigation", name="Pages").get_by_role("link").all():
        expect(link).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("page", for_everybody)
def test_a_page_for_everybody(stranger, screen, page):
    if page == "404":
        stranger.announce("/404", 404)
    stranger.go(address(page))
    look(stranger, screen, page)


@pytest.mark.parametrize("page", ["dashboard", "accounts", "advisor-team", "analysis"])
def test_a_page_with_nothing_in_it_yet(empty, screen, page):
    empty.go(address(page))
    look(empty, screen, f"{page}-empty")


@pytest.mark.parametrize("tab", tabs[1:])
def test_a_tab_of_the_analysis(furnished, screen, tab):
    furnished.go(f"/analysis?tab={tab.lower()}")
    look(furnished, screen, f"analysis-{tab.lower()}")


def opened(visit, path, *buttons):
    """A page with the dialog that the buttons open."""
    visit.go(path.format(account=visit.account))
    for button in buttons:
        visit.page.get_by_role("button", name=button).first.click()
    visit.page.get_by_role("dialog").wait_for()


dialogs = {
    "add-account": ("/accounts", "Add an account"),
    "edit-account": ("/accounts", "Edit Roth IRA"),
    "delete-account": ("/accounts", "Delete Roth IRA"),
    "reset": ("/accounts", "Reset all"),
    "import": ("/accounts", "Import CSV"),
    "add-position": ("/accounts/{account}", "Add a position"),
    "edit-this-account": ("/accounts/{account}", "Edit the account"),
    "delete-position": ("/accounts/{account}", "Delete SPY"),
}


@pytest.mark.parametrize("dialog", dialogs)
def test_an_open_dialog(furnished, screen, dialog):
    opened(furnished, *dialogs[dialog])
    look(furnished, screen, f"dialog-{dialog}")


def test_a_number_that_is_asked_where_it_comes_from(furnished, screen):
    furnished.go("/analysis")
    furnished.main.get_by_text("What this means").click()
    look(furnished, screen, "analysis-verdict")
    dialog = furnished.page.get_by_role("dialog", name="Where this number comes from")
    furnished.page.get_by_role("tabpanel", name="Overview").get_by_role("article").get_by_role("button").first.click()
    dialog.get_by_text("How it is computed").wait_for()
    look(furnished, screen, "dialog-fact")
    inputs = dialog.get_by_role("list").get_by_role("button")
    if inputs.count():
        inputs.first.click()
        dialog.get_by_role("button", name="Back").wait_for()
        look(furnished, screen, "dialog-fact-deeper")


def test_every_step_of_the_import(furnished, screen):
    opened(furnished, *dialogs["import"])
    dialog = furnished.page.get_by_role("dialog")
    dialog.get_by_label("Or paste the rows").fill("symbol,quantity,account\nSPY,1,Roth IRA\nBAD,many,Roth IRA\n")
    dialog.get_by_role("button", name="Use the pasted rows").click()
    look(furnished, screen, "dialog-import-columns")
    dialog.get_by_role("button", name="Preview").click()
    dialog.get_by_text("Nothing is changed yet").wait_for()
    look(furnished, screen, "dialog-import-preview")
