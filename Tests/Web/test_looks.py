"""Every page in both themes and on a small screen: axe-core finds nothing, nothing is cut off, and a picture is kept.

The pictures lie in `.build/screenshots/`.
"""

import pytest

from audit import audit, fits, screenshots
from visits import unique_name
from pages import address, pages, tabs

screens = {
    "light-1280": {"color_scheme": "light"},
    "dark-1280": {"color_scheme": "dark"},
    "light-360": {"color_scheme": "light", "viewport": {"width": 360, "height": 740}},
}


@pytest.fixture(scope="module")
def furnished_name():
    return unique_name()


@pytest.fixture(params=screens)
def screen(request):
    return request.param


@pytest.fixture
def furnished(arrive, furnished_name, screen):
    """A household with demo data and an analysis, the same one on every screen."""
    visit = arrive(name=furnished_name, **screens[screen])
    if not visit.call("GET", "/api/accounts"):
        visit.populate()
        # Unpriced and not classified; the analysis after it would classify it.
        visit.analyze()
        position = {"account_id": account_with_spy(visit), "symbol": "ZZZQ", "quantity": "1.00000001"}
        visit.call("POST", "/api/positions", position)
    visit.account = account_with_spy(visit)
    return visit


def account_with_spy(visit):
    accounts = visit.call("GET", "/api/accounts")
    return next(each["id"] for each in accounts if each["account_name"] == "401k Long-term")


@pytest.fixture
def empty(arrive, screen):
    return arrive(**screens[screen])


def look(visit, screen, view):
    fits(visit, f"{view} ({screen})")
    visit.picture(screenshots / f"{view}-{screen}.png")
    audit(visit, f"{view} ({screen})")


@pytest.mark.parametrize("name", [name for name in pages if name not in ("landing", "sign-in", "404")])
def test_a_furnished_page(furnished, screen, name):
    furnished.go(address(name, furnished.account))
    look(furnished, screen, name)


@pytest.mark.parametrize("name", ["landing", "sign-in", "404"])
def test_a_page_for_everybody(arrive, screen, name):
    stranger = arrive.stranger(**screens[screen])
    if name == "404":
        stranger.announce("/404", 404)
    stranger.go(address(name))
    look(stranger, screen, name)


@pytest.mark.parametrize("name", ["dashboard", "accounts", "advisor-team", "analysis"])
def test_a_page_with_nothing_in_it_yet(empty, screen, name):
    if name == "analysis":
        empty.announce("/api/jobs/latest", 404)
    empty.go(address(name))
    look(empty, screen, f"{name}-empty")


@pytest.mark.parametrize("tab", tabs)
def test_a_tab_of_the_analysis(furnished, screen, tab):
    furnished.go("/analysis")
    furnished.page.get_by_role("tab", name=tab).click()
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
    "account-edit": ("/accounts/{account}", "Edit"),
    "delete-position": ("/accounts/{account}", "Delete SPY"),
}


@pytest.mark.parametrize("name", dialogs)
def test_an_open_dialog(furnished, screen, name):
    opened(furnished, *dialogs[name])
    look(furnished, screen, f"dialog-{name}")


def test_every_step_of_the_import(furnished, screen):
    opened(furnished, *dialogs["import"])
    dialog = furnished.page.get_by_role("dialog")
    dialog.get_by_label("Or paste the rows").fill("symbol,quantity,account\nSPY,1,Roth IRA\nBAD,many,Roth IRA\n")
    dialog.get_by_role("button", name="Use the pasted rows").click()
    look(furnished, screen, "dialog-import-columns")
    dialog.get_by_role("button", name="Preview").click()
    dialog.get_by_text("Nothing is changed yet").wait_for()
    look(furnished, screen, "dialog-import-preview")
